"""Why this amount: each line with its fee, its day and how it comes about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.errors import RefusedError
from fieldapp.money.cash import amount_in, counted, dollars, to_nickel
from fieldapp.money.quote import quote
from fieldapp.services.fees import city_fees
from fieldapp.services.functions import city_functions
from fieldapp.texts import speaking

DAY = date(2026, 11, 23)
RECEIVED = {"case/received_at": "2026-11-23T09:00:00.000-05:00"}
SEVERAL = {"fee/fee_lines": "VB-ADMIN 1; VB-INSPECT; VB-HST 1; DOG 0"}


def whys(fields: dict[str, str]) -> list[str]:
    return [line.why for line in quote(RECEIVED | fields, city_fees(), DAY).lines]


def test_several_fees_have_a_line_each() -> None:
    found = quote(RECEIVED | SEVERAL, city_fees(), DAY)
    assert [(line.code, line.amount) for line in found.lines] == [
        ("VB-ADMIN", Decimal("314.00")),
        ("VB-INSPECT", Decimal("786.00")),
        ("VB-HST", Decimal("102.27")),
    ]
    assert found.due == Decimal("1202.27")


def test_the_citys_functions_add_up_the_same() -> None:
    functions = city_functions()
    day = RECEIVED["case/received_at"]
    assert functions["city:fee-base"](SEVERAL["fee/fee_lines"], day) == "1202.27"
    assert functions["city:fee-hst"]("PARK-RESIDENT 2", day) == "20.94"
    assert functions["city:fee-base"]("NO-SUCH 1", day) == ""


def test_units_taxes_and_sources_are_said() -> None:
    (why,) = whys({"fee/fee_code": "BP-SI-HOUSE", "fee/fee_base": "1766.40", "fee/fee_quantity": "120", "fee/hst": "0"})
    assert why.startswith("120 × $14.72/m²; no HST on top; fee BP-SI-HOUSE in force since 2022-01-01, for 2026-11-23")
    assert why.endswith("to be confirmed")
    (taxed,) = whys({"fee/fee_code": "PARK-RESIDENT", "fee/fee_base": "80.53", "fee/hst": "10.47"})
    assert "1 × $80.53; HST 13 % is $10.47" in taxed
    (share,) = whys({"fee/fee_code": "BP-VALUE", "fee/fee_base": "2500", "fee/fee_quantity": "250000"})
    assert "1.00 % of $250,000.00" in share or "1 % of $250,000.00" in share


def test_what_the_form_rounds_is_said_to_be_the_forms() -> None:
    (why,) = whys({"fee/fee_code": "BP-SI-HOUSE", "fee/fee_base": "1766", "fee/fee_quantity": "120", "fee/hst": "0"})
    assert "worked out in the form from $14.72/m²" in why


def test_a_form_that_adds_something_has_a_line_for_it() -> None:
    fields = {**SEVERAL, "fee/fee_base": "1203.00", "fee/hst": "0"}
    found = quote(RECEIVED | fields, city_fees(), DAY)
    assert found.lines[-1].amount == Decimal("0.73")
    assert found.due == Decimal("1203.00")


def test_a_waived_fee_keeps_its_lines_and_its_reason() -> None:
    fields = {"fee/fee_code": "FOI", "fee/fee_base": "5.00", "fee/fee_waiver": "yes", "fee/waiver_reason": "Council"}
    found = quote(RECEIVED | fields, city_fees(), DAY)
    assert (found.full, found.due, found.reason) == (Decimal("5.00"), Decimal(0), "Council")


def test_it_is_said_in_french_too() -> None:
    with speaking("fr"):
        (why,) = whys({"fee/fee_code": "PARK-RESIDENT", "fee/fee_base": "80.53", "fee/hst": "10.47"})
    assert "TVH de 13 %" in why
    assert "80,53\N{NO-BREAK SPACE}$" in why


@given(st.integers(0, 10**9))
def test_cash_is_rounded_to_the_nearest_five_cents(cents: int) -> None:
    amount = Decimal(cents) / 100
    rounded = to_nickel(amount)
    assert rounded * 20 == int(rounded * 20)
    assert abs(rounded - amount) <= Decimal("0.02")


@given(st.dictionaries(st.sampled_from((5, 10, 25, 100, 200, 500, 2000)), st.integers(0, 9999)))
def test_a_count_is_whole_cents(pieces: dict[int, int]) -> None:
    assert counted(pieces) * 100 == sum(worth * n for worth, n in pieces.items())


@pytest.mark.parametrize(
    ("text", "amount"),
    [("12", "12.00"), ("12.5", "12.50"), ("12,50", "12.50"), ("$1,234.50", "1234.50"), ("1 234,50 $", "1234.50")],
)
def test_amounts_are_read_as_people_write_them(text: str, amount: str) -> None:
    assert str(amount_in(text)) == amount


@pytest.mark.parametrize("text", ["", "-5", "1e3", "12.345", "NaN", "twelve", "9999999999"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="is no amount"):
        amount_in(text)


def test_amounts_are_written_for_their_readers() -> None:
    assert dollars(Decimal("-1234.5")) == "-$1,234.50"
    with speaking("fr"):
        assert dollars(Decimal("1234.5")) == "1\N{NARROW NO-BREAK SPACE}234,50\N{NO-BREAK SPACE}$"


def test_a_fee_that_the_clerk_read_in_a_schedule_says_so() -> None:
    (why,) = whys({"fee/fee_code": "", "fee/fee_base": "31", "fee/hst": "0", "fee/fee_schedule_on": "2026-01-01"})
    assert why == "As the clerk read it in the City's schedule of fees of 2026-01-01"


@pytest.mark.parametrize("base", ["NaN", "about 30", "1e40"])
def test_what_is_no_amount_is_not_owed_and_hides_nothing(base: str) -> None:
    assert quote(RECEIVED | {"fee/fee_code": "BP-MIN", "fee/fee_base": base}, city_fees(), DAY).lines == ()


@pytest.mark.parametrize("quantity", ["NaN", "a few", "1e999999"])
def test_a_quantity_that_is_none_leaves_the_amount_to_the_form(quantity: str) -> None:
    told = {"fee/fee_code": "BP-MIN", "fee/fee_base": "283.00", "fee/fee_quantity": quantity}
    (line,) = quote(RECEIVED | told, city_fees(), DAY).lines
    assert (line.amount, line.quantity) == (Decimal("283.00"), None)


def test_a_fee_that_the_table_does_not_have_is_as_the_form_says() -> None:
    assert quote(RECEIVED | {"fee/fee_lines": "NO-SUCH 1"}, city_fees(), DAY).due == 0
    assert quote(RECEIVED | {"fee/fee_lines": "NO-SUCH 1", "fee/fee_base": "12.00"}, city_fees(), DAY).due == 12
