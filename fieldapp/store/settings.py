"""Small things that a store remembers: settings by name, and the counters of offline references."""

from __future__ import annotations

from datetime import date

from fieldapp.store.database import Database

COUNT = (
    "INSERT INTO setting VALUES (?, '1') ON CONFLICT (name)"
    " DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) RETURNING value"
)


class Settings:
    """Names and texts, each kept durably."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str, default: str = "") -> str:
        """The setting's value."""
        found = self._database.read("SELECT value FROM setting WHERE name = ?", (name,))
        return str(found[0][0]) if found else default

    def keep(self, name: str, value: str) -> None:
        """Set it. With an empty value it takes no place any more."""
        with self._database.write() as tx:
            if value:
                tx.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))
            else:
                tx.execute("DELETE FROM setting WHERE name = ?", (name,))

    def next_alias(self, device: str, day: date) -> str:
        """The next offline reference of the day: HAM-<device>-<yymmdd>-<nnn>. Taken once, never given again."""
        series = f"{device}-{day:%y%m%d}"
        with self._database.write() as tx:
            number = tx.execute(COUNT, (f"alias.{series}",)).fetchone()[0]
        return f"HAM-{series}-{int(number):03d}"
