"""The Settings page: made from the table, and what is chosen holds at once and is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from fieldapp import texts
from fieldapp.settings import LANGUAGE, LETTERS, LOOK, MOTION, ORDER, PHOTOS, STILL
from fieldapp.store import Store
from tests.support.pictures import settle
from ui import theme
from ui.__main__ import main
from ui.settings.folder import FolderEdit
from ui.settings.page import SettingsPage
from ui.shell import looks
from ui.widgets import Segmented
from ui.window import MainWindow


def at_settings(window: MainWindow) -> SettingsPage:
    """The page, shown."""
    window.navigate("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def press(page: SettingsPage, key: str, value: str) -> None:
    """Choose as a person does."""
    editor = page.editors[key]
    assert isinstance(editor, Segmented)
    editor.press(value)
    settle()


def test_a_key_opens_it_and_only_what_is_there_for_the_person_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.page_id == "settings"
    shown = at_settings(window).editors
    assert ORDER in shown
    assert "lock.minutes" not in shown  # practice does not lock
    assert "stock.office" not in shown  # an inspector has no counter


def test_a_look_holds_at_once_and_is_kept(window: MainWindow) -> None:
    before = theme.choice()
    press_look = at_settings(window).editors[LOOK]
    window.chosen.choose(LOOK, "contrast")
    assert theme.choice() == "contrast"
    assert window.session.store.setting(LOOK) == "contrast"
    window.chosen.choose(LOOK, before)
    assert press_look is not None


def test_with_as_little_motion_as_possible_no_cursor_blinks_and_messages_stay(
    window: MainWindow, qapp: QApplication
) -> None:
    qapp.setCursorFlashTime(700)  # as a system has it
    press(at_settings(window), MOTION, STILL)
    assert (qapp.cursorFlashTime(), window.session.store.setting(MOTION)) == (0, STILL)
    toast = window.toast_box
    toast.say("Saved")
    [timer] = toast.findChildren(QTimer)
    [close] = [one for one in toast.findChildren(QPushButton) if one.accessibleName() == "Close the message"]
    assert (timer.isActive(), close.isVisible()) == (False, True)
    close.click()
    assert toast.isHidden()
    press(at_settings(window), MOTION, "system")
    assert qapp.cursorFlashTime() == 700
    toast.say("Saved")
    assert (timer.isActive(), close.isVisible()) == (True, False)


def test_who_wants_no_motion_finds_none_at_the_next_start(window: MainWindow, qapp: QApplication) -> None:
    window.session.store.keep_setting(MOTION, STILL)
    looks.wear(window.session.store)
    assert (theme.is_still(), qapp.cursorFlashTime()) == (True, 0)
    window.session.store.keep_setting(MOTION, "system")
    looks.wear(window.session.store)
    assert not theme.is_still()


def test_a_language_rebuilds_the_page_where_one_is(window: MainWindow) -> None:
    press(at_settings(window), LANGUAGE, "fr")
    assert texts.language() == "fr"
    assert window.page_id == "settings"


def test_the_keyboard_stays_on_the_size_of_letters_that_an_arrow_chose(window: MainWindow, qtbot: QtBot) -> None:
    """All is built anew while the key is still at work, which put the focus on a part that was gone."""
    editor = at_settings(window).editors[LETTERS]
    editor.setFocus()
    for size in ("125", "150"):
        before = QApplication.focusWidget()
        assert before is not None
        qtbot.keyClick(before, Qt.Key.Key_Right)
        settle()
        now = window.page("settings")
        assert isinstance(now, SettingsPage)
        parts = now.editors[LETTERS]
        assert isinstance(parts, Segmented)
        assert parts.value() == size
        focus = QApplication.focusWidget()
        assert focus is not None
        assert parts.isAncestorOf(focus)
    window.chosen.size(100)


def test_an_order_is_kept_and_there_is_a_way_back(window: MainWindow) -> None:
    store: Store = window.session.store
    press(at_settings(window), ORDER, "route")
    assert store.setting(ORDER) == "route"
    window.chosen.language("en")
    page = at_settings(window)
    back = [one for one in page.findChildren(QPushButton) if one.text().startswith("Back to “By time”")]
    back[0].click()
    assert store.setting(ORDER) == "time"


def test_the_palette_offers_what_does_not_hold(window: MainWindow) -> None:
    rows = [one.row.id for one in window.palette_box.actions_offered()]
    assert f"set:{LETTERS}:150" in rows
    assert f"set:{LETTERS}:100" not in rows


def test_the_command_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings"]) == 0
    said = capsys.readouterr().out
    assert "lock.minutes  1 | 5 | 10 | 15 | 30  [10]" in said


def test_a_folder_is_taken_only_where_it_is_there(window: MainWindow, tmp_path: Path) -> None:
    editor = at_settings(window).editors[PHOTOS]
    assert isinstance(editor, FolderEdit)
    editor.edit.setText(str(tmp_path / "nowhere"))
    editor.edit.editingFinished.emit()
    assert editor.wrong.text() == "There is no such folder."
    assert not window.session.store.setting(PHOTOS)
    editor.edit.setText(str(tmp_path))
    editor.edit.editingFinished.emit()
    assert window.session.store.setting(PHOTOS) == str(tmp_path)
