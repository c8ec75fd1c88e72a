"""What makes a record pressing or risky to decide: a dated table with its source, of points that are added up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from fieldapp.errors import Place, ServiceError
from fieldapp.paths import resources
from fieldapp.services.tables import Table, day_in, read_table
from fieldapp.services.texts import Text
from fieldapp.texts import tr

CODES = ("overdue", "due_soon", "failed", "alarm", "merged", "first_by", "sensitive", "money", "returned")
COLUMNS = ("code", "points", "each", "limit", "en", "fr", "valid_from", "valid_to", "source", "mark")


@dataclass(frozen=True)
class Risk:
    """One row: a reason counts from `limit` on (business days, dollars, or times), with `points`, and with `each` more
    for each unit above the limit. `why` says why it counts at all."""

    code: str
    points: int
    each: int
    limit: Decimal
    why: Text
    valid_from: date
    valid_to: date
    source: str
    verified: bool

    def weighs(self, amount: Decimal) -> int:
        """The points of so much; 0 where it does not come up to the limit."""
        return self.points + self.each * int(amount - self.limit) if amount >= self.limit else 0


def read_risks(path: Path, day: date) -> Mapping[str, Risk]:
    """The rules of a table that hold on `day`, by their code. ServiceError with file, row and column when it is wrong;
    a code may not have two rules on one day."""
    table = read_table(path, COLUMNS)
    found: dict[str, Risk] = {}
    for row in range(len(table.rows)):
        risk = _risk(table, row)
        if risk.code in found and risk.valid_from <= day <= risk.valid_to:
            raise _fault(table, row, "valid_from", tr("“{code}” has two rules on {day}", code=risk.code, day=day))
        if risk.valid_from <= day <= risk.valid_to:
            found[risk.code] = risk
    return found


@cache
def city_risks(day: date) -> Mapping[str, Risk]:
    """The rules of the table that ships with FieldApp, as they hold on `day`."""
    return read_risks(resources() / "reference" / "review_risks.csv", day)


def _risk(table: Table, row: int) -> Risk:
    cells = table.rows[row]
    if cells["code"] not in CODES:
        said = tr("“{value}” is none of {allowed}", value=cells["code"], allowed=", ".join(CODES))
        raise _fault(table, row, "code", said)
    return Risk(
        code=cells["code"],
        points=int(_number(table, row, "points")),
        each=int(_number(table, row, "each")),
        limit=_number(table, row, "limit"),
        why=Text(cells["en"], cells["fr"]),
        valid_from=day_in(table, row, "valid_from"),
        valid_to=day_in(table, row, "valid_to", default=date.max),
        source=cells["source"],
        verified=cells["mark"] == "verified",
    )


def _number(table: Table, row: int, column: str) -> Decimal:
    text = table.rows[row][column]
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or number < 0:
        raise _fault(table, row, column, tr("“{text}” is no amount; write it as 1234.50", text=text))
    return number


def _fault(table: Table, row: int, column: str, message: str) -> ServiceError:
    return ServiceError(message, Place(str(table.path), row=row + 2, column=column))
