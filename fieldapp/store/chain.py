"""Links that the City checks: each sealed Change of this laptop tells its place and the hash of the one before.

They are in the Change itself, so they come with it by whatever way it reaches the City. What is given up before the
City took it (replaced or withdrawn) would leave a gap there, so its place and hash are told, without its content.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.records import Change, Link
from fieldapp.store.database import Database
from fieldapp.store.sqlcipher import Connection

LAST = (
    "SELECT digest, json_extract(payload, '$.link.place') FROM journal WHERE principal = ?"
    " AND json_extract(payload, '$.link.chain') = (SELECT name FROM chain) ORDER BY seq DESC LIMIT 1"
)
EARLIER = (  # of a chain that this store had before it went back to a copy
    "SELECT digest FROM journal WHERE principal = ? AND json_extract(payload, '$.device') = ?"
    " AND json_extract(payload, '$.link.chain') IS NOT NULL ORDER BY seq DESC LIMIT 1"
)
UNTOLD = "told = 0 AND state IN ('replaced', 'withdrawn')"
MANY = 200  # given-up Changes in one message


@dataclass(frozen=True)
class GivenUp:
    """A Change that will never be sent: its place and its hash, for the City's check that nothing lacks."""

    id: str
    device: str
    digest: str
    link: Link


def linked(tx: Connection, change: Change) -> Change:
    """The Change with its link. What goes to another server (its principal has a slash) has none."""
    if "/" in change.principal:
        return change
    [(name,)] = tx.execute("SELECT name FROM chain").fetchall()
    digest, place = tx.execute(LAST, (change.principal,)).fetchone() or (None, 0)
    if digest is None:
        earlier = tx.execute(EARLIER, (change.principal, change.device)).fetchone()
        digest = earlier[0] if earlier else b""
    return Change(**{**vars(change), "link": Link(name, place + 1, digest.hex())})  # a third of what `replace` takes


def begin_anew(tx: Connection) -> None:
    """Go on under another name: places of the chain so far may be taken by Changes that are not here any more."""
    tx.execute("UPDATE chain SET name = lower(hex(randomblob(8)))")


def tell_again(tx: Connection) -> None:
    """The City may have forgotten what was given up."""
    tx.execute("UPDATE journal SET told = 0 WHERE state IN ('replaced', 'withdrawn')")


class Chain:
    """What the City must be told of this journal beside its Changes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def given_up(self, principal: str) -> list[GivenUp]:
        """Changes of `principal` that were given up and the City does not know of, at most MANY."""
        sql = (
            f"SELECT id, digest, payload FROM journal WHERE {UNTOLD} AND principal = ?"
            f" AND json_extract(payload, '$.link') IS NOT NULL ORDER BY seq LIMIT {MANY}"
        )
        found = [(id_, digest, json.loads(payload)) for id_, digest, payload in self._database.read(sql, (principal,))]
        return [GivenUp(id_, said["device"], digest.hex(), Link(**said["link"])) for id_, digest, said in found]

    def told(self, ids: Sequence[str]) -> None:
        """The City knows that these were given up."""
        with self._database.write() as tx:
            tx.executemany("UPDATE journal SET told = 1 WHERE id = ?", [(id_,) for id_ in ids])
