"""The unit that systemd gets."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ui.__main__ import main

ANALYZE = shutil.which("systemd-analyze")


@pytest.fixture
def unit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The file as the command writes it."""
    assert main(["gateway", "unit", "--user", "daemon"]) == 0
    path = tmp_path / "fieldapp-gateway.service"
    path.write_text(capsys.readouterr().out)
    return path


def test_it_starts_this_very_program(unit: Path) -> None:
    text = unit.read_text()
    assert f"ExecStart={sys.executable} -m ui gateway serve" in text
    assert "User=daemon" in text
    assert "{" not in text


@pytest.mark.skipif(ANALYZE is None, reason="NO SYSTEMD: nobody reads the unit here")
def test_systemd_finds_no_fault_in_it(unit: Path) -> None:
    said = subprocess.run([ANALYZE or "", "verify", "--man=no", unit], capture_output=True, text=True, check=False)
    assert [line for line in said.stderr.splitlines() if unit.name in line] == []
