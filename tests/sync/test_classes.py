"""Lists, notes, lines and figures between two laptops: both people's work is there, and nobody is asked."""

from __future__ import annotations

from typing import Any

from fieldapp.records import Change
from tests.support.gateway import CLERK, INSPECTOR_8, City, Laptop

SET, NOTE = "visit/more_visit/hazard_to_staff", "outcome/remarks"
COUNT, ITEM = "items/item_count", "items/item[{key}]"


def of(city: City, service: str) -> dict[str, Any]:
    """A Change's service and today's version of its form."""
    return {"service": service, "form_version": city.service.catalogue.get(service).form_version}


def visit(city: City) -> tuple[Laptop, Laptop, str, dict[str, Any]]:
    """Two laptops of an inspector with one visit: a danger is known, and a remark."""
    parts = of(city, "building-inspection")
    first, second = city.laptop(INSPECTOR_8), city.laptop(INSPECTOR_8)
    record = first.new({"@state": "planned", SET: "dog air", NOTE: "Begun."}, **parts)
    city.sync()
    return first, second, record, parts


def test_several_choices_are_merged_one_by_one(either: City) -> None:
    first, second, record, parts = visit(either)
    first.edit(record, {SET: "dog air needles"}, **parts)
    change = second.edit(record, {SET: "air structure"}, **parts)
    either.sync()
    assert second.state_of(change) == "merged"
    for laptop in (first, second):
        assert laptop.answer(record, SET) == "air needles structure"
        assert laptop.store.check() == []
    assert either.count("conflict") == 0


def test_both_peoples_lines_stay_in_a_note(either: City) -> None:
    first, second, record, parts = visit(either)
    first.edit(record, {NOTE: "Begun.\nRoof open."}, **parts)
    change = second.edit(record, {NOTE: "Begun.\nWall wet."}, **parts)
    either.sync()
    assert second.state_of(change) == "merged"
    assert [one.answer(record, NOTE) for one in (first, second)] == ["Begun.\nRoof open.\nWall wet."] * 2


def test_a_note_that_was_rewritten_is_chosen_by_a_person(near: City) -> None:
    first, second, record, parts = visit(near)
    first.edit(record, {NOTE: "All done."}, **parts)
    change = second.edit(record, {NOTE: "Begun.\nWall wet."}, **parts)
    near.sync()
    assert second.state_of(change) == "conflict"


def test_a_list_in_a_refused_change_takes_nothing_out_when_it_is_sent_again(near: City) -> None:
    first, second, record, parts = visit(near)
    name = "visit/consent_name"
    first.edit(record, {SET: "dog air needles", name: "Roy"}, **parts)
    second.edit(record, {SET: "dog air structure", name: "Rey"}, **parts)
    near.sync()
    assert second.answer(record, SET) == "dog air needles structure"
    second.store.resolve(record, mine=True)
    near.sync()
    assert (first.answer(record, SET), first.answer(record, name)) == ("dog air needles structure", "Rey")


def test_what_is_open_shows_both_peoples_choices_and_sends_only_ones_own(near: City) -> None:
    first, second, record, parts = visit(near)
    second.store.commit(second.change(record, {SET: "dog air structure"}, **parts), seal=False)
    first.edit(record, {SET: "dog air needles"}, **parts)
    first.sync()
    second.sync()
    assert second.answer(record, SET) == "dog air needles structure"
    first.edit(record, {SET: "dog air"}, **parts)
    first.sync()
    more = second.change(record, {SET: "dog air needles structure other"}, **parts)
    second.store.commit(more, seal=True)
    near.sync()
    assert first.answer(record, SET) == second.answer(record, SET) == "dog air structure other"


def add(laptop: Laptop, record: str, keys: str, count: str, parts: dict[str, Any]) -> Change:
    """Add items, as the form does: each a line, and their number."""
    lines = {ITEM.format(key=key): str(n) for n, key in enumerate(keys, 2)}
    kinds = {f"{line}/item_type": "sofa" for line in lines}
    return laptop.edit(record, {**lines, **kinds, COUNT: count}, **parts)


def test_lines_that_two_people_add_stay_and_are_counted_anew(either: City) -> None:
    parts = of(either, "bulk-pickup")
    first, second = either.laptop(CLERK), either.laptop(CLERK)
    line = ITEM.format(key="a")
    record = first.new({line: "1", f"{line}/item_type": "sofa", COUNT: "1"}, **parts)
    either.sync()
    add(first, record, "b", "2", parts)
    change = add(second, record, "cd", "3", parts)
    either.sync()
    assert second.state_of(change) == "merged"
    assert first.answer(record, COUNT) == second.answer(record, COUNT) == "4"
    assert [first.answer(record, ITEM.format(key=key)) for key in "abcd"] == ["1", "2", "2", "3"]
    assert first.store.exchange.summary() == second.store.exchange.summary()


def test_a_line_that_was_taken_away_comes_back_with_what_somebody_wrote_into_it(near: City) -> None:
    parts = of(near, "bulk-pickup")
    first, second = near.laptop(CLERK), near.laptop(CLERK)
    line = ITEM.format(key="a")
    record = first.new({line: "1", f"{line}/item_type": "other"}, **parts)
    near.sync()
    first.edit(record, {line: None, f"{line}/item_type": None}, **parts)
    change = second.edit(record, {f"{line}/item_other": "A piano"}, **parts)
    near.sync()
    assert second.state_of(change) == "conflict"
    second.store.choose(record, {f"{line}/item_other": "A piano"}, seen={f"{line}/item_other": ""})
    near.sync()
    assert first.answer(record, f"{line}/item_other") == "A piano"
    assert first.answer(record, line) == "1"
