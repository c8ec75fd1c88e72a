"""npm oidc-provider under Node, and a person who fills in its pages: a provider that others wrote.

A test tool only. Where Node, npm or the package cannot be had, the tests that need it skip, and say so.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import urljoin

import platformdirs
import requests

HERE = Path(__file__).parent.parent / "sync" / "sign_in" / "node_provider"
FORM = re.compile(r'<form[^>]*action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
FIELD = re.compile(r"<input[^>]*>")
ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')
PAGES = 8  # no way in has more


class UnavailableError(Exception):
    """It cannot be had on this machine; the message says why."""


@contextmanager
def node_provider(audience: str, life: int) -> Iterator[str]:
    """The provider's address, while it runs. Its access tokens live `life` seconds."""
    folder = _installed()
    command = [_program("node"), "provider.mjs", audience, str(life)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=folder, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        try:
            address = next((line.strip() for line in process.stdout if line.startswith("http")), "")
            if not address:
                raise UnavailableError("oidc-provider does not start under this Node")
            yield address
        finally:
            process.stdin.close()
            process.wait(20)


def walk_in(url: str) -> str:
    """Open a page of the provider as j.osei and go on until nothing is left to fill in; the last page."""
    with requests.Session() as browser:
        page = browser.get(url, timeout=20)
        for _ in range(PAGES):
            found = FORM.search(page.text)
            if found is None:
                return page.text
            page = browser.post(urljoin(page.url, found[1]), _filled(found[2]), timeout=20)
    raise AssertionError(page.url)


def _filled(form: str) -> dict[str, str]:
    fields = [dict(ATTRIBUTE.findall(field)) for field in FIELD.findall(form)]
    said = {field["name"]: field.get("value", "") for field in fields if "name" in field}
    return said | {name: "j.osei" for name in ("login", "password") if name in said}


def _installed() -> Path:
    npm, names = _program("npm"), ("package.json", "provider.mjs")
    digest = sha256(b"".join((HERE / name).read_bytes() for name in names)).hexdigest()[:12]
    folder = platformdirs.user_cache_path("fieldapp-tests") / f"oidc-provider-{digest}"
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copyfile(HERE / name, folder / name)
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
