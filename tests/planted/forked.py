"""pytest in a fresh process that need not import again what is not ours: forked from one that has, a second instead of
four."""

from __future__ import annotations

import multiprocessing
import os
import sys
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("fieldapp", "sync", "ui", "tests")
THEIRS = [
    "pytest",
    "hypothesis",
    "hypothesis.stateful",
    "pytestqt.plugin",
    "PySide6.QtWidgets",
    "xdist.plugin",
    "fastapi",
    "uvicorn",
    "psutil",
    "requests",
    "sqlcipher3",
    "sqlite_utils",
    "rtoml",
    "openpyxl",
    "authlib.integrations.requests_client",
    "joserfc.jwt",
    "psycopg_pool",
    "regex",
    "uuid_utils",
    "uvicorn.protocols.http.h11_impl",
]
PLUGINS = ("pytestqt.plugin", "xdist.plugin", "_hypothesis_pytestplugin")


def warmed() -> ForkServerContext:
    """Where processes come from that know `THEIRS` and nothing of ours."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(THEIRS)
    return context


def run(arguments: list[str], folder: Path, output: Path) -> None:
    """What such a process does: pytest with `arguments` on the product in `folder`; its exit code is the process's.
    Plain asserts: what is imported before pytest begins cannot be rewritten."""
    for number in (1, 2):
        os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
    for name in [name for name in sys.modules if name.partition(".")[0] in OURS]:
        del sys.modules[name]  # this file's own: all others are to come from the folder
    os.chdir(folder)
    sys.path[:] = [str(folder), *(path for path in sys.path if Path(path or ".").resolve() not in (ROOT, folder))]
    os.environ.update(PYTHONPATH=str(folder), PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    for name in [name for name in os.environ if name.startswith("PYTEST_XDIST")]:
        del os.environ[name]
    plugins = [part for plugin in PLUGINS for part in ("-p", plugin)]
    code = pytest.main(["-q", "-x", "--assert=plain", "-p", "no:cacheprovider", *plugins, *arguments])
    sys.stdout.flush()
    os._exit(code)
