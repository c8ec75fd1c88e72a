"""What expressions may ask of the world: clock, tables, texts, the host's data and functions."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Protocol

from fieldapp.clock import CITY_ZONE, Clock, new_id
from fieldapp.forms.definition.instances import Item, of_rows
from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.session.lastsaved import as_table
from fieldapp.forms.session.nodes import Node
from fieldapp.forms.xpath.values import Value, XNode
from fieldapp.records import Fields
from fieldapp.texts import language


class Reference(Protocol):
    """The host's reference data, behind pulldata() and instance()."""

    def value(self, layer: str, column: str, key_column: str, key: str) -> str:
        """The cell of `column` in the row whose `key_column` is `key`; with key_column "geometry", in the row whose
        polygon holds the geopoint `key`. "" where there is none."""
        ...

    def rows(self, layer: str) -> Sequence[Mapping[str, str]]:
        """All rows of a layer, () where there is none."""
        ...

    def computes(self, layer: str) -> bool:
        """Whether the host answers for this layer itself, also where a file of that name lies beside the form."""
        ...


class NoReference:
    """A host without data."""

    def value(self, layer: str, column: str, key_column: str, key: str) -> str:  # noqa: ARG002 - a Protocol's names
        """Nothing."""
        return ""

    def rows(self, layer: str) -> Sequence[Mapping[str, str]]:  # noqa: ARG002 - a Protocol's names
        """Nothing."""
        return ()

    def computes(self, layer: str) -> bool:  # noqa: ARG002 - a Protocol's names
        """No layer."""
        return False


@dataclass(frozen=True, slots=True)
class Device:
    """Where a form is filled. `locate` says where the device is: a geopoint, or "" while nobody knows; `last_saved`
    holds the answers of the record of this form that was finished last on it."""

    zone: tzinfo = CITY_ZONE
    locate: Callable[[], str] = str
    last_saved: Fields = field(default_factory=dict)


class World:
    """The Environment of one session (see xpath/context.py)."""

    def __init__(
        self,
        definition: FormDefinition,
        clock: Clock,
        reference: Reference,
        context: Mapping[str, str],
        functions: Mapping[str, Callable[..., Value]],
        device: Device,
    ) -> None:
        self._definition = definition
        self._clock = clock
        self._device = device
        self._reference = reference
        self._context = context
        self._functions = functions
        self._tables: dict[str, Item | None] = {}
        self.singles: dict[str, Node] = {}
        self.version = definition.version
        self.language: Callable[[], str] = language
        self.itext: Callable[[str], str] = str
        self.choice_name: Callable[[XNode, str], str] = lambda _node, value: value

    @property
    def root(self) -> Node:
        """The record's root."""
        return self.singles[""]

    def now(self) -> datetime:
        """The device's clock in the session's time zone."""
        return self._clock.now().astimezone(self._device.zone)

    @property
    def zone(self) -> tzinfo:
        """The time zone of dates and times without one."""
        return self._device.zone

    def place(self) -> str:
        """Where the device is: a geopoint, "" while nobody knows."""
        return self._device.locate()

    def single(self, path: str) -> Node:
        """The one node at a question's path."""
        return self.singles[path]

    def instance(self, name: str) -> XNode | None:
        """A table: in the form, in a file beside it, or the host's."""
        if name not in self._tables:
            self._tables[name] = self._find(name)
        return self._tables[name]

    def _find(self, name: str) -> Item | None:
        table = self._definition.tables.get(name)
        if table is not None and table.is_last_saved:
            return as_table(self._definition, self._device.last_saved)
        if table is not None and table.root is not None and not (table.source and self._reference.computes(name)):
            return table.root
        source = table.source if table is not None else f"{name}.csv"
        found = self._file(name) if table is None else None
        return found or of_rows(self._reference.rows(_layer(source) or name))

    def pulldata(self, layer: str, column: str, key_column: str, key: str) -> str:
        """A cell: of a file beside the form where there is one, else the host's."""
        file = self._file(layer)
        if file is None:
            return self._reference.value(layer, column, key_column, key)
        rows = file.matching(("root", "item"), key_column, key)
        return str(rows[0].cell(column)) if rows else ""

    def _file(self, layer: str) -> Item | None:
        if self._reference.computes(layer):
            return None
        table = self._definition.tables.get(layer)
        return self._definition.media.table(f"{layer}.csv") if table is None else table.root

    def host(self, name: str) -> Callable[..., Value] | None:
        """A function of the host's."""
        return self._functions.get(name)

    def property(self, name: str) -> str:
        """What the host says about device and person."""
        return self._context.get(name, "")

    def random(self) -> float:
        """A number from 0 up to 1."""
        return secrets.randbelow(2**53) / 2**53

    def unique(self) -> str:
        """A new UUID."""
        return new_id()


def _layer(source: str) -> str:
    """`jr://file-csv/wards.csv` → `wards`."""
    return source.rpartition("/")[2].rpartition(".")[0]
