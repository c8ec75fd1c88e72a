"""Sounds and other files: recorded, played, chosen, refused, opened in the system's own program."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from fieldapp.forms import FormDefinition, FormSession
from tests.support.devices import Equipped
from tests.support.ui_forms import Notebook, editor, form, of_kind, question, show
from ui.forms import FormEditor, Heading
from ui.forms.fields.audio import AudioField
from ui.forms.fields.file import FileField


def filed() -> FormDefinition:
    """A sound, a video, a file."""
    return form(
        "| type | name | label |\n| audio | voice | Voice |\n| video | film | Film |\n| file | plan | Plan |\n"
        "| text | note | Note |"
    )


class Desktop(QObject):
    """Notes what the system was asked to open."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        """Note it."""
        self.asked.append(Path(url.toLocalFile()))


@pytest.fixture
def desktop() -> Desktop:
    """The system's programs."""
    return Desktop()


def equipped(qtbot: QtBot, book: Notebook, devices: Equipped) -> FormEditor:
    """An editor on a laptop with microphone and loudspeaker."""
    session = FormSession(filed(), {}, clock=book.clock)
    made = FormEditor(session, replace(book.host(), devices=devices), lambda: Heading("Visit"), kept={})
    return show(qtbot, made)


def test_a_sound_is_recorded_and_played(qtbot: QtBot) -> None:
    book, devices = Notebook(), Equipped(b"what was said")
    made = equipped(qtbot, book, devices)
    field = of_kind(question(made, "voice").field, AudioField)
    field.record.click()
    assert field.record.text() == "Stop · 0:00"
    field.record.click()
    assert book.blobs[book.fields["voice"]] == b"what was said"
    field.play.click()
    assert devices.speaker.played == b"what was said"
    devices.speaker.ended.emit()
    assert field.play.text() == "Play"


def test_a_recording_that_runs_is_kept_when_the_form_is_left(qtbot: QtBot) -> None:
    book = Notebook()
    made = equipped(qtbot, book, Equipped())
    of_kind(question(made, "voice").field, AudioField).record.click()
    made.flush()
    assert "voice" in book.fields


def test_without_devices_a_sound_is_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(filed(), book))
    field = of_kind(question(made, "voice").field, AudioField)
    assert field.record.isHidden()
    (tmp_path / "a.wav").write_bytes(b"RIFF\0\0\0\0WAVEfmt ")
    field.take_file(tmp_path / "a.wav")
    assert book.fields["voice"].endswith(".wav")


@pytest.mark.parametrize(("path", "words"), [("voice", "is no sound file"), ("film", "is no video")])
def test_another_kind_of_file_is_refused_in_words(qtbot: QtBot, tmp_path: Path, path: str, words: str) -> None:
    book = Notebook()
    made = show(qtbot, editor(filed(), book))
    (tmp_path / "plan.pdf").write_bytes(b"%PDF")
    of_kind(question(made, path).field, FileField).take_file(tmp_path / "plan.pdf")
    assert words in question(made, path).line.text()
    assert book.blobs == {}


def test_a_file_too_large_is_refused_before_it_is_read(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(filed(), book))
    with (tmp_path / "huge.bin").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    of_kind(question(made, "plan").field, FileField).take_file(tmp_path / "huge.bin")
    assert "larger than 64 MB" in question(made, "plan").line.text()


def test_a_file_is_opened_as_a_copy_that_nobody_can_change(qtbot: QtBot, desktop: Desktop) -> None:
    book = Notebook()
    made = show(qtbot, editor(filed(), book))
    field = of_kind(question(made, "plan").field, FileField)
    field.keep(b"%PDF-1.7", "application/pdf", "plan.pdf")
    method: Any = "open"  # the binding takes the name as text, whatever its stub says
    QDesktopServices.setUrlHandler("file", desktop, method)
    try:
        field.open.click()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    copy = desktop.asked[0]
    assert copy.read_bytes() == b"%PDF-1.7"
    assert copy.suffix == ".pdf"
    assert copy.stat().st_mode & 0o777 == 0o400
    assert copy.parent.stat().st_mode & 0o777 == 0o700
