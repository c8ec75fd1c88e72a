"""The order by route: laws that hold for any day, by made-up places of one city."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.places.route import Spot, by_route, length

SPOTS = st.tuples(st.floats(43.0, 43.5), st.floats(-80.2, -79.6))
DAYS = st.lists(SPOTS, max_size=9)
NOISE = 0.01  # metres


def way(spots: list[Spot], start: Spot | None = None) -> list[Spot]:
    return [*([start] if start else []), *(spots[number] for number in by_route(spots, start))]


@settings(max_examples=50)
@given(DAYS, st.none() | SPOTS)
def test_every_place_is_visited_once(spots: list[Spot], start: Spot | None) -> None:
    assert sorted(by_route(spots, start)) == list(range(len(spots)))


@settings(max_examples=50)
@given(DAYS, SPOTS)
def test_it_is_never_longer_than_the_order_given(spots: list[Spot], start: Spot) -> None:
    assert length(way(spots)) <= length(spots) + NOISE
    assert length(way(spots, start)) <= length([start, *spots]) + NOISE


@settings(max_examples=50)
@given(DAYS.filter(bool))
def test_without_a_start_the_first_place_stays_first(spots: list[Spot]) -> None:
    assert by_route(spots)[0] == 0


@settings(max_examples=50)
@given(DAYS, SPOTS)
def test_no_part_turned_round_makes_it_shorter(spots: list[Spot], start: Spot) -> None:
    made = way(spots, start)
    for first, last in itertools.combinations(range(1, len(made) + 1), 2):
        turned = [*made[:first], *reversed(made[first:last]), *made[last:]]
        assert length(made) <= length(turned) + NOISE


@settings(max_examples=50)
@given(DAYS, SPOTS)
def test_who_orders_the_ordered_day_again_gets_no_longer_way(spots: list[Spot], start: Spot) -> None:
    once = way(spots, start)
    assert length(way(once[1:], start)) <= length(once) + NOISE


@settings(max_examples=50)
@given(st.lists(st.floats(43.0, 43.5), max_size=10, unique=True))
def test_places_along_one_street_are_visited_as_one_passes_them(north: list[float]) -> None:
    spots = [(lat, -79.9) for lat in north]
    assert way(spots, (42.9, -79.9))[1:] == sorted(spots)


def test_forty_places_take_no_time_that_one_notices() -> None:
    spots = [(43.0 + (n * 37 % 40) / 100, -80 + (n * 17 % 40) / 100) for n in range(40)]
    assert length(way(spots)) < length(spots) / 2
