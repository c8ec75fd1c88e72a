"""Several records at once: looked at first, each on its own, what cannot be done is named, and all is taken back."""

from __future__ import annotations

import pytest

from fieldapp.actions.bulk import AGREE, ASSIGN, RETURN, carry_out, look, undo
from fieldapp.errors import StoppedError
from fieldapp.records import ASSIGNEE
from fieldapp.store import RemoteRow, Store, bucket_of
from tests.support.workplaces import City

OTHER = "b.free"


def came(store: Store, record: str, state: str = "submitted", by: str = "m.tremblay") -> str:
    """A record that sync brought; its id."""
    told = {"@state": state, "@ward": "02", "@assignee": by, "@submitted_by": by, "@title": f"Couch {record}"}
    row = RemoteRow(record, 1, "bulk-pickup", "1", told, at="2026-11-20T15:00:00.000Z")
    store.exchange.apply_page(bucket_of(told), [row], int(record[1:]) + 1)
    return record


def states(town: City, *ids: str) -> list[str]:
    return [town.supervisor.desk.record(one).state for one in ids]


def test_a_look_changes_nothing_and_says_why_not(town: City) -> None:
    store, desk = town.supervisor.store, town.supervisor.desk
    ids = [came(store, "r1"), came(store, "r2", by=desk.person.id), came(store, "r3", "approved")]
    found = look(desk, ids, AGREE)
    assert [one.can for one in found] == [True, False, False]
    assert all(one.refusal for one in found[1:])
    assert [one.can for one in look(desk, ids, ASSIGN, OTHER)] == [True, True, False]
    assert states(town, *ids) == ["submitted", "submitted", "approved"]


def test_what_has_left_the_laptop_is_passed_over(town: City) -> None:
    desk = town.supervisor.desk
    assert [one.record.id for one in look(desk, ["r9", came(desk.store, "r1")], AGREE)] == ["r1"]


def test_what_can_be_done_is_done_and_the_rest_is_named(town: City) -> None:
    store, desk = town.supervisor.store, town.supervisor.desk
    ids = [came(store, "r1"), came(store, "r2", "approved"), came(store, "r3")]
    done = carry_out(desk, look(desk, ids, AGREE))
    assert [bool(one.change) for one in done] == [True, False, True]
    assert states(town, *ids) == ["approved", "approved", "approved"]
    assert undo(desk, done) == []
    assert states(town, *ids) == ["submitted", "approved", "submitted"]
    assert store.verify_chain().whole


def test_it_is_looked_at_anew_when_it_is_done(town: City) -> None:
    store, desk = town.supervisor.store, town.supervisor.desk
    pieces = look(desk, [came(store, "r1"), came(store, "r2")], RETURN)
    carry_out(desk, look(desk, ["r1"], AGREE))
    done = carry_out(desk, pieces, reason="Which couch?")
    assert [bool(one.refusal) for one in done] == [True, False]


def test_nothing_leaves_while_it_may_be_taken_back(town: City) -> None:
    store, desk = town.supervisor.store, town.supervisor.desk
    done = carry_out(desk, look(desk, [came(store, "r1")], ASSIGN, OTHER))
    assert store.exchange.pending(desk.person.id, 10, 10**6) == []
    undo(desk, done)
    assert desk.record("r1").get(ASSIGNEE) == "m.tremblay"
    assert store.exchange.pending(desk.person.id, 10, 10**6) == []


@pytest.mark.parametrize("deed", [ASSIGN, AGREE])
def test_what_is_stopped_on_its_way_is_taken_back_whole(town: City, deed: str) -> None:
    store, desk = town.supervisor.store, town.supervisor.desk
    ids = [came(store, f"r{n}") for n in range(1, 4)]
    heard: list[tuple[int, int]] = []

    def far(done: int, total: int) -> None:
        heard.append((done, total))
        if done == 2:
            raise StoppedError

    before = [desk.record(one) for one in ids]
    with pytest.raises(StoppedError):
        carry_out(desk, look(desk, ids, deed, OTHER), far=far)
    assert heard == [(0, 3), (1, 3), (2, 3)]
    assert [desk.record(one) for one in ids] == before
    assert store.exchange.pending(desk.person.id, 10, 10**6) == []
    assert store.departures.held() == set()


def test_what_was_sent_is_changed_back_where_there_is_a_way(town: City) -> None:
    store, desk = town.supervisor.store, town.supervisor.desk
    given = carry_out(desk, look(desk, [came(store, "r1")], ASSIGN, OTHER))
    decided = carry_out(desk, look(desk, [came(store, "r2")], AGREE))
    store.departures.let_all_go()
    town.sync()
    assert undo(desk, given) == []
    assert desk.record("r1").get(ASSIGNEE) == "m.tremblay"
    assert [one.record.id for one in undo(desk, decided)] == ["r2"]
    assert states(town, "r2") == ["approved"]
