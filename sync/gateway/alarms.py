"""Alarms about the journals of laptops: those that are open, and gaps that have stood for too long."""

from __future__ import annotations

from datetime import timedelta

from fieldapp.clock import moment_of, stamp
from sync.gateway.transactions import CityDatabase
from sync.wire import GAP, Alarm

PATIENCE = timedelta(days=7)  # so long a place may lack while later ones are here: its op may wait for a person
SHOWN = 20  # that supervisors are told of, the newest
COLUMNS = "kind, person, device, place, op, at, settled_at"


def look(database: CityDatabase, now: str) -> None:
    """Raise an alarm for each place that has lacked for too long."""
    limit = stamp(moment_of(now) - PATIENCE)
    overdue = "SELECT person, device, name, head + 1 FROM chain WHERE lacks_since <> '' AND lacks_since < ?"
    unknown = f"{overdue} AND NOT EXISTS (SELECT 1 FROM alarm a WHERE a.kind = ? AND a.chain = chain.name"
    unknown += " AND a.person = chain.person AND a.place = chain.head + 1)"
    if found := database.read(unknown, (limit, GAP)):
        with database.write() as tx:
            tx.executemany(
                "INSERT INTO alarm VALUES (?, ?, ?, ?, ?, '', ?, '') ON CONFLICT DO NOTHING",
                [(GAP, *values, now) for values in found],
            )


def open_ones(database: CityDatabase, now: str, limit: int = SHOWN) -> tuple[Alarm, ...]:
    """The alarms that nothing has settled, newest first."""
    look(database, now)
    sql = f"SELECT {COLUMNS} FROM alarm WHERE settled_at = '' ORDER BY at DESC, op DESC LIMIT ?"
    return tuple(Alarm(*values) for values in database.read(sql, (limit,)))


def all_of_them(database: CityDatabase, now: str) -> list[Alarm]:
    """Every alarm, also the settled ones, oldest first."""
    look(database, now)
    return [Alarm(*values) for values in database.read(f"SELECT {COLUMNS} FROM alarm ORDER BY at, op")]
