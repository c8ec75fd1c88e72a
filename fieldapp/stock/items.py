"""What is counted: resources/reference/stock.csv, dated. A blue box is none of it: the City hands out none any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from fieldapp.errors import Place, ServiceError
from fieldapp.paths import resources
from fieldapp.services.tables import Table, day_in, read_table
from fieldapp.services.texts import Text
from fieldapp.texts import tr

COLUMNS = ("item", "en", "fr", "numbered", "low", "valid_from", "valid_to", "source", "mark")


@dataclass(frozen=True)
class StockItem:
    """A kind of thing, and the days on which it is counted. Of what is `numbered` each single number is accounted for.
    With `low` left or fewer a counter is warned."""

    id: str
    title: Text
    numbered: bool
    low: int
    valid_from: date
    valid_to: date
    source: str
    verified: bool


@cache
def stock_items() -> tuple[StockItem, ...]:
    """Everything that was ever counted. ServiceError with file, row and column."""
    table = read_table(resources() / "reference" / "stock.csv", COLUMNS)
    return tuple(_item(table, row) for row in range(len(table.rows)))


def stock_item(item: str, day: date | None = None) -> StockItem | None:
    """The item as it is counted on `day`, the newest without one; None for what is not counted then."""
    found = [one for one in stock_items() if one.id == item and (day is None or one.valid_from <= day <= one.valid_to)]
    return found[-1] if found else None


def counted_on(day: date) -> list[StockItem]:
    """What is counted on a day, in the table's order."""
    return [one for one in stock_items() if one.valid_from <= day <= one.valid_to]


def _item(table: Table, row: int) -> StockItem:
    cells = table.rows[row]
    if cells["numbered"] not in {"yes", "no"} or not cells["low"].isdecimal():
        column = "low" if cells["numbered"] in {"yes", "no"} else "numbered"
        raise ServiceError(
            tr("“{value}” does not fit here", value=cells[column]), Place(str(table.path), row=row + 2, column=column)
        )
    return StockItem(
        id=cells["item"],
        title=Text(cells["en"], cells["fr"]),
        numbered=cells["numbered"] == "yes",
        low=int(cells["low"]),
        valid_from=day_in(table, row, "valid_from"),
        valid_to=day_in(table, row, "valid_to", default=date.max),
        source=cells["source"],
        verified=cells["mark"] == "verified",
    )
