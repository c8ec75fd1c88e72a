"""The laws of merging (T0): what holds whatever two or three people do to one record, in whatever order it arrives."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from fieldapp.merging import Kind, composed, lines_of, merge, merged, on_top, together
from fieldapp.records import Edits, Fields, edited
from fieldapp.store.rebase import joined, with_lines
from tests.support.merging import ELEMENTS, WORDS, change, edits_of, fields, kind_of, kinds

BASES = fields()
ONE = BASES.flatmap(lambda base: st.tuples(st.just(base), edits_of(base)))
TWO = BASES.flatmap(lambda base: st.tuples(st.just(base), edits_of(base), edits_of(base)))


def law(*whatever: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """For all of these."""
    few = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
    return lambda test: few(given(*whatever)(test))


def seen(base: Fields, edits: Edits) -> Edits:
    """What a person saw who made these edits on `base`."""
    return {path: base.get(path) for path in edits}


def after(city: Fields, base: Fields, edits: Edits) -> dict[str, str] | None:
    """The City's row after an op, None where it clashes."""
    outcome = merge(city, edits, seen(base, edits), kind_of)
    return None if outcome.clashes else edited(city, outcome.applied)


def as_sets(row: Fields) -> dict[str, object]:
    """A row in which neither the order of choices nor that of a note's lines counts."""
    return {path: _loosely(path, value) for path, value in row.items()}


def _loosely(path: str, value: str) -> object:
    if kind_of(path) is Kind.SET:
        return frozenset(value.split())
    return frozenset(value.splitlines()) if kind_of(path) is Kind.APPEND else value


@law(ONE)
def test_i12_merging_into_what_was_seen_gives_what_was_written(case: tuple[dict[str, str], Edits]) -> None:
    base, mine = case
    assert after(base, base, mine) == edited(base, mine)


@law(TWO)
def test_i12_who_changes_nothing_leaves_theirs(case: tuple[dict[str, str], Edits, Edits]) -> None:
    base, theirs, named = case
    city = edited(base, theirs)
    assert after(city, base, seen(base, named)) == city


@law(ONE)
def test_i12_equal_edits_are_no_conflict(case: tuple[dict[str, str], Edits]) -> None:
    base, both = case
    city = edited(base, both)
    assert after(city, base, both) == city


@law(TWO)
def test_i12_disjoint_edits_both_survive_in_either_order(case: tuple[dict[str, str], Edits, Edits]) -> None:
    base, mine, theirs = case
    assume(not _places(mine) & _places(theirs))
    both = edited(edited(base, mine), theirs)
    assert after(edited(base, theirs), base, mine) == after(edited(base, mine), base, theirs) == both


def _places(edits: Edits) -> set[str]:
    """The paths, a line of a repeat with all that is in it counting as one."""
    return {path.partition("/")[0] for path in edits}


@law(ELEMENTS, st.lists(ELEMENTS, min_size=2, max_size=4))
def test_i12_a_set_ends_the_same_in_whatever_order_its_changes_arrive(base: str, others: list[str]) -> None:
    ends = set()
    for order in permutations(others):
        city = {"set": base} if base else {}
        for mine in order:
            found = after(city, {"set": base}, {"set": mine or None})
            assert found is not None
            city = found
        ends.add(frozenset(city.get("set", "").split()))
    assert len(ends) == 1
    added, taken = set().union(*map(str.split, others)), set(base.split())
    kept = {one for one in taken if all(one in mine.split() for mine in others)}
    assert ends == {frozenset(kept | (added - taken))}


@law(WORDS, st.lists(WORDS, min_size=2, max_size=4))
def test_i11_notes_never_lose_a_line(base: str, others: list[str]) -> None:
    city = {"note": base} if base else {}
    for mine in others:
        found = after(city, {"note": base}, {"note": "\n".join(filter(None, (base, mine)))})
        assert found is not None
        city = found
    lines = city.get("note", "").splitlines()
    assert set(lines) == set(base.splitlines()).union(*map(str.splitlines, others))


def test_a_note_that_somebody_rewrote_is_a_clash_after_all() -> None:
    [clash] = merge({"note": "All new"}, {"note": "Old\nMore"}, {"note": "Old"}, kind_of).clashes
    assert (clash.mine, clash.theirs, clash.kind) == ("Old\nMore", "All new", Kind.APPEND)


@law(TWO)
def test_i11_what_somebody_wrote_is_current_or_a_clash(case: tuple[dict[str, str], Edits, Edits]) -> None:
    base, mine, theirs = case
    city = edited(base, theirs)
    outcome = merge(city, mine, seen(base, mine), kind_of)
    clashing = {clash.path: clash for clash in outcome.clashes}
    now = edited(city, outcome.applied)
    for path, new in mine.items():
        if (new or "") == base.get(path, ""):
            continue
        if path in clashing:
            assert (clashing[path].mine, clashing[path].theirs) == (new or "", city.get(path, ""))
        elif kind_of(path) in {Kind.SET, Kind.APPEND}:
            parts = str.split if kind_of(path) is Kind.SET else str.splitlines
            assert set(parts(new or "")) - set(parts(base.get(path, ""))) <= set(parts(now.get(path, "")))
        else:
            assert now.get(path, "") == (new or "")


@law(TWO)
def test_i11_nothing_stands_in_a_line_that_is_gone(case: tuple[dict[str, str], Edits, Edits]) -> None:
    base, mine, theirs = case
    assume(all(base.get(line) for path in base for line in lines_of(path)))
    now = after(edited(base, theirs), base, mine)
    assert now is None or all(now.get(line) for path in now for line in lines_of(path))


def test_a_line_taken_away_while_somebody_wrote_into_it_is_a_clash_on_either_side() -> None:
    base = {"rows[a]": "1", "rows[a]/what": "x"}
    taken: Edits = {"rows[a]": None, "rows[a]/what": None}
    written: Edits = {"rows[a]/more": "y"}
    [mine] = merge(edited(base, taken), written, seen(base, written)).clashes
    [theirs] = merge(edited(base, written), taken, seen(base, taken)).clashes
    assert (mine.path, mine.mine, mine.theirs) == ("rows[a]/more", "y", "")
    assert (theirs.path, theirs.mine, theirs.theirs) == ("rows[a]/more", "", "y")


def test_what_is_written_into_a_line_that_is_gone_brings_the_line_back() -> None:
    city = {"rows[b]": "4"}
    [now] = [with_lines(change(1, city, {"rows[a]/more": "y"}), city)]
    assert (now.edits, now.was) == ({"rows[a]/more": "y", "rows[a]": "5"}, {"rows[a]/more": None, "rows[a]": None})
    assert not merge(city, now.edits, now.was).clashes


@law(TWO)
def test_the_laptop_shows_what_the_gateway_will_make_of_it(case: tuple[dict[str, str], Edits, Edits]) -> None:
    base, mine, theirs = case
    city = edited(base, theirs)
    by_gateway = after(city, base, mine)
    assert by_gateway is None or merged(city, change(1, base, mine), kinds) == by_gateway


@law(BASES, st.data())
def test_the_laptop_shows_a_row_of_unsent_changes_as_the_gateway_will_make_them(
    base: dict[str, str], data: st.DataObject
) -> None:
    city = edited(base, data.draw(edits_of(base)))
    here, by_gateway = base, city
    shown: dict[str, str] = city
    for number in range(3):
        made = change(number, here, data.draw(edits_of(here)))
        here = merged(here, made, kinds)
        outcome = merge(by_gateway, made.edits, made.was, kind_of)
        assume(not outcome.clashes)
        by_gateway = edited(by_gateway, outcome.applied)
        shown = merged(shown, made, kinds)
    assert shown == by_gateway


@law(TWO, st.data())
def test_joining_into_one_change_takes_nobody_elses_elements_for_ones_own(
    case: tuple[dict[str, str], Edits, Edits], data: st.DataObject
) -> None:
    """The City's row came while a Change was open: the form shows both people's choices, and one goes on."""
    base, mine, theirs = case
    first, city = change(1, base, mine), edited(base, theirs)
    assume(after(city, base, mine) is not None)
    shown = merged(city, first, kinds)
    then = data.draw(edits_of(shown))
    whole = joined(first, change(2, shown, then), kinds)
    for path in mine.keys() & then.keys():
        if kind_of(path) is Kind.SET:
            added = _added(whole.edits, base, path)
            assert added <= _added(mine, base, path) | _added(then, shown, path)


def _added(edits: Edits, seen: Fields, path: str) -> set[str]:
    return set((edits[path] or "").split()) - set(seen.get(path, "").split())


@law(TWO)
def test_said_again_on_top_it_changes_what_it_changed(case: tuple[dict[str, str], Edits, Edits]) -> None:
    base, mine, theirs = case
    city = edited(base, theirs)
    again = on_top(city, change(1, base, mine), kinds)
    assert again.was == seen(city, again.edits)
    assert mine.keys() <= again.edits.keys()
    assert edited(city, again.edits) == merged(city, change(1, base, mine), kinds)


def test_a_line_taken_away_again_takes_what_was_written_into_it() -> None:
    base, city = {"rows[b]": "1"}, {"rows[b]": "1", "rows[b]/set": "a"}
    again = on_top(city, change(1, base, {"rows[b]": None}), kinds)
    assert again.edits == {"rows[b]": None, "rows[b]/set": None}
    assert again.was == city


def test_a_choice_added_after_the_citys_came_is_the_only_one_added() -> None:
    first = change(1, {"set": "a"}, {"set": "a b"})
    later = change(2, {"set": "a x b"}, {"set": "a x b c"})
    assert composed(first, later, kinds) == {"set": "a b c"}


@law(ELEMENTS, ELEMENTS, ELEMENTS)
def test_two_lists_together_keep_every_addition_and_every_removal(base: str, mine: str, theirs: str) -> None:
    both = set((together(Kind.SET, base, mine, theirs) or "").split())
    b, m, t = (set(text.split()) for text in (base, mine, theirs))
    assert both == (b & m & t) | (m - b) | (t - b)


@law(TWO)
def test_merging_both_ways_round_ends_alike(case: tuple[dict[str, str], Edits, Edits]) -> None:
    base, mine, theirs = case
    one, other = after(edited(base, theirs), base, mine), after(edited(base, mine), base, theirs)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert as_sets(one) == as_sets(other)
