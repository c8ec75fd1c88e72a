"""Dialogs for files open in the folder chosen last, at first among the person's documents."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ui.choosing import where_to_save_pdf, which_file, which_files
from ui.session import Session


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where each dialog opened; the person chooses one.pdf in the folder `stick`."""
    found: list[str] = []
    chosen = str(tmp_path / "stick" / "one.pdf")
    (tmp_path / "stick").mkdir()

    def one(_parent: QWidget, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        found.append(start)
        return chosen, ""

    def several(_parent: QWidget, _title: str, start: str, _kinds: str) -> tuple[list[str], str]:
        found.append(start)
        return [chosen], ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", one)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", one)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", several)
    return found


def documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def test_each_dialog_opens_where_the_last_file_went(
    session: Session, qtbot: QtBot, opened: list[str], tmp_path: Path
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    stick = tmp_path / "stick"
    assert where_to_save_pdf(session, parent, "26-104233") == stick / "one.pdf"
    which_file(session, parent, "Which?", "PDF (*.pdf)")
    assert which_files(session, parent, "Which?", "PDF (*.pdf)") == [stick / "one.pdf"]
    where_to_save_pdf(session, parent, "receipt")
    assert opened == [str(documents() / "26-104233.pdf"), str(stick), str(stick), str(stick / "receipt.pdf")]


def test_a_folder_that_is_gone_is_not_opened(session: Session, qtbot: QtBot, opened: list[str], tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    where_to_save_pdf(session, parent, "one")
    shutil.rmtree(tmp_path / "stick")
    where_to_save_pdf(session, parent, "two")
    assert opened[1] == str(documents() / "two.pdf")


def test_who_thinks_better_of_it_keeps_the_folder(
    session: Session, qtbot: QtBot, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    where_to_save_pdf(session, parent, "one")
    kept = session.store.setting("files.folder")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: ("", ""))
    assert where_to_save_pdf(session, parent, "two") is None
    assert session.store.setting("files.folder") == kept
