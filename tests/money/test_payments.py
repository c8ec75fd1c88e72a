"""Payments: in whole cents, numbered for good, closed to any change, undone only by a second person."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from fieldapp.actions import (
    Handed,
    balance,
    find_receipt,
    open_till,
    receipts_of,
    refund,
    start,
    take_payment,
    void_payment,
)
from fieldapp.actions.visits import begin_visit, serve
from fieldapp.errors import AccessError, RefusedError
from fieldapp.money.payment import lines_of, payment_of
from fieldapp.records import PROVISIONAL, STATE, Person
from sync.wire import PushRequest
from tests.support.gateway import CHIEF, CLERK, City, Laptop
from tests.support.money import COLLEAGUE, FLAT, FLOAT, PORTABLE, case, desk_of, opened, pay


def test_a_payment_bears_its_final_number_without_a_network(city: City) -> None:
    laptop = city.laptop(CLERK)
    desk = opened(city, laptop)
    made = pay(desk, case(desk), "cheque", proof="112")
    assert made.receipt == "RC26-000001"
    assert (made.asked, made.paid) == (Decimal("1766.00"), Decimal("1766.00"))
    laptop.sync()
    laptop.sync()
    assert payment_of(laptop.record(made.id)).receipt == "RC26-000001"
    assert laptop.store.proof(made.id).state == "applied"


def test_a_receipt_is_found_by_its_number(city: City) -> None:
    desk = opened(city, city.laptop(CLERK))
    made = pay(desk, case(desk, PORTABLE))
    pay(desk, case(desk, PORTABLE))
    found = find_receipt(desk, " rc26-000001")
    assert found is not None
    assert found.id == made.id
    assert find_receipt(desk, "RC26-000009") is None
    by_digits = find_receipt(desk, "2")
    assert by_digits is not None
    assert payment_of(by_digits).receipt == "RC26-000002"
    assert find_receipt(desk, "42") is None
    assert [row.id for row in desk.store.search("RC26-000001")] == [made.id]


@pytest.mark.parametrize(
    ("tendered", "words"), [("300.00", r"\$49.00 is missing"), ("400.03", r"no coin is less than 5 cents")]
)
def test_cash_that_cannot_be_handed_over_is_not_taken(city: City, tendered: str, words: str) -> None:
    desk = opened(city, city.laptop(CLERK))
    owes = case(desk, PORTABLE)
    with pytest.raises(RefusedError, match=words):
        take_payment(desk, owes, Handed(Decimal("349.00"), "cash", tendered=Decimal(tendered)))
    assert balance(desk, owes) == Decimal("349.00")


def test_the_receipts_of_a_visit_are_found_by_it(city: City) -> None:
    desk = opened(city, city.laptop(CLERK))
    visit = begin_visit(desk, "A1")
    made = desk.commit(serve(desk, visit.id, "building-permit"), FLAT)
    other = pay(desk, case(desk, PORTABLE))
    paid = pay(desk, desk.record(visit.id))
    assert [one.id for one in receipts_of(desk, desk.record(visit.id))] == [paid.id]
    assert [one.id for one in receipts_of(desk, desk.record(made.id))] == [paid.id]
    assert other.id != paid.id


def test_a_card_number_is_no_reason(city: City) -> None:
    desk = opened(city, city.laptop(CLERK))
    made = pay(desk, case(desk, PORTABLE))
    other = opened(city, city.laptop(COLLEAGUE))
    with pytest.raises(RefusedError, match="card number") as refused:
        void_payment(replace(desk, person=other.person), made.id, "4111 1111 1111 1111")
    assert "4111" not in str(refused.value)


def test_the_lines_are_kept_with_their_reasons(city: City) -> None:
    desk = opened(city, city.laptop(CLERK))
    made = pay(desk, case(desk, PORTABLE))
    title, why, amount, hst = lines_of(desk.record(made.id))[0]
    assert (title, amount, hst) == ("Building permit: portable classroom", Decimal("349.00"), Decimal("0.00"))
    assert all(part in why for part in ("1 × $349.00", "BP-PORTABLE", "2022-01-01", "to be confirmed"))


def test_cash_is_rounded_to_five_cents(city: City) -> None:
    desk = opened(city, city.laptop(CLERK))
    owes = case(desk, PORTABLE)
    first = payment_of(take_payment(desk, owes, Handed(Decimal("100.02"), "cash", tendered=Decimal("120.00"))))
    assert (first.asked, first.paid) == (Decimal("100.02"), Decimal("100.00"))
    record = desk.record(first.id)
    assert record.get("payment/more_payment/change_due") == "20.00"
    assert balance(desk, owes) == Decimal("248.98")
    assert pay(desk, owes).paid == Decimal("249.00")
    assert balance(desk, owes) == 0


def test_more_than_is_owed_is_not_taken(city: City) -> None:
    desk = opened(city, city.laptop(CLERK))
    owes = case(desk, PORTABLE)
    with pytest.raises(RefusedError, match=r"\$349.01 cannot be taken: \$349.00"):
        pay(desk, owes, asked="349.01")
    pay(desk, owes)
    with pytest.raises(RefusedError, match="cannot be taken"):
        pay(desk, owes, asked="0.01")


def test_money_belongs_to_an_open_till(city: City) -> None:
    laptop = city.laptop(CLERK)
    desk = desk_of(city, laptop)
    with pytest.raises(RefusedError, match="No till is open"):
        pay(desk, case(desk, PORTABLE))


@pytest.mark.parametrize(
    ("method", "proof", "said"),
    [
        ("cheque", "", "number printed on the cheque"),
        ("credit_terminal", "4111 1111 1111 1111", "card number"),
        ("money_order", "4111-1111-1111-1111", "card number"),
    ],
)
def test_a_way_of_paying_needs_its_proof_and_never_a_card(city: City, method: str, proof: str, said: str) -> None:
    desk = opened(city, city.laptop(CLERK))
    with pytest.raises(RefusedError, match=said):
        pay(desk, case(desk, PORTABLE), method, proof=proof)
    assert desk.store.numbers.left("receipt/2026") == 40  # no number is spoilt by a refusal


def test_what_is_wrong_with_a_payment_is_said_to_the_clerk_not_to_the_resident(city: City) -> None:
    desk = opened(city, city.laptop(CLERK))
    owes = desk.commit(start(desk, "building-permit", lang="fr"), FLAT)
    with pytest.raises(RefusedError, match="Enter the reference"):
        take_payment(desk, owes, Handed(Decimal("349.00"), "debit_terminal"))


def test_without_numbers_the_city_gives_the_number_once(city: City) -> None:
    laptop = city.laptop(CLERK)
    desk = desk_of(city, laptop)
    open_till(desk, "1", FLOAT)
    made = pay(desk, case(desk, PORTABLE))
    assert made.receipt == ""
    assert PROVISIONAL in laptop.record(made.id).fields.values()
    laptop.sync()
    laptop.sync()
    assert payment_of(laptop.record(made.id)).receipt == "RC26-000041"  # after the block that was reserved first


def test_nobody_changes_a_payment_that_was_taken(city: City) -> None:
    laptop = city.laptop(CLERK)
    desk = opened(city, laptop)
    made = pay(desk, case(desk, PORTABLE))
    laptop.sync()
    record = laptop.record(made.id)
    change = desk.change(record, {"payment/pay_paid": "1.00", "payment/pay_asked": "1.00"})
    result = laptop.api.push(PushRequest(laptop.device, (change.payload(),))).results[0]
    assert (result.status, result.code) == ("rejected", "not_editable")


def test_a_wrong_sum_is_refused_by_the_city(city: City) -> None:
    laptop = city.laptop(CLERK)
    desk = opened(city, laptop)
    made = pay(desk, case(desk, PORTABLE))
    fields = {**laptop.record(made.id).fields, "payment/pay_due": "1.00", "payment/pay_asked": "1.00"}
    forged = desk.change(laptop.record(made.id), {}, transition="take", creates=True)
    payload = {**forged.payload(), "record": "forged", "base_rev": 0, "edits": {**fields, "payment/pay_paid": "1.00"}}
    result = laptop.api.push(PushRequest(laptop.device, (payload,))).results[0]
    assert (result.status, result.code, result.path) == ("rejected", "incomplete", "payment/pay_due")


def taken_and_sent(city: City) -> tuple[Laptop, str]:
    laptop = city.laptop(CLERK)
    desk = opened(city, laptop)
    made = pay(desk, case(desk, PORTABLE))
    laptop.sync()
    return laptop, made.id


@pytest.mark.parametrize("person", [COLLEAGUE, CHIEF])
def test_a_second_person_voids_with_a_reason(city: City, person: Person) -> None:
    laptop, made = taken_and_sent(city)
    second = city.laptop(person)
    desk = desk_of(city, second)
    second.sync()
    with pytest.raises(RefusedError, match="say why"):
        void_payment(desk, made, " ")
    void_payment(desk, made, "Typed for the wrong case")
    second.sync()
    laptop.sync()
    record = laptop.record(made)
    assert record.state == "void"
    assert payment_of(record).receipt == "RC26-000001"
    assert payment_of(record).paid == Decimal("349.00")
    assert record.get("@reason") == "Typed for the wrong case"


def test_who_took_the_money_undoes_nothing(city: City) -> None:
    laptop, made = taken_and_sent(city)
    desk = desk_of(city, laptop)
    with pytest.raises(AccessError, match="second person"):
        void_payment(desk, made, "Mine")
    with pytest.raises(AccessError, match="second person"):
        refund(desk, made, Handed(Decimal("349.00"), "cash", reason="Mine"))
    change = desk.change(laptop.record(made), {STATE: "void", "@reason": "Mine"})
    payload = {**change.payload(), "transition": "void"}
    result = laptop.api.push(PushRequest(laptop.device, (payload,))).results[0]
    assert (result.status, result.code) == ("rejected", "role")


def test_a_supervisor_cannot_give_their_own_payment_away_to_void_it(city: City) -> None:
    laptop = city.laptop(CHIEF)
    desk = opened(city, laptop)
    made = pay(desk, case(desk, PORTABLE))
    desk.commit(desk.record(made.id), {"@assignee": CLERK.id}, seal=True)
    with pytest.raises(AccessError, match="second person"):
        void_payment(desk, made.id, "Mine")


def test_a_refund_is_a_booking_of_its_own_and_keeps_the_first(city: City) -> None:
    laptop, made = taken_and_sent(city)
    second = city.laptop(COLLEAGUE)
    desk = opened(city, second)
    back = payment_of(refund(desk, made, Handed(Decimal("200.00"), "cash", reason="Withdrawn in time")))
    assert (back.kind, back.paid, back.receipt) == ("refund", Decimal("200.00"), "RC26-000041")
    with pytest.raises(RefusedError, match="is not possible now"):
        refund(desk, made, Handed(Decimal("1.00"), "cash", reason="Twice"))
    second.sync()
    laptop.sync()
    first = payment_of(laptop.record(made))
    assert (first.state, first.paid, first.refunded) == ("refunded", Decimal("349.00"), Decimal("200.00"))
    assert laptop.record(back.id).get("payment/refund/refund_no") == "RC26-000001"


def test_no_more_is_paid_back_than_was_paid(city: City) -> None:
    _laptop, made = taken_and_sent(city)
    second = city.laptop(COLLEAGUE)
    desk = opened(city, second)
    with pytest.raises(RefusedError, match="was paid"):
        refund(desk, made, Handed(Decimal("349.01"), "cash", reason="Too much"))


def test_a_case_that_bears_a_receipt_takes_no_second_number(city: City) -> None:
    laptop = city.laptop(CLERK)
    desk = opened(city, laptop)
    owes = case(desk, PORTABLE)
    desk.commit(owes, {"@issued/receipt": "RC26-000077"})
    made = pay(desk, desk.record(owes.id), "cheque", proof="5")
    assert made.receipt == "RC26-000077"
    assert desk.store.numbers.left("receipt/2026") == 40


def test_a_waived_fee_is_booked_with_its_reason(city: City) -> None:
    desk = opened(city, city.laptop(CLERK))
    waived = {**PORTABLE, "fee/more_payment/fee_waiver": "yes", "fee/more_payment/waiver_reason": "Council, 2026-10-01"}
    owes = case(desk, waived)
    assert balance(desk, owes) == 0
    made = take_payment(desk, owes, Handed(Decimal("349.00"), "waived", reason="Council, 2026-10-01"))
    assert payment_of(made).paid == 0
    assert made.get("payment/waiver_reason") == "Council, 2026-10-01"
