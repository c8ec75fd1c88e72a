"""Several people on one machine: their offline references never meet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fieldapp.lanes import lane, letters
from fieldapp.paths import Home
from tests.support.store import make_store


def test_the_first_person_needs_no_letter(tmp_path: Path) -> None:
    assert lane(Home(tmp_path), "j.osei") == ""


def test_a_lane_is_given_once_and_stays(tmp_path: Path) -> None:
    home = Home(tmp_path)
    given = [lane(home, person) for person in ("a", "b", "c", "b", "a")]
    assert given == ["", "B", "C", "B", ""]


def test_letters_never_repeat() -> None:
    assert [letters(n) for n in (0, 1, 25, 26)] == ["", "B", "Z", "BB"]
    assert len({letters(n) for n in range(2000)}) == 2000


def test_two_stores_of_one_machine_give_different_references(tmp_path: Path) -> None:
    home, day = Home(tmp_path), date(2026, 11, 23)
    references = []
    for person in ("a", "b"):
        store = make_store(home.store(person))
        references += [store.next_alias("TOUGH-07" + lane(home, person), day) for _ in range(3)]
        store.close()
    assert len(set(references)) == 6
