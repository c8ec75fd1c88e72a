"""The papers of a record on the screen: a look, saving it, issuing it, and what is filed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.actions import start
from fieldapp.actions.issuing import filed, paper_bytes
from fieldapp.records import Record
from tests.support.session import PracticeCity
from ui.records.papers import FILED, OFFERED, Papers
from ui.records.pdf_sheet import Sheet
from ui.session import Session


@pytest.fixture
def clerk(city: PracticeCity) -> Session:
    return city.sign_in("j.osei")


@pytest.fixture
def record(clerk: Session) -> Record:
    return start(clerk.desk, "building-permit", prefill={"project/b_desc": "A deck"})


@pytest.fixture
def pane(qtbot: QtBot, clerk: Session, record: Record) -> Papers:
    made = Papers(clerk)
    qtbot.addWidget(made)
    made.show_record(record)
    return made


def sheets(pane: Papers) -> list[Sheet]:
    return pane.pages.findChildren(Sheet)


def look(pane: Papers, chosen: str) -> None:
    pane.list.choose(chosen)
    pane.list.opened.emit(chosen)


def test_a_paper_is_shown_as_it_is_printed_and_read_aloud(pane: Papers) -> None:
    look(pane, OFFERED + "missing")
    (sheet,) = sheets(pane)
    assert sheet.accessibleName() == "Page 1 of 1"
    assert "What we still need from you" in sheet.accessibleDescription()
    assert sheet.page.picture.pixelColor(2, 2).name() == "#ffffff"


def test_the_same_bytes_are_saved(pane: Papers, record: Record, clerk: Session, tmp_path: Path) -> None:
    look(pane, OFFERED + "missing")
    pane.save(tmp_path / "out.pdf")
    assert (tmp_path / "out.pdf").read_bytes() == paper_bytes(clerk.desk, record, "missing")


def test_an_issued_paper_is_filed_and_shown(pane: Papers, record: Record, clerk: Session) -> None:
    said: list[str] = []
    clerk.toast = lambda text, _undo: said.append(text)
    look(pane, OFFERED + "missing")
    pane.issuing.click()
    now = clerk.store.record(record.id)
    assert now is not None
    ((paper, sha256),) = filed(now)
    assert paper == "missing"
    assert pane.list.current() == FILED + sha256
    assert said[-1].startswith("Issued, and filed")
    assert not pane.issuing.isEnabled()


def test_nothing_is_open_before_somebody_chooses(pane: Papers) -> None:
    assert not sheets(pane)
    assert not pane.saving.isEnabled()
