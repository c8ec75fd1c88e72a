"""Number series."""

from __future__ import annotations

from datetime import date

import pytest

from fieldapp.services import Catalogue, Series
from fieldapp.services.numbers import counter, number

CATALOGUE = Catalogue.load()


@pytest.mark.parametrize(
    ("service", "text"),
    [("building-permit", "26-104233"), ("building-inspection", "IN26-104233"), ("bulk-pickup", "BK26-104233")],
)
def test_a_number_is_written_as_its_service_says(service: str, text: str) -> None:
    assert number(CATALOGUE.get(service).series, 104233, date(2026, 11, 23)) == text


def test_a_series_that_names_the_year_counts_anew_each_year() -> None:
    series = CATALOGUE.get("building-permit").series
    assert counter(series, date(2026, 12, 31)) != counter(series, date(2027, 1, 1))


def test_a_series_without_the_year_counts_on() -> None:
    series = Series("tag", "T{n}", 1)
    assert counter(series, date(2026, 12, 31)) == counter(series, date(2027, 1, 1))
