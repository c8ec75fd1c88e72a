"""Somebody is away: a proposal by who has the least to do, changed by a key, given at once, and taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldapp.actions.sharing import Share, give_out, proposal, work_of
from fieldapp.errors import AccessError
from fieldapp.store import RemoteRow, bucket_of
from sync.practice.people import KAUR
from tests.support.accessible import faults
from tests.support.workplaces import City, inspect, visits
from tests.ui.workplaces import Ways, visited
from ui.dashboard.away import AwayPage

AWAY, BUSY, FREE = "m.tremblay", "a.busy", "b.free"


@pytest.fixture
def work(town: City) -> None:
    rows = [_row(n, AWAY) for n in range(5)] + [_row(n, BUSY) for n in range(10, 13)] + [_row(20, FREE)]
    for number, row in enumerate(rows, start=1):
        town.supervisor.store.exchange.apply_page(bucket_of(row.fields), [row], number)


def _row(n: int, person: str) -> RemoteRow:
    told = {
        "@state": "submitted",
        "@ward": "02",
        "@assignee": person,
        "@title": f"Couch {n}",
        "@due": f"2026-12-{n + 1:02}",
    }
    return RemoteRow(f"r{n}", 1, "bulk-pickup", "1", told, at="2026-11-20T15:00:00.000Z")


@pytest.mark.usefixtures("work")
def test_who_has_least_gets_most(town: City) -> None:
    found = proposal(town.supervisor.desk, AWAY)
    assert found.holders == (BUSY, FREE, AWAY)
    assert found.colleagues == {f"r{n}": [BUSY, FREE] for n in range(5)}
    assert [share.record.id for share in found.shares] == [f"r{n}" for n in range(5)]
    assert Counter(share.to for share in found.shares) == {FREE: 3, BUSY: 2}


def test_a_visit_goes_to_somebody_who_may_finish_it_and_none_that_is_handed_in(town: City) -> None:
    first, second = visits(town, 2)
    inspect(town, first)
    town.sync()
    people = town.supervisor.store.people
    colleague = {AWAY: "inspector", BUSY: "counter", FREE: "inspector", "r.kaur": "supervisor"}
    people.introduce(KAUR, dict.fromkeys(colleague, ""), colleague)
    found = proposal(town.supervisor.desk, AWAY)
    assert [(share.record.id, share.to) for share in found.shares] == [(second.id, FREE)]


@pytest.mark.usefixtures("work")
def test_it_is_given_at_once_and_taken_back(town: City) -> None:
    desk = town.supervisor.desk
    before = give_out(desk, proposal(desk, AWAY).shares)
    assert work_of(desk, AWAY) == []
    give_out(desk, before)
    assert len(work_of(desk, AWAY)) == 5


@pytest.mark.usefixtures("work")
def test_only_a_supervisor_gives_work_out(town: City) -> None:
    share = Share(town.supervisor.desk.record("r1"), BUSY)
    with pytest.raises(AccessError):
        give_out(town.inspector.desk, [share])


@pytest.mark.usefixtures("work")
def test_by_keys_alone_with_a_preview_and_a_way_back(town: City, ways: Ways, qtbot: QtBot) -> None:
    undo: list[Callable[[], None] | None] = []

    def hear(_text: str, back: Callable[[], None] | None) -> None:
        undo.append(back)

    town.supervisor.toast = hear
    page = visited(AwayPage(town.supervisor, ways), qtbot, person=AWAY)
    qtbot.waitUntil(lambda: len(page.shares) == 5)
    assert faults(page) == []
    page.list.choose("r0")
    first = page.shares[0].to
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.shares[0].to != first
    assert len(work_of(town.supervisor.desk, AWAY)) == 5
    qtbot.keyClick(page.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert work_of(town.supervisor.desk, AWAY) == []
    assert undo[0] is not None
    undo[0]()
    assert len(work_of(town.supervisor.desk, AWAY)) == 5


def test_who_has_only_what_others_decide_is_not_said_to_have_nothing(town: City, ways: Ways, qtbot: QtBot) -> None:
    (first,) = visits(town, 1)
    inspect(town, first)
    town.sync()
    people = town.supervisor.store.people
    people.introduce(KAUR, {AWAY: "", FREE: ""}, {AWAY: "inspector", FREE: "inspector"})
    page = visited(AwayPage(town.supervisor, ways), qtbot, person=AWAY)
    qtbot.waitUntil(lambda: page.who.currentData() == AWAY and not page.give.isEnabled())
    said = [one.text() for one in page.nothing.findChildren(QLabel)]
    assert any("waits for somebody else's decision" in one for one in said)
