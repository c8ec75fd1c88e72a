"""Photos that are dropped: copied and not moved, each to a place of its own, and none of them lost silently."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from fieldapp.forms import FormSession
from tests.support.ui_forms import Notebook, editor, form, of_kind, photo, question, show
from ui.bridge import Bridge
from ui.forms import FormEditor, Heading, take_photos
from ui.forms.fields.image import ImageField

ALBUM = """
| type | name | label |
| begin_repeat | photos | Photo |
| image | picture | Picture |
| text | caption | What does it show? |
| end_repeat | | |
"""
FINDINGS = """
| type | name | label |
| begin_repeat | finding | Finding |
| text | what | What |
| image | picture | Picture |
| end_repeat | | |
"""


@pytest.fixture
def two(tmp_path: Path) -> list[Path]:
    """Two photos of a camera."""
    files = [tmp_path / "DSC_1.png", tmp_path / "DSC_2.png"]
    for number, file in enumerate(files):
        file.write_bytes(photo(wide=40 + number))
    return files


def opened(qtbot: QtBot, book: Notebook, survey: str, path: str) -> tuple[FormEditor, ImageField]:
    made = show(qtbot, editor(form(survey), book))
    made.entry.flush()
    return made, of_kind(question(made, made.session.node(path).path).field, ImageField)


def drop(field: ImageField, files: list[Path]) -> QDropEvent:
    burden = QMimeData()
    burden.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    both = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    event = QDropEvent(QPointF(4, 4), both, burden, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    field.dropEvent(event)
    return event


def test_the_original_is_copied_and_stays(qtbot: QtBot, two: list[Path]) -> None:
    _made, field = opened(qtbot, Notebook(), ALBUM, "/data/photos[1]/picture")
    event = drop(field, two[:1])
    assert event.isAccepted()
    assert event.dropAction() == Qt.DropAction.CopyAction


def test_each_photo_of_an_album_gets_a_place_of_its_own(qtbot: QtBot, two: list[Path]) -> None:
    book = Notebook()
    made, field = opened(qtbot, book, ALBUM, "/data/photos[1]/picture")
    drop(field, two)
    made.entry.flush()
    kept = [made.session.node(f"/data/photos[{number}]/picture").value for number in (1, 2)]
    assert [book.blobs[value] for value in kept] == [file.read_bytes() for file in two]


def test_one_photo_of_a_finding_is_taken_and_the_other_is_named(qtbot: QtBot, two: list[Path]) -> None:
    book = Notebook()
    made, field = opened(qtbot, book, FINDINGS, "/data/finding[1]/picture")
    with qtbot.waitSignal(made.sheet.toast_wanted) as said:
        drop(field, two)
    assert said.args is not None
    assert "DSC_2.png" in said.args[0]
    assert len(made.session.node("/data/finding").children) == 1


def test_what_falls_beside_the_only_empty_place_goes_there(qtbot: QtBot, two: list[Path]) -> None:
    book = Notebook()
    made, _field = opened(qtbot, book, FINDINGS, "/data/finding[1]/picture")
    question(made, made.session.node("/data/finding[1]/what").path)
    assert take_photos(made, two[:1])
    made.entry.flush()
    assert book.blobs[made.session.node("/data/finding[1]/picture").value] == two[0].read_bytes()
    assert not take_photos(made, two[1:])


def test_what_is_no_photo_among_them_gets_no_place(qtbot: QtBot, two: list[Path], tmp_path: Path) -> None:
    made, field = opened(qtbot, Notebook(), ALBUM, "/data/photos[1]/picture")
    (tmp_path / "clip.mov").write_bytes(b"\0\0\0\x14ftypqt  " + bytes(64))
    said: list[str] = []
    made.sheet.toast_wanted.connect(lambda text, *_undo: said.append(text))
    drop(field, [two[0], tmp_path / "clip.mov", two[1]])
    made.flush()
    pictures = [node for node in made.session.nodes() if node.question.name == "picture"]
    assert [bool(node.value) for node in pictures] == [True, True]
    assert said == ["Not taken: clip.mov. Choose JPEG or PNG files."]


def test_many_are_taken_one_after_the_other_and_it_is_told_how_far(qtbot: QtBot, tmp_path: Path) -> None:
    files = [tmp_path / f"IMG_{number}.png" for number in range(5)]
    for number, file in enumerate(files):
        file.write_bytes(photo(wide=40 + number))
    bridge = Bridge()
    book = Notebook()
    session = FormSession(form(ALBUM), {}, language="en", clock=book.clock)
    host = replace(book.host(), writer=bridge)
    made = show(qtbot, FormEditor(session, host, lambda: Heading("Visit"), kept={}))
    field = of_kind(question(made, session.node("/data/photos[1]/picture").path).field, ImageField)
    said: list[str] = []
    made.sheet.toast_wanted.connect(lambda text, *_undo: said.append(text))
    drop(field, files)
    assert len(made.session.node("/data/photos").children) == 1  # the screen has not waited for the others
    made.flush()  # leaving waits for all
    pictures = [node for node in made.session.nodes() if node.question.name == "picture"]
    assert [bool(node.value) for node in pictures] == [True] * 5
    assert said == [f"{number} of 5 photos taken" for number in range(2, 6)]
    bridge.close()
