"""Two clerks without a network take money for the same case: both receipts count, and what is too much is told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal

import pytest

from fieldapp.actions import Desk, Handed, all_too_much, balance, open_till, refund, take, take_payment, too_much
from fieldapp.errors import AccessError
from fieldapp.money.payment import Payment
from fieldapp.records import Record
from tests.support.gateway import CHIEF, CLERK, City, Laptop
from tests.support.money import COLLEAGUE, FLOAT, PORTABLE, case, desk_of, opened, pay
from ui.__main__ import main

ALL = Decimal("349.00")


@dataclass(frozen=True)
class Paid:
    """A case that two clerks took money for, before either laptop had a network, and both have synced since."""

    case: Record
    laptops: tuple[Laptop, Laptop]
    desks: tuple[Desk, Desk]
    receipts: tuple[Payment, Payment]


@pytest.fixture
def paid(city: City) -> Paid:
    laptops = city.laptop(CLERK), city.laptop(COLLEAGUE)
    desks = opened(city, laptops[0]), opened(city, laptops[1])
    owes = take(desks[0], case(desks[0], dict(PORTABLE)).id, "submit")
    laptops[0].sync()
    laptops[1].sync()
    receipts = pay(desks[0], owes), pay(desks[1], owes, "cheque", "100.00", "77")
    for laptop in (*laptops, laptops[0]):
        laptop.sync()
    return Paid(owes, laptops, desks, receipts)


def test_both_laptops_tell_it_with_the_receipts(paid: Paid) -> None:
    first, second = paid.receipts
    for desk in paid.desks:
        told = too_much(desk, desk.record(paid.case.id))
        assert told is not None
        assert told.said == f"Paid $100.00 too much: 2 receipts {first.receipt}, {second.receipt}"
        assert [one.amount for one in all_too_much(desk)] == [Decimal("100.00")]


def test_the_newest_receipt_that_has_enough_is_paid_back(paid: Paid) -> None:
    told = too_much(paid.desks[0], paid.case)
    assert told is not None
    assert told.back() == (told.receipts[1], Decimal("100.00"))
    assert told.back(COLLEAGUE.id) == (told.receipts[0], Decimal("100.00"))  # nobody pays back what they took


def test_the_city_lists_it(city: City, paid: Paid, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gateway", "tills", "--data", str(city.folder / "gateway"), "--json"]) == 1
    (told,) = json.loads(capsys.readouterr().out)["overpaid"]
    assert (told["amount"], told["back"]["number"]) == ("100.00", paid.receipts[1].receipt)
    assert main(["gateway", "tills", "--data", str(city.folder / "gateway")]) == 1
    assert f"Pay back $100.00 of {paid.receipts[1].receipt}" in capsys.readouterr().out


def test_a_second_person_pays_it_back_and_it_is_over_everywhere(city: City, paid: Paid) -> None:
    back = Handed(Decimal("100.00"), "cheque", "78", reason="Paid twice")
    with pytest.raises(AccessError):
        refund(paid.desks[1], paid.receipts[1].id, back)
    chief = city.laptop(CHIEF)
    desk = desk_of(city, chief)
    chief.sync()
    open_till(desk, "3", FLOAT)
    refund(desk, paid.receipts[1].id, back)
    for laptop in (chief, *paid.laptops):
        laptop.sync()
    for one in (desk, *paid.desks):
        assert balance(one, paid.case) == 0
        assert all_too_much(one) == []
    assert main(["gateway", "tills", "--data", str(city.folder / "gateway")]) == 0


def test_a_fee_that_was_waived_is_no_money_to_be_paid_back(city: City) -> None:
    desk = opened(city, city.laptop(CLERK))
    waived = {**PORTABLE, "fee/more_payment/fee_waiver": "yes", "fee/more_payment/waiver_reason": "Council, 2026-10-01"}
    owes = case(desk, waived)
    take_payment(desk, owes, Handed(ALL, "waived", reason="Council, 2026-10-01"))
    assert balance(desk, owes) == 0
    assert too_much(desk, owes) is None
