"""`fieldapp open` for a real city: the entrance comes first, and closing it waits for nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.support.entrances import Laptop
from tests.support.oidc import AUDIENCE, CLIENT
from ui.__main__ import main


@pytest.fixture
def call(machine: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The command of this city, without a person."""
    monkeypatch.setenv("FIELDAPP_HOME", str(tmp_path / "homes"))
    named = {"--gateway": machine.server.url, "--issuer": machine.oidc.url, "--client-id": CLIENT}
    more = {"--resource": AUDIENCE, "--device": "TOUGH-08"}
    return ["open", "--device-code", *(word for pair in {**named, **more}.items() for word in pair)]


@pytest.mark.usefixtures("qtbot")
def test_the_entrance_shows_a_code_and_is_closed_while_it_waits(machine: Laptop, call: list[str]) -> None:
    machine.oidc.pending = 10_000
    told: list[str] = []

    def look() -> None:
        shown = [one.toPlainText() for one in QApplication.allWidgets() if isinstance(one, QPlainTextEdit)]
        told.extend(words for words in shown if "enter the code WDJB-MJHT" in words)
        if told:
            QApplication.closeAllWindows()

    timer = QTimer(interval=50)
    timer.timeout.connect(look)
    timer.start()
    assert main(call) == 0
    timer.stop()
    assert told


def test_without_a_gateway_it_must_be_told_who_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], qtbot: QtBot
) -> None:
    monkeypatch.setenv("FIELDAPP_HOME", str(tmp_path))
    assert main(["open", "--device", "TOUGH-08"]) == 1
    assert "There is no form here yet" in capsys.readouterr().err
