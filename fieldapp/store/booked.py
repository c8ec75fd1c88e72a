"""Records with a place in the City's calendar on one day: by an index of days, so that nothing else is read."""

from __future__ import annotations

import json
from collections.abc import Iterable

from fieldapp.records import Record
from fieldapp.store.database import Database
from fieldapp.store.rows import STORED, stored_of

ON = (
    f"SELECT {', '.join(f'r.{name.strip()}' for name in STORED.split(','))} FROM booked b JOIN record r ON r.n = b.n"
    " WHERE b.day = ? AND r.service IN (SELECT value FROM json_each(?))"
)


class Booked:
    """Finds them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def on(self, day: str, services: Iterable[str]) -> list[Record]:
        """Records of these services that name a moment of `day` (YYYY-MM-DD) in a booking; in no order."""
        found = self._database.read(ON, (day, json.dumps(sorted(services))))
        return [stored_of(row).record for row in found]
