"""What other systems said of a record stands beside its answers, as plain words."""

from __future__ import annotations

import pytest

from fieldapp.outside import Word
from fieldapp.records import OUTSIDE, STATE, TITLE, WORDS
from tests.support.store import make_change
from ui.records.answers import Reader
from ui.session import Session

WORD = Word("Ada Byron", "2026-11-23T13:30:00.000Z", "in_progress", "The crew is on its way")


def said(session: Session, **fields: str) -> list[tuple[str, str]]:
    change = make_change(edits={STATE: "submitted", TITLE: "Couch", **fields})
    session.store.commit(change, seal=True)
    record = session.store.record(change.record)
    assert record is not None
    sections = {section.title: section.answers for section in Reader(session, record).sections()}
    return [(answer.label, answer.value) for answer in sections.get("From outside", [])]


def test_who_said_what_and_when(session: Session) -> None:
    ((who, what),) = said(session, **{f"{WORDS}a": WORD.written()})
    assert who.startswith("Ada Byron · ")
    assert what == "In progress\nThe crew is on its way"


def test_where_it_is_handed_on_to(session: Session) -> None:
    place = {f"{OUTSIDE}server": "Burlington", f"{OUTSIDE}number": "0042", f"{OUTSIDE}status": "closed"}
    assert said(session, **place) == [("Handed on to", "Burlington · 0042 · closed")]


@pytest.mark.parametrize("broken", ["", "[]", "no JSON", '{"at": "yesterday"}'])
def test_what_cannot_be_read_is_passed_over(session: Session, broken: str) -> None:
    assert said(session, **{f"{WORDS}a": broken}) == []
