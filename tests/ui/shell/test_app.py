"""Opening and closing the program."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from fieldapp.settings import LOOK
from tests.support.session import PracticeCity
from ui import theme
from ui.app import choose_platform, open_window, show


def test_show_works_until_the_window_is_closed(city: PracticeCity, qapp: QApplication) -> None:
    closed: list[str] = []
    QTimer.singleShot(100, qapp.closeAllWindows)
    assert show(lambda: city.sign_in("m.tremblay"), closing=lambda: closed.append("yes")) == 0
    assert closed == ["yes"]


def test_a_bare_system_is_told_where_fonts_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("ui.app.SYSTEM_FONTS", tmp_path / "fonts.conf")
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    choose_platform()
    assert Path(os.environ["FONTCONFIG_FILE"]).is_file()
    monkeypatch.delenv("FONTCONFIG_FILE")


def test_the_colours_that_a_person_chose_come_back(city: PracticeCity, qapp: QApplication) -> None:
    session = city.sign_in("m.tremblay")
    session.store.keep_setting(LOOK, "dark")
    window = open_window(session, page="sync")
    dark = theme.is_dark()
    window.close()
    theme.apply(qapp, "light")
    assert dark


def test_a_clerk_begins_at_the_counter_and_an_inspector_with_todays_visits(city: PracticeCity) -> None:
    pages = []
    for person in ("j.osei", "m.tremblay"):
        window = open_window(city.sign_in(person))
        pages.append(window.page_id)
        window.close()
    assert pages == ["counter", "today"]
