"""The City's hosted payment page: where a resident pays later, by a link. Only where the City has one.

The addresses are a table, `payment_links.csv`: those that ship are none; a service's own folder may have its own. An
address has places: {reference} (of the case), {amount} (1234.50), {cents} (123450), {lang} (en or fr). Only the City's
own system knows whether it was paid: what goes out by a link stays owed here until a payment comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from string import Formatter
from urllib.parse import quote, urlsplit

from fieldapp.errors import Place, ServiceError
from fieldapp.money.cash import kept
from fieldapp.paths import resources
from fieldapp.services.tables import Table, day_in, read_table
from fieldapp.texts import tr

NAME = "payment_links.csv"
COLUMNS = ("service", "address", "valid_from", "valid_to", "source", "mark")
ALL = "*"
PLACES = frozenset({"reference", "amount", "cents", "lang"})


@dataclass(frozen=True)
class PageLink:
    """A hosted page as the table has it, for one service or for all."""

    service: str
    address: str
    valid_from: date
    valid_to: date
    source: str

    def filled(self, reference: str, amount: Decimal, lang: str) -> str:
        """The address for one case; what is put in is escaped."""
        values = {"reference": reference, "amount": kept(amount), "cents": str(int(amount * 100)), "lang": lang}
        return self.address.format(**{name: quote(value, safe="") for name, value in values.items()})


def page_for(service: str, folder: Path, day: date) -> PageLink | None:
    """The page where this service is paid on `day`: its own folder's first, then the City's; None where there is none.

    ServiceError, with file and row, for an address that cannot be used."""
    for path in (folder / NAME, resources() / "reference" / NAME):
        for one in _read(path) if path.is_file() else ():
            if one.service in {service, ALL} and one.valid_from <= day <= one.valid_to:
                return one
    return None


def _read(path: Path) -> list[PageLink]:
    table = read_table(path, COLUMNS)
    return [_link(table, row) for row in range(len(table.rows))]


def _link(table: Table, row: int) -> PageLink:
    cells = table.rows[row]
    link = PageLink(
        cells["service"],
        cells["address"],
        day_in(table, row, "valid_from"),
        day_in(table, row, "valid_to", default=date.max),
        cells["source"],
    )
    if not _sound(link):
        place = Place(str(table.path), row=row + 2, column="address")
        raise ServiceError(tr("“{address}” is no https address with known places", address=link.address), place)
    return link


def _sound(link: PageLink) -> bool:
    """Whether it is an https address whose places are known ones, each as it is: {amount:>9} or {amount.x} is none."""
    try:
        places = [place[1:] for place in Formatter().parse(link.address) if place[1] is not None]
        if any(name not in PLACES or written or shown for name, written, shown in places):
            return False
        parts = urlsplit(link.filled("R", Decimal(1), "en"))
        return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return False
