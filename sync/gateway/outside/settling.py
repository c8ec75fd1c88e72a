"""What a person settles of a request that got stuck: found there under an id, to be sent again, or not at all."""

from __future__ import annotations

from dataclasses import dataclass

from fieldapp.errors import RefusedError
from fieldapp.outside import OPEN
from fieldapp.records import CITY
from fieldapp.services import Catalogue
from fieldapp.texts import tr
from sync.gateway.citys import locked
from sync.gateway.outside.noting import DOUBT, DROPPED, KNOWN, REFUSED, WAITING
from sync.gateway.outside.writing import Heard, write
from sync.gateway.transactions import CityDatabase


@dataclass(frozen=True)
class Stuck:
    """A request that a person must look at: refused there, or nobody knows whether it is there."""

    ref: str
    server: str
    state: str
    why: str


def stuck(database: CityDatabase) -> list[Stuck]:
    """All of them, by number."""
    sql = "SELECT ref, server, state, why FROM outside_request WHERE state IN (?, ?) ORDER BY ref"
    return [Stuck(*row) for row in database.read(sql, (REFUSED, DOUBT))]


def settle(database: CityDatabase, catalogue: Catalogue, ref: str, now: str, *, number: str = "", again: bool) -> None:
    """It has `number` there; or it is sent `again`; or else it is dropped. RefusedError where nothing is stuck."""
    found = database.read("SELECT record, server, state FROM outside_request WHERE ref = ?", (ref,))
    if not found or found[0][2] not in (REFUSED, DOUBT):
        raise RefusedError(tr("No request with the number {ref} waits for a person.", ref=ref))
    record, server, _ = found[0]
    titles = dict(database.read("SELECT name, title FROM outside_server"))
    state = KNOWN if number else WAITING if again else DROPPED
    with database.write(CITY) as tx:
        locked(tx, record)
        own = "state = ?, number = ?, status = ?, due = ?, attempts = 0, unsure = 0, taken = 0, token = '', why = ''"
        values = state, number, OPEN if number else "", now, record
        tx.execute(f"UPDATE outside_request SET {own} WHERE record = ?", values)
        if not again:  # nobody needs them any more
            tx.execute("UPDATE outside_request SET answers = '{}' WHERE record = ?", (record,))
        heard = Heard(ref, titles.get(server, server), number, OPEN if number else state)
        write(tx, catalogue, record, heard, now)
