"""What the gateway knows of the City's laptops: when it heard of each, and how each said that it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from fieldapp.access import looks_after
from fieldapp.clock import moment_of, stamp
from fieldapp.records import Person
from sync.gateway.transactions import CityDatabase, Transaction
from sync.wire import Fleet, Laptop, LaptopState, decoded, encoded

LAPTOPS = """
CREATE TABLE laptop (                   -- each laptop and person: one store
    device TEXT NOT NULL,
    person TEXT NOT NULL,
    heard TEXT NOT NULL,                -- the gateway's time of the last greeting or report
    state TEXT NOT NULL,                -- LaptopState as JSON, "" while it has told none
    told TEXT NOT NULL,                 -- the gateway's time of the state
    unsent TEXT NOT NULL,               -- since when the oldest Change waits there, "" for none
    money INTEGER NOT NULL,             -- cents that are not with the City
    PRIMARY KEY (device, person)
) STRICT, WITHOUT ROWID
"""
COARSE = timedelta(minutes=5)  # greetings that follow each other more closely write nothing
FORGOTTEN = timedelta(days=180)  # of silence; then nobody is told of it any more
OUT, ERASING, ERASED = "out", "erasing", "erased"
HEARD = (
    "INSERT INTO laptop VALUES (?, ?, ?, '', '', '', 0)"
    " ON CONFLICT (device, person) DO UPDATE SET heard = excluded.heard"
)
TOLD = (
    "INSERT INTO laptop VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (device, person) DO UPDATE SET heard = excluded.heard,"
    " state = excluded.state, told = excluded.told, unsent = excluded.unsent, money = excluded.money"
)
ALL = (
    "SELECT l.device, l.person, p.name, l.heard, l.state, l.told, p.roles, p.wards, p.offices"
    " FROM laptop l JOIN person p ON p.id = l.person WHERE l.heard >= ? ORDER BY l.device, l.person"
)
STANDING = "SELECT device, person, erase, at, obeyed_at FROM revocation WHERE lifted_at = ''"


def hear(database: CityDatabase, device: str, person: str, now: str) -> None:
    """Note that this laptop greeted; nothing is written for one that did so a moment ago."""
    if not device:
        return
    found = database.read("SELECT heard FROM laptop WHERE device = ? AND person = ?", (device, person))
    if found and stamp(moment_of(now) - COARSE) <= found[0][0] <= now:
        return
    with database.write(person) as tx:
        tx.execute(HEARD, (device, person, now))


def devices(database: CityDatabase) -> list[str]:
    """The names of all laptops that ever greeted or sent something."""
    rows = database.read("SELECT device FROM laptop UNION SELECT device FROM chain ORDER BY device")
    return [str(row[0]) for row in rows]


def forget(database: CityDatabase, device: str) -> None:
    """Know nothing of this device any more: nobody works at it."""
    with database.write() as tx:
        tx.execute("DELETE FROM laptop WHERE device = ?", (device,))


def note(tx: Transaction, device: str, person: str, state: LaptopState, now: str) -> None:
    """Keep what a laptop says of itself."""
    tx.execute(TOLD, (device, person, now, encoded(state).decode(), now, state.unsent_since, state.money))


def seen_by(database: CityDatabase, person: Person, now: str) -> Fleet:
    """All laptops of whom this supervisor looks after."""
    with database.snapshot() as reader:
        orders = _orders(reader)
        rows = reader.execute(ALL, (stamp(moment_of(now) - FORGOTTEN),)).fetchall()
    known = (_read(row, orders) for row in rows if looks_after(person, _owner(row)))
    return Fleet(now, tuple(known))


def owner_of(tx: Transaction, device: str, person: str) -> Person | None:
    """Whose laptop it is; None for one that the City has not heard of."""
    sql = ALL.replace("l.heard >= ?", "l.device = ? AND l.person = ?")
    row = tx.execute(sql, (device, person)).fetchone()
    return _owner(row) if row else None


def _owner(row: Any) -> Person:
    _, id_, name, _, _, _, roles, wards, offices = row
    return Person(id_, name, frozenset(roles.split()), frozenset(wards.split()), "", frozenset(offices.split()))


def _read(row: Any, orders: Mapping[tuple[str, str], tuple[str, str]]) -> Laptop:
    device, person, name, heard, state, told, *_ = row
    keys = ((device, person), (device, ""), ("", person))
    withdrawn, at = next((orders[key] for key in keys if key in orders), ("", ""))
    kept = decoded(LaptopState, state.encode()) if state else None
    return Laptop(device, person, name, heard, kept, told, withdrawn, at)


def _orders(reader: Transaction) -> dict[tuple[str, str], tuple[str, str]]:
    """What became of those that are kept out: the word and since when, by device and person."""
    return {
        (device, person): (ERASED, obeyed) if obeyed else (ERASING if erase else OUT, at)
        for device, person, erase, at, obeyed in reader.execute(STANDING)
    }
