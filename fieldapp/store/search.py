"""Full-text search over names (reference, title, address) and answers: prefixes, any accents, any punctuation.

The index follows the saves: a save only marks its row, and the index catches up before a search and at the end of a
sync, so that typing never pays for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from fieldapp import phones
from fieldapp.records import ADDRESS, ALIAS, ISSUED, NUMBER, PROVISIONAL, TITLE, Fields, plain
from fieldapp.store.database import Database
from fieldapp.store.rebase import FILE_VALUE
from fieldapp.store.rows import ROW_COLUMNS, Row, folded, row_of

Private = Callable[[str, str], bool]
NAMES = (NUMBER, ALIAS, TITLE, ADDRESS)
WORD = re.compile(r"[^\W_]+")
KEY = re.compile(r"\[[^\]]*\]")
CATCH_UP = 200
MOST_NAMED = 200  # records that name a number; a permit has a few dozen inspections
WAITING = "SELECT n, service, fields FROM record WHERE n IN (SELECT n FROM unindexed LIMIT ?)"


def expression(text: str, column: str = "") -> str:
    """What a person typed, as FTS5 understands it: every word a prefix, all of them wanted. "" without any word. A
    phone number is met however it was written down."""
    phrases = [" ".join(WORD.findall(word)) for word in text.split()]
    wanted = " ".join(f'"{phrase}" *' for phrase in phrases if phrase)
    if number := phones.number_in(text):
        wanted = f'"{number}" * OR "{" ".join(phones.parts(number))}" *'
    return f"{{{column}}} : ({wanted})" if column and wanted else wanted


def searchable(service: str, fields: Fields, private: Private) -> tuple[str, str]:
    """The two columns of the index: names (official numbers among them), and answers without files and without what is
    `private`."""
    issued = (path for path, value in fields.items() if path.startswith(ISSUED) and value != PROVISIONAL)
    names = "\n".join(fields[path] for path in (*NAMES, *issued) if path in fields)
    return names, "\n".join(_answers(service, fields, private))


def _answers(service: str, fields: Fields, private: Private) -> Iterator[str]:
    for path, value in fields.items():
        hidden = path.startswith("@") or path.endswith("]") or FILE_VALUE.fullmatch(value)
        if not hidden and not private(service, KEY.sub("", path)):
            yield value
            if number := phones.spoken(value):
                yield number


class Search:
    """The index: kept up to date, and asked."""

    def __init__(self, database: Database, private: Private) -> None:
        self._database = database
        self._private = private

    def search(self, text: str, limit: int) -> list[Row]:
        """The first `limit` records: the one with this very number, those named so, those that only mention it; each
        newest first."""
        self.catch_up(CATCH_UP)
        found = {row.n: row for row in self._numbered(text)}
        for match in (expression(text, "name"), expression(text)):
            if len(found) < limit:
                found = {row.n: row for row in (*found.values(), *self._matches(match, limit))}
        return list(found.values())[:limit]

    def catch_up(self, at_most: int) -> int:
        """Index up to `at_most` records that changed; how many it were."""
        if not self._database.read("SELECT 1 FROM unindexed LIMIT 1"):
            return 0
        with self._database.write() as tx:
            waiting = tx.execute(WAITING, (at_most,)).fetchall()
            entries = [(n, *searchable(service, plain(fields), self._private)) for n, service, fields in waiting]
            tx.executemany("INSERT OR REPLACE INTO search (rowid, name, answers) VALUES (?, ?, ?)", entries)
            tx.executemany("DELETE FROM unindexed WHERE n = ?", [(n,) for n, _, _ in waiting])
        return len(entries)

    def _numbered(self, text: str) -> list[Row]:
        """The records whose number or offline reference this is, wholly."""
        number = folded(text.strip())
        if not any(sign.isdigit() for sign in number):
            return []
        found = self._matches(f'{{name}} : "{" ".join(WORD.findall(number))}"', MOST_NAMED)
        return [row for row in found if number in (folded(row.number), folded(row.alias))]

    def _matches(self, match: str, limit: int) -> list[Row]:
        if not match:
            return []
        sql = (
            f"SELECT {ROW_COLUMNS} FROM record WHERE n IN ("
            " SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?) ORDER BY n DESC"
        )
        return [row_of(values) for values in self._database.read(sql, (match, limit))]
