"""The till: counted before anybody sees what should be there, and never closed in silence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fieldapp.actions import (
    Desk,
    Handed,
    close_till,
    correct_float,
    count_till,
    my_till,
    my_till_name,
    open_till,
    payments_in,
    recount_till,
    refund,
    void_payment,
)
from fieldapp.errors import RefusedError
from fieldapp.money.dayend import apart
from fieldapp.money.till import takings, till_of
from fieldapp.records import REASON
from sync.wire import PushRequest
from tests.support.gateway import CLERK, City
from tests.support.money import COLLEAGUE, FLOAT, PORTABLE, case, desk_of, opened, pay

RIGHT = {2000: 4, 1000: 2, 10000: 3, 500: 9, 200: 2}  # the float and $349


def test_a_till_opens_with_its_float(city: City) -> None:
    laptop = city.laptop(CLERK)
    desk = opened(city, laptop)
    till = my_till(desk)
    assert till is not None
    assert (till.float, till.count, till.clerk, till.device) == (Decimal("100.00"), None, CLERK.id, laptop.device)
    with pytest.raises(RefusedError, match="still open"):
        open_till(desk, "Another", FLOAT)


def test_a_float_is_counted_before_a_till_opens(city: City) -> None:
    desk = desk_of(city, city.laptop(CLERK))
    with pytest.raises(RefusedError, match="Count the float first"):
        open_till(desk, "City Hall 1", {})
    assert my_till(desk) is None
    assert open_till(desk, "City Hall 1", {2000: 0}).state == "open"


def test_a_wrong_float_is_put_right_before_the_first_receipt(city: City) -> None:
    laptop = city.laptop(CLERK)
    desk = opened(city, laptop)
    before = len(laptop.store.history(desk.record(_till(desk)).id))
    with pytest.raises(RefusedError, match="reason"):
        correct_float(desk, {2000: 5}, " ")
    made = correct_float(desk, {2000: 6}, "One note was stuck under the tray")
    assert (till_of(made).float, made.get("float/f_1000")) == (Decimal("120.00"), "")
    entries = laptop.store.history(made.id)
    assert len(entries) == before + 1
    assert (entries[-1].change.transition, made.get(REASON)) == ("correct", "One note was stuck under the tray")
    laptop.sync()
    assert laptop.store.proof(made.id).state == "applied"


def test_after_a_receipt_the_count_tells_what_was_wrong_with_the_float(city: City) -> None:
    desk = opened(city, city.laptop(CLERK))
    pay(desk, case(desk, PORTABLE))
    with pytest.raises(RefusedError, match="Money was taken in this till"):
        correct_float(desk, {2000: 9}, "Typed wrongly")
    till = my_till(desk)
    assert till is not None
    assert till.float == Decimal("100.00")


def test_a_till_is_called_what_it_was_called_last(city: City) -> None:
    desk = desk_of(city, city.laptop(CLERK))
    assert my_till_name(desk) == ""
    open_till(desk, "City Hall 1", FLOAT)
    count_till(desk, FLOAT)
    close_till(desk, although_unsent=True)
    assert my_till_name(desk) == "City Hall 1"


def _till(desk: Desk) -> str:
    till = my_till(desk)
    assert till is not None
    return till.id


def test_a_till_that_agrees_closes_without_a_word(city: City) -> None:
    laptop = city.laptop(CLERK)
    desk = opened(city, laptop)
    pay(desk, case(desk, PORTABLE))
    laptop.sync()
    count_till(desk, RIGHT)
    closed = close_till(desk)
    laptop.sync()
    assert laptop.store.proof(closed.id).state == "applied"
    record = laptop.record(closed.id)
    assert record.state == "closed"
    assert record.get("close/expected_cash") == "449.00"
    assert record.get("close/more_close/took_cash") == "349.00"
    assert record.get("close/more_close/numbers_used") == "RC26-000001"
    assert float(record.get("close/over_short")) == 0
    assert my_till(desk) is None


def test_a_difference_takes_a_reason(city: City) -> None:
    laptop = city.laptop(CLERK)
    desk = opened(city, laptop)
    pay(desk, case(desk, PORTABLE))
    laptop.sync()
    count_till(desk, {**RIGHT, 10: 1, 200: 0})
    with pytest.raises(RefusedError, match=r"Short by \$3.90"):
        close_till(desk)
    closed = close_till(desk, reason="Two coins under the tray")
    laptop.sync()
    assert float(laptop.record(closed.id).get("close/over_short")) == -3.9
    assert laptop.record(closed.id).get("close/over_reason") == "Two coins under the tray"


def test_unsent_takings_are_named_before_it_closes(city: City) -> None:
    laptop = city.laptop(CLERK)
    desk = opened(city, laptop)
    pay(desk, case(desk, PORTABLE))
    pay(desk, case(desk, PORTABLE), "cheque", proof="7")
    count_till(desk, RIGHT, (1, Decimal("349.00")))
    with pytest.raises(RefusedError, match=r"2 receipts .* \$698.00 in all: RC26-000001, RC26-000002"):
        close_till(desk)
    closed = close_till(desk, although_unsent=True)
    assert closed.get("close/more_close/unsent_list") == "RC26-000001, RC26-000002"
    assert closed.get("close/more_close/unsent_sum") == "698.00"
    laptop.sync()
    assert laptop.store.proof(closed.id).state == "applied"


def test_nothing_is_taken_once_it_is_counted(city: City) -> None:
    laptop = city.laptop(CLERK)
    desk = opened(city, laptop)
    owes = case(desk, PORTABLE)
    count_till(desk, FLOAT)
    with pytest.raises(RefusedError, match="No till is open"):
        pay(desk, owes)
    recount_till(desk, "A resident came at the last minute")
    pay(desk, owes)
    counted = count_till(desk, RIGHT)
    assert counted.get("count/more_count/times") == "2"


def test_a_count_cannot_be_changed_after_the_sum_was_seen(city: City) -> None:
    laptop = city.laptop(CLERK)
    desk = opened(city, laptop)
    till = count_till(desk, FLOAT)
    laptop.sync()
    change = desk.change(laptop.record(till.id), {"count/c_2000": "9"})
    result = laptop.api.push(PushRequest(laptop.device, (change.payload(),))).results[0]
    assert (result.status, result.code) == ("rejected", "not_editable")


def test_voids_and_refunds_stand_in_the_right_till(city: City) -> None:
    laptop, second = city.laptop(CLERK), city.laptop(COLLEAGUE)
    desk, other = opened(city, laptop), opened(city, second)
    kept = pay(desk, case(desk, PORTABLE))
    wrong = pay(desk, case(desk, PORTABLE))
    laptop.sync()
    second.sync()
    void_payment(other, wrong.id, "Twice")
    refund(other, kept.id, Handed(Decimal("49.02"), "cash", reason="Withdrawn"))
    second.sync()
    laptop.sync()
    count_till(desk, RIGHT)
    mine = close_till(desk)
    count_till(other, {2000: 2, 1000: 1, 100: 1})
    theirs = close_till(other)
    assert mine.get("close/expected_cash") == "449.00"
    assert (mine.get("close/more_close/voids_n"), mine.get("close/more_close/voids_sum")) == ("1", "349.00")
    assert theirs.get("close/expected_cash") == "51.00"  # $49.02 in cash is $49.00
    assert theirs.get("close/more_close/back_cash") == "49.00"


def test_a_receipt_of_a_counted_till_is_paid_back_instead_of_voided(city: City) -> None:
    laptop, second = city.laptop(CLERK), city.laptop(COLLEAGUE)
    desk, other = opened(city, laptop), desk_of(city, second)
    made = pay(desk, case(desk, PORTABLE))
    till = count_till(desk, RIGHT)
    laptop.sync()
    second.sync()
    assert till_of(till).count == Decimal("449.00")
    with pytest.raises(RefusedError, match="pay the money back"):
        void_payment(other, made.id, "Too late")


def test_cheques_and_the_terminal_are_compared_too(city: City) -> None:
    desk = opened(city, city.laptop(CLERK))
    pay(desk, case(desk, PORTABLE), "cheque", proof="7")
    pay(desk, case(desk, PORTABLE), "debit_terminal", proof="T1-1")
    till = count_till(desk, FLOAT, (1, Decimal("340.00")), "349.00")
    sums = takings(payments_in(desk, till.id))
    assert list(apart(till, sums)) == ["Cheques and money orders: $340.00 counted, $349.00 taken."]
