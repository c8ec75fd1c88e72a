"""What a form can look up: the fees, the holidays and clocks, the service's own tables, and the machine's layers.

Two key columns are more than columns:

* `pulldata('fees', 'amount', 'code', 'BP-MIN')` is today's amount; `'code_on'` with `'BP-MIN 2026-11-23'` is that of a
  day, so that a draft which waits for months keeps the amount of the day on which it was received.
* `pulldata('addresses', 'point', 'label', ${address})` finds an address by the line that a person chose or typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.clock import Clock, today
from fieldapp.paths import resources
from fieldapp.services.fees import Fee, FeeTable, fees_of
from fieldapp.services.tables import Table, read_table

if TYPE_CHECKING:
    from fieldapp.places import Layers
    from fieldapp.places.found import Address

FEES = "fees"
ADDRESSES = "addresses"


@dataclass(frozen=True)
class ServiceReference:
    """Tables first, layers behind them. What neither knows is blank: a form must stay usable without any layer."""

    tables: Mapping[str, Table]
    fees: FeeTable
    layers: Layers | None
    clock: Clock
    _addresses: dict[str, Address | None] = field(default_factory=dict, compare=False, repr=False)

    def value(self, layer: str, column: str, key_column: str, key: str) -> str:
        """One cell, "" when there is no such layer, column or row."""
        if layer == FEES:
            return self._fee(column, key_column, key)
        if layer in self.tables:
            row = self.tables[layer].find(key_column, key)
            return row.get(column, "") if row else ""
        if layer == ADDRESSES and key_column == "label":
            return self._address_cell(column, key)
        return self.layers.value(layer, column, key_column, key) if self.layers else ""

    def rows(self, layer: str) -> Sequence[Mapping[str, str]]:
        """All rows of a table or layer, none when it is unknown. The fees are today's."""
        if layer == FEES:
            day = today(self.clock)
            return [_cells(fee) for fee in self.fees.fees if fee.valid_from <= day <= fee.valid_to]
        if layer in self.tables:
            return self.tables[layer].rows
        return self.layers.rows(layer) if self.layers else []

    def computes(self, layer: str) -> bool:
        """The fees: those of a day, the service's own before the City's."""
        return layer == FEES

    def _address_cell(self, column: str, label: str) -> str:
        if self.layers is None or not label:
            return ""
        if label not in self._addresses:  # one line is looked up for several columns, one after the other
            self._addresses.clear()
            self._addresses[label] = _address(self.layers, label)
        found = self._addresses[label]
        if found is None:
            return ""
        if column == "point":
            return f"{found.lat:.6f} {found.lon:.6f}"
        return self.layers.value(ADDRESSES, column, "id", str(found.id))

    def _fee(self, column: str, key_column: str, key: str) -> str:
        code, day = key, today(self.clock)
        if key_column == "code_on":
            code, _, text = key.partition(" ")
            try:
                day = date.fromisoformat(text)
            except ValueError:
                return ""
        fee = self.fees.on(code, day)
        return _cells(fee).get(column, "") if fee else ""


def service_reference(folder: Path, layers: Layers | None, clock: Clock) -> ServiceReference:
    """The reference of the service in `folder`. Its own tables go before the City's of the same name, fees by fee.

    Raises ServiceError, with its place, for a table that cannot be read.
    """
    paths = [*sorted((resources() / "reference").glob("*.csv")), *sorted(folder.glob("*.csv"))]
    tables = {path.stem: read_table(path) for path in paths if path.stem != FEES}
    return ServiceReference(tables, fees_of(folder), layers, clock)


def _cells(fee: Fee) -> dict[str, str]:
    return {
        "code": fee.code,
        "en": fee.title.en,
        "fr": fee.title.fr,
        "amount": f"{fee.amount:f}",
        "unit": fee.unit,
        "hst": f"{fee.hst:f}",
        "valid_from": fee.valid_from.isoformat(),
        "source": fee.source,
    }


def _address(layers: Layers, label: str) -> Address | None:
    """The address with this line; one without its community is enough where only one address has it."""
    wanted = _plain(label)
    found = layers.search_addresses(label, 20)
    whole = [address for address in found if _plain(address.label) == wanted]
    short = [address for address in found if _plain(address.label.removesuffix(f", {address.community}")) == wanted]
    if whole:
        return whole[0]
    return short[0] if len(short) == 1 else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
