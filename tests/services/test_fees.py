"""Fees by date, and explained line by line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.errors import ServiceError
from fieldapp.services.fees import city_fees, read_fees, total

FEES = city_fees()
HEADER = "code,en,fr,amount,unit,hst,valid_from,valid_to,source,mark\n"


@pytest.mark.parametrize(
    ("day", "amount"),
    [(date(2022, 12, 31), "234.00"), (date(2023, 1, 1), "283.00"), (date(2026, 11, 23), "283.00")],
)
def test_an_amount_holds_on_its_days(day: date, amount: str) -> None:
    fee = FEES.on("BP-MIN", day)
    assert fee is not None
    assert fee.amount == Decimal(amount)


def test_before_its_first_day_there_is_no_fee() -> None:
    assert FEES.on("BP-MIN", date(2021, 12, 31)) is None
    assert FEES.on("NO-SUCH", date(2026, 1, 1)) is None


def test_a_fee_is_explained_line_by_line() -> None:
    lines = FEES.explain([("BP-SI-HOUSE", Decimal(120)), ("BP-VALUE", Decimal(50_000))], date(2026, 11, 23))
    assert [line.amount for line in lines] == [Decimal("1766.40"), Decimal("500.00")]
    assert total(lines) == Decimal("2266.40")


def test_hst_comes_on_top() -> None:
    (line,) = FEES.explain([("PARK-RESIDENT", Decimal(1))], date(2026, 11, 23))
    assert (line.amount, line.hst, line.total) == (Decimal("80.53"), Decimal("10.47"), Decimal("91.00"))


def test_the_vacant_building_parts_are_those_of_the_page() -> None:
    parts = [(code, Decimal(1)) for code in ("VB-ADMIN", "VB-INSPECT", "VB-HST")]
    assert total(FEES.explain(parts, date(2026, 1, 1))) == Decimal("1202.27")


def test_a_code_without_amount_is_refused() -> None:
    with pytest.raises(ServiceError, match="no fee “BP-MIN” on 1999-01-01"):
        FEES.explain([("BP-MIN", Decimal(1))], date(1999, 1, 1))


def test_every_fee_has_a_source_in_both_languages() -> None:
    assert all(fee.source and fee.title.en and fee.title.fr for fee in FEES.fees)


@given(st.decimals(min_value=0, max_value=100_000, places=2), st.integers(0, 500))
def test_a_total_is_the_sum_of_whole_cents(area: Decimal, permits: int) -> None:
    lines = FEES.explain([("BP-SI-HOUSE", area), ("PARK-RESIDENT", Decimal(permits))], date(2026, 11, 23))
    assert total(lines) == total(lines).quantize(Decimal("0.01"))
    assert total(lines) == sum(line.amount + line.hst for line in lines)


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("A,a,a,12.5O,each,0,2026-01-01,,s,verified", "amount", "no amount"),
        ("A,a,a,-1,each,0,2026-01-01,,s,verified", "amount", "no amount"),
        ("A,a,a,nan,each,0,2026-01-01,,s,verified", "amount", "no amount"),
        ("A,a,a,1e30,each,0,2026-01-01,,s,verified", "amount", "no amount"),
        ("A,a,a,1,acre,0,2026-01-01,,s,verified", "unit", "none of each"),
        ("A,a,a,1,each,0,2026-02-30,,s,verified", "valid_from", "no day"),
        ("A,a,a,1,each,0,2026-01-01,,s,maybe", "mark", "none of verified"),
        ("X,a,a,1,each,0,2026-06-01,,s,verified", "valid_from", "two amounts"),
    ],
)
def test_a_wrong_row_is_refused_with_its_place(tmp_path: Path, row: str, column: str, words: str) -> None:
    table = tmp_path / "fees.csv"
    table.write_text(f"{HEADER}X,x,x,1,each,0,2026-01-01,2026-12-31,s,verified\n{row}\n")
    with pytest.raises(ServiceError, match=words) as caught:
        read_fees(table)
    assert (caught.value.place.row, caught.value.place.column) == (3, column)


def test_a_missing_column_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "fees.csv"
    table.write_text("code,en\nA,a\n")
    with pytest.raises(ServiceError, match="column is missing") as caught:
        read_fees(table)
    assert caught.value.place.column == "fr"
