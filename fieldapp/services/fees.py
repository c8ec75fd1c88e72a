"""Fees: dated amounts with their source. An amount is looked up for a day, and always shown with how it came about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from fieldapp.errors import Place, ServiceError
from fieldapp.paths import resources
from fieldapp.services.tables import Table, day_in, read_table
from fieldapp.services.texts import Text
from fieldapp.texts import tr

CENT = Decimal("0.01")
COLUMNS = ("code", "en", "fr", "amount", "unit", "hst", "valid_from", "valid_to", "source", "mark")
UNITS = ("each", "m2", "percent")
MARKS = ("verified", "unverified")
FEES_FILE = "fees.csv"
MOST = Decimal(10) ** 12  # no fee: so large that cents are no longer reckoned exactly


@dataclass(frozen=True)
class Fee:
    """One row of the table: an amount in dollars (or a percentage), and the days on which it holds."""

    code: str
    title: Text
    amount: Decimal
    unit: str
    hst: Decimal  # percent on top of the amount
    valid_from: date
    valid_to: date
    source: str
    verified: bool


@dataclass(frozen=True)
class FeeLine:
    """One line of an explained fee: `quantity` times the fee's amount, rounded to the cent, and its HST."""

    fee: Fee
    quantity: Decimal
    amount: Decimal
    hst: Decimal

    @property
    def total(self) -> Decimal:
        """The amount with its HST."""
        return self.amount + self.hst


@dataclass(frozen=True)
class FeeTable:
    """All fees, of all years."""

    fees: tuple[Fee, ...]

    def on(self, code: str, day: date) -> Fee | None:
        """The fee `code` as it holds on `day`, None when there is none."""
        for fee in self.fees:
            if fee.code == code and fee.valid_from <= day <= fee.valid_to:
                return fee
        return None

    def explain(self, items: Sequence[tuple[str, Decimal]], day: date) -> list[FeeLine]:
        """A line for each (code, quantity). ServiceError for a code that has no amount on `day`, and for a quantity so
        large that nobody can reckon with it."""
        return [self._line(code, quantity, day) for code, quantity in items]

    def _line(self, code: str, quantity: Decimal, day: date) -> FeeLine:
        fee = self.on(code, day)
        if fee is None:
            raise ServiceError(tr("there is no fee “{code}” on {day}", code=code, day=day.isoformat()))
        share = fee.amount / 100 if fee.unit == "percent" else fee.amount
        try:
            amount = cents(share * quantity)
            return FeeLine(fee, quantity, amount, cents(amount * fee.hst / 100))
        except ArithmeticError as fault:  # more digits than are reckoned with
            raise ServiceError(tr("“{text}” is no fee with its quantity, such as VB-INSPECT 2", text=code)) from fault


def total(lines: Sequence[FeeLine]) -> Decimal:
    """The sum of the lines with their HST, in dollars."""
    return sum((line.total for line in lines), Decimal(0))


def cents(amount: Decimal) -> Decimal:
    """Rounded to the cent, a half cent upwards."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def items_in(text: str) -> list[tuple[str, Decimal]]:
    """The codes and quantities of a `fee_lines`; a code alone counts once. ServiceError for what is none."""
    items = []
    for part in filter(None, (one.strip() for one in text.split(";"))):
        code, _, number = part.partition(" ")
        try:
            quantity = Decimal(number.strip() or "1")
        except InvalidOperation:
            quantity = Decimal(-1)
        if not quantity.is_finite() or quantity < 0:
            raise ServiceError(tr("“{text}” is no fee with its quantity, such as VB-INSPECT 2", text=part))
        items.append((code, quantity))
    return [(code, quantity) for code, quantity in items if quantity]


def read_fees(path: Path) -> FeeTable:
    """The fee table. ServiceError with file, row and column; two rows of a code may not hold on the same day."""
    table = read_table(path, COLUMNS)
    fees: list[Fee] = []
    for fault in _read_rows(table, fees):
        raise fault
    return FeeTable(tuple(fees))


def fee_faults(table: Table) -> Iterator[ServiceError]:
    """Everything that is wrong in a table of fees that has its columns, with row and column."""
    return _read_rows(table, [])


def _read_rows(table: Table, fees: list[Fee]) -> Iterator[ServiceError]:
    """Read the rows into `fees`, and say of each that cannot be read why."""
    for row in range(len(table.rows)):
        try:
            fee = _fee(table, row)
        except ServiceError as fault:
            yield fault
            continue
        for other in fees:
            if other.code == fee.code and other.valid_from <= fee.valid_to and fee.valid_from <= other.valid_to:
                day = max(other.valid_from, fee.valid_from)
                message = tr("“{code}” has two amounts from {day} on", code=fee.code, day=day)
                yield ServiceError(message, Place(str(table.path), row=row + 2, column="valid_from"))
        fees.append(fee)


@cache
def city_fees() -> FeeTable:
    """The fees that ship with FieldApp."""
    return read_fees(resources() / "reference" / "fees.csv")


def fees_of(folder: Path) -> FeeTable:
    """The fees of the service in `folder`: its own `fees.csv` before the City's. ServiceError for a wrong one."""
    own = folder / "fees.csv"
    return FeeTable(read_fees(own).fees + city_fees().fees) if own.is_file() else city_fees()


def _fee(table: Table, row: int) -> Fee:
    cells = table.rows[row]
    for column, allowed in (("unit", UNITS), ("mark", MARKS)):
        if cells[column] not in allowed:
            place = Place(str(table.path), row=row + 2, column=column)
            raise ServiceError(
                tr("“{value}” is none of {allowed}", value=cells[column], allowed=", ".join(allowed)), place
            )
    return Fee(
        code=cells["code"],
        title=Text(cells["en"], cells["fr"]),
        amount=_amount(table, row, "amount"),
        unit=cells["unit"],
        hst=_amount(table, row, "hst"),
        valid_from=day_in(table, row, "valid_from"),
        valid_to=day_in(table, row, "valid_to", default=date.max),
        source=cells["source"],
        verified=cells["mark"] == "verified",
    )


def _amount(table: Table, row: int, column: str) -> Decimal:
    text = table.rows[row][column]
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 <= amount < MOST:
        place = Place(str(table.path), row=row + 2, column=column)
        raise ServiceError(tr("“{text}” is no amount; write it as 1234.50", text=text), place)
    return amount
