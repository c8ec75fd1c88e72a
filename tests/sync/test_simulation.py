"""The sync core in virtual time under one seeded scheduler (T2): a seed tells everything, and clocks decide nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fieldapp.services import Catalogue
from tests.support.simulation import EVENTS, simulate

FEW, MANY, CLOCKS = 4, 400, 2
YEAR = timedelta(days=365)


@pytest.mark.parametrize("seed", range(FEW))
def test_i03_i04_i09_i11_a_seeded_city_comes_to_rest_and_the_same_seed_to_the_same(
    catalogue: Catalogue, seed: int
) -> None:
    first, again = simulate(seed, catalogue), simulate(seed, catalogue)
    assert len(first.trace) > EVENTS
    assert (first.digest, first.state) == (again.digest, again.state)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(FEW, MANY))
def test_i03_i04_i09_i11_four_hundred_seeded_cities_come_to_rest(catalogue: Catalogue, seed: int) -> None:
    simulate(seed, catalogue)


@pytest.mark.parametrize("seed", range(100, 100 + CLOCKS))
def test_i15_a_laptops_clock_moved_by_a_year_in_the_middle_changes_nothing(catalogue: Catalogue, seed: int) -> None:
    right, late, early = (simulate(seed, catalogue, jump=jump).city for jump in (timedelta(), YEAR, -YEAR))
    assert right == late == early


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100 + CLOCKS, 200))
def test_i15_nor_does_it_in_a_hundred_cities(catalogue: Catalogue, seed: int) -> None:
    right, late, early = (simulate(seed, catalogue, jump=jump).city for jump in (timedelta(), YEAR, -YEAR))
    assert right == late == early
