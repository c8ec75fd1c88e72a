"""What a screen reader is told over AT-SPI, by a program in a process of its own on a real X server."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import screen_reader

AT_SPI = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")


@pytest.mark.soak
@pytest.mark.skipif(
    not (AT_SPI.is_file() and all(shutil.which(name) for name in screen_reader.NEEDED)),
    reason="needs Xvfb, D-Bus and at-spi2-core",
)
def test_a_screen_reader_finds_the_gallery_and_presses_its_button() -> None:
    command = ["dbus-run-session", "--", sys.executable, "-m", "tests.support.screen_reader"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    roles = {role for role, _name in told["nodes"]}
    assert told["before"].startswith("Gallery")
    assert told["after"].startswith("Galerie")
    assert roles & {"button", "push button"}
    assert [name for role, name in told["nodes"] if role in ("button", "push button") and not name] == []
