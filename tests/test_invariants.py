"""Each invariant of sync is held by at least one test that bears its name."""

from __future__ import annotations

import pytest

from tests.invariants import INVARIANTS, holders, table


@pytest.mark.parametrize("number", INVARIANTS, ids=[f"I{number}" for number in INVARIANTS])
def test_an_invariant_has_a_test_of_its_name(number: int) -> None:
    assert holders()[number], f"no test is named test_i{number:02d}_…: “{INVARIANTS[number]}”"


def test_no_test_names_an_invariant_that_does_not_exist() -> None:
    assert set(holders()) <= set(INVARIANTS)


def test_the_table_names_every_holder() -> None:
    assert table().count("::test_") == sum(map(len, holders().values()))
