"""Combining Changes with the City's rows: laws that hold for any of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.records import Change, Record, edited
from fieldapp.store import Settled
from fieldapp.store.rebase import accepted, joined, rebased, renewed
from tests.support.store import make_change

PATHS = st.sampled_from(["a", "b", "items[k]/c", "@state"])
VALUES = st.sampled_from(["1", "2", "3"])
FIELDS = st.dictionaries(PATHS, VALUES)
EDITS = st.dictionaries(PATHS, st.none() | VALUES, max_size=4)


@st.composite
def cases(draw: st.DrawFn, most: int = 4) -> tuple[dict[str, str], list[Change]]:
    """A record, and Changes of it, one after the other, each of somebody who saw what was there; some take a step."""
    fields = draw(FIELDS)
    steps = draw(st.lists(st.tuples(EDITS, st.sampled_from(["", "", "submit"])), min_size=1, max_size=most))
    made, now = [], dict(fields)
    for edits, transition in steps:
        changed = {path: new for path, new in edits.items() if (new or "") != now.get(path, "")}
        was = {path: now.get(path) for path in changed}
        made.append(make_change("r1", changed, was=was, transition=transition))
        now = edited(now, changed)
    return fields, made


Case = tuple[dict[str, str], list[Change]]


def city(fields: dict[str, str], rev: int = 3) -> Record:
    return Record("r1", "bulk-pickup", "1", rev, fields)


@given(cases())
def test_joining_first_or_applying_one_by_one_is_the_same(case: Case) -> None:
    fields, made = case
    whole = made[0]
    for change in made[1:]:
        whole = joined(whole, change)
    assert rebased(city(fields), [whole]) == rebased(city(fields), made)


@given(cases(), cases())
def test_joining_keeps_what_was_seen_before_the_first(one: Case, other: Case) -> None:
    (_, first), (_, later) = one, other
    before, after = make_change("r1", {"a": "2"}, was={"a": "1"}), make_change("r1", {"a": "3"}, was={"a": "2"})
    whole = joined(before, after)
    assert (whole.id, whole.edits, whole.was) == (before.id, {"a": "3"}, {"a": "1"})
    assert set(joined(first[0], later[0]).edits) == set(first[0].edits) | set(later[0].edits)


@given(cases(), FIELDS)
def test_every_edited_path_shows_mine_and_every_other_the_citys(case: Case, new: dict[str, str]) -> None:
    old, made = case
    mine = rebased(city(old), made)
    shown = rebased(city(new, 4), made)
    touched = {path for change in made for path in change.edits}
    assert shown.rev == 4
    assert all(shown.get(path) == mine.get(path) for path in touched)
    assert all(shown.get(path) == new.get(path, "") for path in set(new) - touched)


@given(cases())
def test_taking_changes_one_by_one_ends_where_the_person_saw_it(case: Case) -> None:
    fields, made = case
    seen = rebased(city(fields), made)
    known = city(fields)
    for number, change in enumerate(made, 4):
        known = accepted(known, change, Settled(change.id, "applied", number))
        assert known.rev == number
    assert known.fields == seen.fields


@given(cases(most=1), st.integers(0, 3))
def test_an_old_answer_changes_nothing(case: Case, rev: int) -> None:
    fields, made = case
    assert accepted(city(fields), made[0], Settled(made[0].id, "applied", rev)) == city(fields)


@given(cases(most=1), EDITS)
def test_an_answer_that_skips_revisions_never_claims_the_new_one(case: Case, edits: dict[str, str | None]) -> None:
    fields, made = case
    assert accepted(city(fields), made[0], Settled(made[0].id, "merged", 6, edits=edits)).rev == 3


@given(cases(), st.integers(0, 5))
def test_sending_again_ends_in_my_values_and_saw_the_citys(case: Case, rev: int) -> None:
    fields, made = case
    fresh = renewed(fields, rev, made, ids=[str(n) for n in range(len(made))], at="now")
    assert rebased(city(fields), fresh).fields == rebased(city(fields), made).fields
    state = dict(fields)
    for change in fresh:
        assert all(seen == state.get(path) for path, seen in change.was.items())
        state = edited(state, change.edits)
    assert len(fresh) == max(1, sum(bool(change.transition) for change in made))
    assert all(change.base_rev == rev and change.id not in {one.id for one in made} for change in fresh)
