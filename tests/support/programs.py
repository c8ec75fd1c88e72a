"""Versions of the program for tests: small folders whose program runs these very sources, as one version or another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from fieldapp.updates.place import Installed

ROOT = Path(__file__).resolve().parents[2]
OLD, NEW = "0.1.0", "0.2.0"
SCRIPT = """\
#!{python}
import sys
sys.path.insert(0, {root!r})
from tests.support.program_child import main
raise SystemExit(main({version!r}, {fault!r}, __file__))
"""


def make_program(folder: Path, version: str, fault: str = "") -> Path:
    """A program of this version in `folder`. `fault`: where it fails, as program_child has them."""
    (folder / "_internal").mkdir(parents=True)
    (folder / "_internal" / "part.so").write_bytes(version.encode() * 1000)
    program = folder / "fieldapp"
    program.write_text(SCRIPT.format(python=sys.executable, root=str(ROOT), version=version, fault=fault), "utf-8")
    program.chmod(0o755)
    return program


LIGHT = """\
#!/bin/sh
case "$1" in
  --version) echo "FieldApp {version}" ;;
  rehearse) read -r key; [ ${{#key}} = 64 ] && echo '{{"journal": 9, "draft": 9, "blob": 9, "faults": []}}' ;;
  selftest) exit {code} ;;
esac
"""


def make_light_program(folder: Path, version: str, fault: str = "") -> Path:
    """One that only answers as a program does while it is tried: quick, for what is not about the trial."""
    folder.mkdir(parents=True)
    program = folder / "fieldapp"
    program.write_text(LIGHT.format(version=version, code=int(fault == "selftest")), "utf-8")
    program.chmod(0o755)
    return program


def put_version(place: Installed, version: str, fault: str = "") -> Path:
    """The version, unpacked where it belongs."""
    return make_program(place.folder(version), version, fault)


def run_program(program: Path, home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Start it as a person does, over `home`."""
    around = {**os.environ, "FIELDAPP_HOME": str(home), **more}
    call = [str(program), *words]
    return subprocess.run(call, check=False, capture_output=True, text=True, env=around, timeout=120)


def opened(done: subprocess.CompletedProcess[str]) -> dict[str, object]:
    """What a program that opened its store said of it."""
    assert done.returncode == 0, done.stdout + done.stderr
    said: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return said
