"""A photo chosen by keys: its path typed, or taken from a camera's folder, which is watched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.forms import FormSession
from tests.support.devices import Equipped
from tests.support.ui_forms import Notebook, focused, form, of_kind, photo, question, show
from ui.forms import FormEditor, Heading
from ui.forms.fields.image import ImageField


class Plugged(Equipped):
    """A laptop with a camera at the cable."""

    def __init__(self, *folders: Path) -> None:
        super().__init__()
        self._folders = list(folders)

    def photo_folders(self) -> list[Path]:
        """The camera's, then the person's own."""
        return self._folders


def asked(qtbot: QtBot, book: Notebook, *folders: Path) -> ImageField:
    """The question for a photo, with the choice of files open and the keys in its line."""
    definition = form("| type | name | label |\n| image | wall | The wall |")
    session = FormSession(definition, {}, clock=book.clock)
    host = replace(book.host(), devices=Plugged(*folders))
    made: FormEditor = show(qtbot, FormEditor(session, host, lambda: Heading("Visit"), kept={}))
    field = of_kind(question(made, "wall").field, ImageField)
    field.choose.setFocus()
    qtbot.keyClick(field.choose, Qt.Key.Key_Space)
    return field


def write(qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(focused(), text)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)


def test_a_typed_path_is_taken(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "wall.png").write_bytes(photo())
    book = Notebook()
    field = asked(qtbot, book, tmp_path)
    write(qtbot, str(tmp_path / "wall.png"))
    assert book.blobs[book.fields["wall"]] == photo()
    assert field.files is None
    assert focused() is field.choose


def test_a_photo_of_the_cameras_folder_is_taken_from_the_list(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "IMG_1.png").write_bytes(photo())
    book = Notebook()
    asked(qtbot, book, tmp_path)
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert book.blobs[book.fields["wall"]] == photo()


def test_a_photo_that_comes_into_the_folder_appears(qtbot: QtBot, tmp_path: Path) -> None:
    field = asked(qtbot, Notebook(), tmp_path)
    pane = field.files
    assert pane is not None
    assert "No photo in" in pane.said.text()
    (tmp_path / "new.png").write_bytes(photo())
    qtbot.waitUntil(lambda: pane.list.model().rowCount() == 1)


def test_a_folder_that_was_typed_is_shown_and_comes_again(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.png").write_bytes(photo())
    field = asked(qtbot, Notebook(), tmp_path)
    write(qtbot, "site")
    write(qtbot, "a.png")
    assert field.node().value
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    assert field.files is not None
    assert field.files.said.text() == str(tmp_path / "site")


def test_a_card_that_is_plugged_in_is_offered_above_the_photos(qtbot: QtBot, tmp_path: Path) -> None:
    card, own = tmp_path / "DCIM", tmp_path / "own"
    for folder in (card, own):
        folder.mkdir()
    (card / "IMG_7.png").write_bytes(photo())
    field = asked(qtbot, Notebook(), card, own)
    write(qtbot, str(own))
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert field.files is not None
    assert field.files.said.text() == str(card)


def test_a_path_that_is_none_is_said_and_nothing_is_taken(qtbot: QtBot, tmp_path: Path) -> None:
    field = asked(qtbot, Notebook(), tmp_path)
    write(qtbot, "nowhere.png")
    assert field.files is not None
    assert "There is no “nowhere.png”" in field.files.said.text()


def test_what_is_no_photo_is_refused_and_the_choice_stays(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "plan.png").write_text("a plan")
    field = asked(qtbot, Notebook(), tmp_path)
    write(qtbot, "plan.png")
    assert field.files is not None
    assert not field.node().value


def test_escape_closes_the_choice(qtbot: QtBot, tmp_path: Path) -> None:
    field = asked(qtbot, Notebook(), tmp_path)
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert field.files is None
    assert focused() is field.choose
