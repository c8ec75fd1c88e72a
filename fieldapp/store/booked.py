"""Records with a place in the City's calendar on one day."""

from __future__ import annotations

import json
from collections.abc import Iterable

from fieldapp.records import Record
from fieldapp.store.database import Database
from fieldapp.store.rows import STORED, stored_of


class Booked:
    """Finds them. Only the records of services that book anything are looked at: they are few beside all others."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def on(self, day: str, services: Iterable[str]) -> list[Record]:
        """Records of these services that name a moment of `day` (YYYY-MM-DD) in a booking, or may; in no order."""
        sql = (
            f"SELECT {STORED} FROM record WHERE service IN (SELECT value FROM json_each(?))"
            " AND instr(fields, '\"@booking/') > 0 AND instr(fields, ?) > 0"
        )
        found = self._database.read(sql, (json.dumps(sorted(services)), f"{day}T"))
        return [stored_of(row).record for row in found]
