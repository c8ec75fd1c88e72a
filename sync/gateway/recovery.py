"""What the City keeps so that its staff get into their own laptops again: a part of a key, worth nothing alone.

A laptop has its store's key sealed under such a part (fieldapp/store/recovery.py). Only the person who gave a part
gets it, after they have signed in; whoever takes a person's parts away here takes the way back in from all their
laptops.
"""

from __future__ import annotations

import re

from fieldapp.errors import GatewayError
from fieldapp.texts import tr
from sync.gateway.transactions import CityDatabase

TABLE = """
CREATE TABLE recovery (                 -- the City's part of a laptop's key, for its own person alone
    person TEXT NOT NULL,
    name TEXT NOT NULL,                 -- of the key
    part TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (person, name)
) STRICT, WITHOUT ROWID
"""
MOST = 100  # laptops of one person
NAME = re.compile(r"[A-Za-z0-9._@-]{1,200}")
PART = re.compile(r"[0-9a-f]{64}")


class Recovery:
    """The parts, by person and name of the key."""

    def __init__(self, database: CityDatabase) -> None:
        self._database = database

    def keep(self, person: str, name: str, part: str, now: str) -> None:
        """Keep a part, durably, in place of the one before: whose answer was lost, so that nothing is sealed under it.

        GatewayError for what is no part, and for one too many."""
        if not (NAME.fullmatch(name) and PART.fullmatch(part)):
            raise GatewayError(tr("This is no part of a laptop's key."), 422)
        with self._database.write(person) as tx:
            others = "SELECT count(*) FROM recovery WHERE person = ? AND name <> ?"
            if tx.execute(others, (person, name)).fetchone()[0] >= MOST:
                raise GatewayError(tr("The City keeps parts for {n} laptops of yours; it takes no more.", n=MOST), 422)
            tx.execute(
                "INSERT INTO recovery VALUES (?, ?, ?, ?) ON CONFLICT (person, name) DO UPDATE SET"
                " part = excluded.part, at = excluded.at",
                (person, name, part, now),
            )

    def part(self, person: str, name: str) -> str:
        """The part that `person` gave; "" for none."""
        found = self._database.read("SELECT part FROM recovery WHERE person = ? AND name = ?", (person, name))
        return str(found[0][0]) if found else ""

    def forget(self, person: str) -> int:
        """Keep none of this person's any more: their laptops open with their own PIN or passphrase only. How many."""
        with self._database.write(person) as tx:
            return len(tx.execute("DELETE FROM recovery WHERE person = ? RETURNING name", (person,)).fetchall())
