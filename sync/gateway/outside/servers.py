"""The servers to which requests are handed on: added with their key, listed with how they fare, removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from fieldapp.errors import RefusedError
from fieldapp.services.forwarding import SERVER
from fieldapp.texts import tr
from sync.adapters.http import protected
from sync.adapters.open311 import JSON, XML, Endpoint
from sync.gateway.transactions import CityDatabase

SETTINGS = "name, title, url, api_key, jurisdiction, format, pictures, updates, repeats"
COLUMNS = f"{SETTINGS}, echoes, polled_at, heard_to, failures, failing_since, why, next_at"
ADDED = (
    f"INSERT INTO outside_server ({SETTINGS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
    " title = excluded.title, url = excluded.url, api_key = excluded.api_key, jurisdiction = excluded.jurisdiction,"
    " format = excluded.format, pictures = excluded.pictures, updates = excluded.updates, repeats = excluded.repeats,"
    " failures = 0, failing_since = '', why = '', next_at = '', polled_at = ''"
)


@dataclass(frozen=True)
class OutsideServer:
    """A server as it stands now. Times are stamps, "" for never."""

    name: str
    title: str
    url: str
    key: str = field(repr=False)
    jurisdiction: str = ""
    format: str = XML
    pictures: bool = False
    updates: bool = False
    repeats: bool = False
    echoes: bool = False
    polled_at: str = ""
    heard_to: str = ""
    failures: int = 0
    failing_since: str = ""
    why: str = ""
    next_at: str = ""

    @property
    def endpoint(self) -> Endpoint:
        """Where it is asked, and how."""
        return Endpoint(self.url, self.key, self.jurisdiction, self.format)


def add(database: CityDatabase, server: OutsideServer) -> None:
    """Hand requests on to it from now on, also those that wait for it. One that is known gets these settings.

    RefusedError for a name or an address that cannot be used."""
    if not SERVER.fullmatch(server.name):
        raise RefusedError(tr("“{name}” must be lower-case letters, digits and hyphens", name=server.name))
    if server.format not in (JSON, XML):
        raise RefusedError(tr("“{value}” is none of {allowed}", value=server.format, allowed=f"{JSON}, {XML}"))
    protected(server.url)
    flags = int(server.pictures), int(server.updates), int(server.repeats)
    values = server.name, server.title or server.name, server.url, server.key, server.jurisdiction, server.format
    with database.write() as tx:
        tx.execute(ADDED, (*values, *flags))


def listed_servers(database: CityDatabase) -> list[OutsideServer]:
    """All of them, by name."""
    return [_server(row) for row in database.read(f"SELECT {COLUMNS} FROM outside_server ORDER BY name")]


def remove(database: CityDatabase, name: str) -> None:
    """Hand nothing on to it any more; what waits, waits. RefusedError where there is none."""
    with database.write() as tx:
        found = tx.execute("DELETE FROM outside_server WHERE name = ? RETURNING name", (name,)).fetchone()
    if found is None:
        raise RefusedError(tr("The gateway knows no server “{name}”.", name=name))


def _server(row: Sequence[Any]) -> OutsideServer:
    values: list[Any] = [*row[:6], *(bool(one) for one in row[6:10]), *row[10:]]
    return OutsideServer(*values)
