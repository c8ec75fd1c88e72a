"""Two people, one record: disjoint edits both survive, equal ones are no conflict, a clash keeps both (I11, I12)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.errors import RefusedError
from fieldapp.merging import merge
from fieldapp.records import TITLE, edited
from tests.support.gateway import CHIEF, CLERK, City, Laptop

VALUES = st.one_of(st.none(), st.sampled_from(["", "a", "b", "c"]))
FIELDS = st.dictionaries(st.sampled_from(["p", "q", "r"]), st.sampled_from(["a", "b", "c"]))
EDITS = st.dictionaries(st.sampled_from(["p", "q", "r"]), VALUES)


def seen(base: dict[str, str], edits: dict[str, str | None]) -> dict[str, str | None]:
    """What a person saw who made these edits on `base`."""
    return {path: base.get(path) for path in edits}


@given(FIELDS, EDITS)
def test_alone_one_gets_what_one_wrote(base: dict[str, str], mine: dict[str, str | None]) -> None:
    outcome = merge(base, mine, seen(base, mine))
    assert not outcome.clashes
    assert edited(base, outcome.applied) == edited(base, mine)


@given(FIELDS, EDITS)
def test_who_writes_nothing_changes_nothing(base: dict[str, str], theirs: dict[str, str | None]) -> None:
    city = edited(base, theirs)
    same = {path: base.get(path) for path in theirs if edited(base, theirs).get(path) == base.get(path)}
    assert edited(city, merge(city, same, seen(base, same)).applied) == city


@given(FIELDS, EDITS)
def test_i12_equal_edits_are_no_conflict(base: dict[str, str], both: dict[str, str | None]) -> None:
    city = edited(base, both)
    outcome = merge(city, both, seen(base, both))
    assert not outcome.clashes
    assert not outcome.applied


@given(FIELDS, EDITS, EDITS)
def test_i11_nothing_is_lost(base: dict[str, str], mine: dict[str, str | None], theirs: dict[str, str | None]) -> None:
    city = edited(base, theirs)
    outcome = merge(city, mine, seen(base, mine))
    after = edited(city, outcome.applied)
    clashing = {clash.path: clash for clash in outcome.clashes}
    changed = {path: value for path, value in mine.items() if (value or "") != base.get(path, "")}
    for path, value in changed.items():
        kept = clashing[path].mine if path in clashing else after.get(path, "")
        assert kept == (value or "")
    for path in theirs.keys() - changed.keys():
        assert after.get(path) == city.get(path)
    assert all(after.get(path, "") == clash.theirs for path, clash in clashing.items())


def test_i12_disjoint_edits_both_survive(city: City) -> None:
    first, second = city.laptop(CLERK), city.laptop(CLERK)
    record = first.new({"items/a": "0", "items/b": "0"})
    city.sync()
    first.edit(record, {"items/a": "1"})
    change = second.edit(record, {"items/b": "2"})
    city.sync()
    assert second.state_of(change) == "merged"
    assert first.record(record).answers == {"items/a": "1", "items/b": "2"}
    assert first.store.exchange.summary() == second.store.exchange.summary()


def test_an_equal_edit_is_a_noop(near: City) -> None:
    first, second = near.laptop(CLERK), near.laptop(CLERK)
    record = first.new({"items/a": "0"})
    near.sync()
    first.edit(record, {"items/a": "1"})
    change = second.edit(record, {"items/a": "1"})
    near.sync()
    assert second.state_of(change) == "noop"
    assert first.record(record) == second.record(record)


def test_a_clash_keeps_both_with_their_authors(city: City) -> None:
    first, second = city.laptop(CLERK), city.laptop(CLERK)
    record = first.new({"items/a": "0"})
    city.sync()
    first.edit(record, {"items/a": "1"})
    change = second.edit(record, {"items/a": "2"})
    city.sync()
    assert second.state_of(change) == "conflict"
    assert (first.answer(record, "items/a"), second.answer(record, "items/a")) == ("1", "2")
    found = city.service.database.read("SELECT path, base, mine, theirs, mine_by, theirs_by, settled_by FROM conflict")
    assert found == [("items/a", "0", "2", "1", CLERK.id, CLERK.id, "")]
    assert second.store.history(record)[-1].answer == {"items/a": "1"}


def test_keeping_mine_after_a_clash_settles_it(near: City) -> None:
    first, second = near.laptop(CLERK), near.laptop(CLERK)
    record = first.new({"items/a": "0"})
    near.sync()
    first.edit(record, {"items/a": "1"})
    second.edit(record, {"items/a": "2"})
    near.sync()
    second.store.resolve(record, mine=True)
    near.sync()
    assert first.answer(record, "items/a") == "2"
    assert near.count("conflict", "settled_by = ''") == 0
    assert first.store.exchange.summary() == second.store.exchange.summary()


def test_taking_theirs_after_a_clash_settles_it_too(near: City) -> None:
    first, second = near.laptop(CLERK), near.laptop(CLERK)
    record = first.new({"items/a": "0"})
    near.sync()
    first.edit(record, {"items/a": "1"})
    second.edit(record, {"items/a": "2"})
    near.sync()
    second.store.resolve(record, mine=False)
    assert near.count("conflict", "settled_by = ''") == 1
    near.sync()
    assert near.count("conflict", "settled_by = ''") == 0
    assert second.record(record) == first.record(record)
    assert second.store.check() == []


def test_taking_theirs_never_clashes_with_what_came_since(near: City) -> None:
    first, second = near.laptop(CLERK), near.laptop(CLERK)
    record = first.new({"items/a": "0"})
    near.sync()
    first.edit(record, {"items/a": "1"})
    second.edit(record, {"items/a": "2"})
    near.sync()
    first.edit(record, {"items/a": "3"})
    second.store.resolve(record, mine=False)
    near.sync()
    assert (first.answer(record, "items/a"), second.answer(record, "items/a")) == ("3", "3")
    assert near.count("conflict", "settled_by = ''") == 0


def test_somebody_who_saw_one_version_only_settles_nothing(near: City) -> None:
    first, second = near.laptop(CLERK), near.laptop(CLERK)
    record = first.new({"items/a": "0"})
    near.sync()
    first.edit(record, {"items/a": "1"})
    second.edit(record, {"items/a": "2"})
    near.sync()
    first.edit(record, {"items/a": "3"})
    near.sync()
    assert near.count("conflict", "settled_by = ''") == 1


def clash_of_two(city: City) -> tuple[Laptop, Laptop, str]:
    """Two laptops whose two answers clash; a third one of the second's Change does not."""
    first, second = city.laptop(CLERK), city.laptop(CLERK)
    record = first.new({"items/a": "0", "items/b": "0"})
    city.sync()
    first.edit(record, {"items/a": "1", "items/b": "1"})
    second.edit(record, {"items/a": "2", "items/b": "2", "items/c": "2"})
    city.sync()
    return first, second, record


def test_each_clash_is_settled_by_its_own_choice_in_one_change(near: City) -> None:
    first, second, record = clash_of_two(near)
    second.store.choose(record, {"items/a": "2", "items/b": "1"}, seen={"items/a": "1", "items/b": "1"})
    near.sync()
    for laptop in (first, second):
        assert [laptop.answer(record, f"items/{name}") for name in "abc"] == ["2", "1", "2"]
        assert laptop.store.check() == []
    assert [entry.state for entry in second.store.history(record)] == ["replaced", "applied"]
    assert near.count("conflict", "settled_by = ''") == 0


def test_a_choice_on_values_that_are_the_citys_no_more_is_refused(near: City) -> None:
    first, second, record = clash_of_two(near)
    first.edit(record, {"items/a": "9"})
    near.sync()
    with pytest.raises(RefusedError):
        second.store.choose(record, {"items/a": "2", "items/b": "1"}, seen={"items/a": "1", "items/b": "1"})
    assert second.store.counts().attention == 1


def test_a_clash_says_who_wrote_the_citys_value_and_when(near: City) -> None:
    _first, second, record = clash_of_two(near)
    [entry] = [one for one in second.store.history(record) if one.state == "conflict"]
    assert {path: who for path, (who, _at) in entry.authors.items()} == {"items/a": CLERK.id, "items/b": CLERK.id}
    assert all(at for _who, at in entry.authors.values())


def test_what_follows_from_the_answers_never_clashes(near: City) -> None:
    first, second = near.laptop(CLERK), near.laptop(CLERK)
    record = first.new({"items/item_count": "1", "person/last_name": "Roy"})
    near.sync()
    first.edit(record, {"items/item_count": "2", TITLE: "Bulk pick-up · items: 2 · Roy"})
    change = second.edit(record, {"person/last_name": "Doe", TITLE: "Bulk pick-up · items: 1 · Doe"})
    near.sync()
    assert second.state_of(change) == "merged"
    assert first.answer(record, TITLE) == "Bulk pick-up · items: 2 · Doe"
    assert first.store.exchange.summary() == second.store.exchange.summary()


def test_the_same_step_twice_is_a_noop(near: City) -> None:
    clerk, one, two = near.laptop(CLERK), near.laptop(CHIEF), near.laptop(CHIEF)
    record = clerk.new(submit=True)
    near.sync()
    one.step(record, "approve", "approved")
    change = two.step(record, "approve", "approved")
    near.sync()
    assert two.state_of(change) == "noop"
