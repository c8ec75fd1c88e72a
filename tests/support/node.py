"""Servers of npm under Node: what others wrote, for tests alone. Where Node, npm or the package cannot be had, the
tests that need it skip, and say so."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import platformdirs


class UnavailableError(Exception):
    """It cannot be had on this machine; the message says why."""


@contextmanager
def running(here: Path, package: str, script: str, *arguments: str) -> Iterator[str]:
    """The address that `script` prints, while it runs. `here` holds it, beside the package.json of what it needs."""
    folder = _installed(here, package, script)
    command = [_program("node"), script, *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=folder, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        try:
            address = next((line.strip() for line in process.stdout if line.startswith("http")), "")
            if not address:
                raise UnavailableError(f"{package} does not start under this Node")
            yield address
        finally:
            process.stdin.close()
            process.wait(20)


def _installed(here: Path, package: str, script: str) -> Path:
    npm, names = _program("npm"), ("package.json", script)
    digest = sha256(b"".join((here / name).read_bytes() for name in names)).hexdigest()[:12]
    folder = platformdirs.user_cache_path("fieldapp-tests") / f"{package}-{digest}"
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copyfile(here / name, folder / name)
    if not (folder / "node_modules/.package-lock.json").exists():
        _do([npm, "install", "--no-audit", "--no-fund", "--no-package-lock"], folder)
    return folder


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise UnavailableError(f"{name} is not installed")
    return found


def _do(command: list[str], folder: Path) -> None:
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    except (subprocess.SubprocessError, OSError) as fault:
        raise UnavailableError(f"{command[0]} failed: {type(fault).__name__}") from fault
