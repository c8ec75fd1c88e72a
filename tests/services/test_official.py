"""Official numbers in service data: read strictly, due by a step and an answer, written in one way."""

from __future__ import annotations

from datetime import date

import pytest

from fieldapp.errors import ServiceError
from fieldapp.numbering import place, written
from fieldapp.records import ISSUED, PROVISIONAL
from fieldapp.services import Catalogue, official

NEW_YEAR = date(2027, 1, 1)


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return Catalogue.load()


@pytest.mark.parametrize(
    ("service", "number", "needs", "not_needed"),
    [
        ("building-inspection", "order", {"outcome/order_needed": "s13"}, {"outcome/order_needed": "none"}),
        ("building-permit", "receipt", {"fee/pay_state": "authorised"}, {"fee/pay_state": "quoted"}),
    ],
)
def test_the_shipped_services_issue_orders_and_receipts(
    shipped: Catalogue, service: str, number: str, needs: dict[str, str], not_needed: dict[str, str]
) -> None:
    numbers = shipped.get(service).numbers
    assert [one.id for one in official.due(numbers, "submit", needs)] == [number]
    for fields in (not_needed, {}, {**needs, ISSUED + number: "X-1"}):
        assert official.due(numbers, "submit", fields) == []
    assert official.due(numbers, "approve", needs) == []
    assert official.due(numbers, "submit", {**needs, ISSUED + number: PROVISIONAL}) == list(numbers)


def test_a_series_begins_anew_with_each_year(shipped: Catalogue) -> None:
    (order,) = shipped.get("building-inspection").numbers
    assert (official.series(order, NEW_YEAR), official.prefix(order, NEW_YEAR)) == ("order/2027", "OR27-")


@pytest.mark.parametrize("number", ["OR27-123", "OR27-0000123", "OR27-٠٠١٢٣", "OR27-", "OR26-00123", "OR27-00123 "])
def test_a_number_is_written_in_one_way(number: str) -> None:
    assert place(written("OR27-", 5, 123), "OR27-", 5) == 123
    assert place(written("OR27-", 5, 1234567), "OR27-", 5) == 1234567
    assert place(number, "OR27-", 5) == -1


GOOD = """
[[numbers]]
id = "order"
prefix = "OR{yy}-"
digits = 5
block = 20
low = 8
steps = ["submit"]
title = { en = "Order", fr = "Ordre" }
"""


@pytest.mark.parametrize(
    ("good", "bad", "key"),
    [
        ('id = "order"', 'id = "or der"', "id"),
        ("OR{yy}-", "OR{yy}", "prefix"),
        ("OR{yy}-", "OR{n}-", "prefix"),
        ("digits = 5", "digits = 2", "digits"),
        ("low = 8", "low = 20", "block"),
        ("block = 20", "block = 2000", "block"),
        ('["submit"]', '["sign"]', "steps"),
    ],
)
def test_what_is_wrong_is_refused_with_its_key(good: str, bad: str, key: str) -> None:
    from pathlib import Path

    import rtoml

    from fieldapp.services.entries import Entries
    from fieldapp.services.official import read_numbers

    steps = Catalogue.load().get("bulk-pickup").transitions
    assert read_numbers(Entries(rtoml.loads(GOOD), Path("service.toml")), steps)
    with pytest.raises(ServiceError, match=rf"numbers\[1\].{key}"):
        read_numbers(Entries(rtoml.loads(GOOD.replace(good, bad)), Path("service.toml")), steps)
