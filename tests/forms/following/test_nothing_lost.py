"""The law of following: whatever changes in a form, every answer is still with the record, once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldapp.forms import FormDefinition, FormSession
from fieldapp.forms.following import Again, Homeless, carried_in, follow
from tests.support.following import VERSION, form

NAMES = ("a", "b", "c", "d")
ANSWERS = ("4", "4b", "2026-11-23", "yes", "couch fridge", "43.2 -79.8")
TYPES = ("text", "integer", "date", "geopoint", "acknowledge", "decimal")
SURVEYS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(TYPES), st.sampled_from(("", "g", "r"))),
    min_size=1,
    max_size=5,
    unique_by=lambda row: (row[0], row[2]),
)
_made: dict[tuple[tuple[str, str, str], ...], FormDefinition] = {}


def survey(rows: tuple[tuple[str, str, str], ...]) -> str:
    """Loose questions, those of a group `g`, those of a repeat `r`."""
    lines = ["type | name | label"]
    for inside, begin, end in (("", "", ""), ("g", "begin_group", "end_group"), ("r", "begin_repeat", "end_repeat")):
        own = [f"{kind} | {name} | {name}" for name, kind, around in rows if around == inside]
        lines += [f"{begin} | {inside} | {inside}", *own, f"{end} | | "] if own and inside else own
    return "\n".join(lines)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("forms")


def made(folder: Path, rows: tuple[tuple[str, str, str], ...]) -> FormDefinition:
    if rows not in _made:
        _made[rows] = form(folder / str(len(_made)), survey(rows))
    return _made[rows]


def answered(rows: tuple[tuple[str, str, str], ...], answers: list[str]) -> dict[str, str]:
    prefix = {"": "", "g": "g/", "r": "r[k7]/"}
    fields = {f"{prefix[around]}{name}": text for (name, _, around), text in zip(rows, answers, strict=False)}
    return fields | ({"r[k7]": "1"} if any(path.startswith("r[") for path in fields) else {})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=SURVEYS, now=SURVEYS, answers=st.lists(st.sampled_from(ANSWERS), min_size=5, max_size=5))
def test_every_answer_is_kept_moved_or_carried(
    folder: Path, before: list[tuple[str, str, str]], now: list[tuple[str, str, str]], answers: list[str]
) -> None:
    old, new = made(folder, tuple(before)), made(folder, tuple(now))
    fields = answered(tuple(before), answers)
    found = follow(old, new, fields, version=VERSION)
    aside: list[Again | Homeless] = [*found.again, *found.homeless]
    outcomes = [*found.kept, *(one.path for one in found.moved)]
    outcomes += [one.path for one in aside]
    assert sorted(outcomes) == sorted(path for path in fields if not path.endswith("]"))
    carried = {one.path: one.value for one in carried_in(found.fields)}
    assert carried == {one.path: one.value for one in aside}
    session = FormSession(new, found.fields)
    assert not session.orphans
    assert not [problem for problem in session.problems() if problem.kind in {"type", "choice"}]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=SURVEYS, answers=st.lists(st.sampled_from(("4", "12")), min_size=5, max_size=5))
def test_a_form_that_did_not_change_changes_nothing(
    folder: Path, rows: list[tuple[str, str, str]], answers: list[str]
) -> None:
    plain = tuple((name, "text", around) for name, _, around in rows)
    same, fields = made(folder, plain), answered(plain, answers)
    assert follow(same, same, fields, version=VERSION).edits(fields) == {}
