"""The City adds up the tills itself, and names what does not fit."""

from __future__ import annotations

import json

import pytest

from fieldapp.actions import close_till, count_till, void_payment
from sync.gateway.tills import TillAccount, accounts
from sync.wire import PushRequest
from tests.support.gateway import CLERK, City
from tests.support.money import COLLEAGUE, PORTABLE, case, opened, pay
from ui.__main__ import main

RIGHT = {2000: 4, 1000: 2, 10000: 3, 500: 9, 200: 2}


def told(city: City) -> list[TillAccount]:
    with city.service.database.snapshot() as reader:
        return accounts(reader)


def test_the_sums_agree_with_the_laptop(city: City, capsys: pytest.CaptureFixture[str]) -> None:
    laptop = city.laptop(CLERK)
    desk = opened(city, laptop)
    pay(desk, case(desk, PORTABLE))
    laptop.sync()
    count_till(desk, RIGHT)
    close_till(desk)
    laptop.sync()
    (one,) = told(city)
    assert (str(one.sums.total), one.sums.numbers, one.faults) == ("349.00", ("RC26-000001",), ())
    assert main(["gateway", "tills", "--data", str(city.folder / "gateway"), "--day", "2026-11-23", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["tills"][0]["took"]["cash"] == "349.00"


def test_what_a_till_counted_and_never_came_is_named(city: City) -> None:
    laptop = city.laptop(CLERK)
    desk = opened(city, laptop)
    laptop.sync()
    lost = pay(desk, case(desk, PORTABLE))
    count_till(desk, RIGHT)
    till = close_till(desk, although_unsent=True)
    kept = {entry.change.id for entry in laptop.store.history(till.id)}
    changes = [one for one in laptop.store.exchange.pending(CLERK.id, 1000, 10**9) if one.id in kept]
    laptop.api.push(PushRequest(laptop.device, tuple(one.payload() for one in changes)))
    (one,) = told(city)
    assert one.faults == (
        "it said 349.00 when it was closed, its receipts come to 0.00",
        f"receipts that have not come: {lost.receipt}",
    )


def test_a_receipt_that_was_voided_after_closing_is_named(city: City) -> None:
    laptop, second = city.laptop(CLERK), city.laptop(COLLEAGUE)
    desk, other = opened(city, laptop), opened(city, second)
    made = pay(desk, case(desk, PORTABLE))
    laptop.sync()
    second.sync()
    count_till(desk, RIGHT)
    close_till(desk)
    void_payment(other, made.id, "Did not know that it was closed")
    laptop.sync()
    second.sync()
    assert told(city)[0].faults == ("it said 349.00 when it was closed, its receipts come to 0.00",)
