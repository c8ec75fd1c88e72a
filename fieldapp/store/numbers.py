"""Official numbers on this laptop: blocks that the City has reserved for it, and the numbers taken out of them.

A number is taken in the transaction of the save that uses it: both are on the disk, or neither. `next` only ever grows,
so that no number is used twice, whatever is cut off, restored or sent again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from fieldapp.numbering import place, written
from fieldapp.records import ISSUED, PROVISIONAL, Change, Edits
from fieldapp.store.database import Database
from fieldapp.store.sqlcipher import Connection

ASKED, OPEN, CLOSED, LOST = "asked", "open", "closed", "lost"
ENDED = (CLOSED, LOST)
LIVE = f"('{ASKED}', '{OPEN}')"
RESTORED = "numbers.restored"  # setting: the store was restored, and the City must say what it knows of its numbers
BLOCK = "id, series, service, number, day, size, state, prefix, digits, first, last, next"
FREE = f"SELECT {BLOCK} FROM number_block WHERE state = '{OPEN}' AND next <= last"
# A number whose Change was withdrawn, and that no other Change of its record bears, will never come to the City.
ORPHANS = (
    "SELECT t.series, t.number FROM number_taken t WHERE t.told = '' AND EXISTS"
    " (SELECT 1 FROM journal j WHERE j.record = t.record AND j.state IN ('withdrawn', 'replaced')"
    "  AND instr(j.payload, '\"' || t.number || '\"') > 0) AND NOT EXISTS"
    " (SELECT 1 FROM journal j WHERE j.record = t.record AND j.state NOT IN ('withdrawn', 'replaced')"
    "  AND instr(j.payload, '\"' || t.number || '\"') > 0) AND NOT EXISTS"
    " (SELECT 1 FROM draft d JOIN record r ON r.n = d.n WHERE r.id = t.record"
    "  AND instr(d.payload, '\"' || t.number || '\"') > 0)"
)

# What the City has on a record needs no second look, so that the look at ORPHANS stays short through the years.
ARRIVED = (
    "UPDATE number_taken SET told = 'used' WHERE told = '' AND EXISTS (SELECT 1 FROM journal j"
    " WHERE j.record = number_taken.record AND j.state IN ('applied', 'merged')"
    " AND instr(j.payload, '\"' || number_taken.number || '\"') > 0)"
)


@dataclass(frozen=True)
class Issue:
    """A number that a save issues: the official number's id, and the series of the day."""

    number: str
    series: str


@dataclass(frozen=True)
class Block:
    """A block as this laptop knows it. While it is only asked for, nothing is known but what was asked."""

    id: str  # the request's own id: however often it is asked for, it is one block
    series: str
    service: str
    number: str
    day: str  # YYYY-MM-DD, in the year that it is for
    size: int
    state: str = ASKED
    prefix: str = ""
    digits: int = 0
    first: int = 0
    last: int = -1
    next: int = 0

    @property
    def left(self) -> int:
        """How many numbers were not taken yet."""
        return self.last - self.next + 1 if self.state == OPEN else 0


@dataclass(frozen=True)
class Spoilt:
    """A number that was taken and will never stand on a record."""

    series: str
    number: str


class Numbers:
    """The blocks of an open store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def blocks(self) -> list[Block]:
        """All that are asked for or in hand, oldest first."""
        found = self._database.read(f"SELECT {BLOCK} FROM number_block WHERE state IN {LIVE} ORDER BY id")
        return [Block(*values) for values in found]

    def ended(self) -> list[Block]:
        """Those of which no number is taken any more, and the City has not been told."""
        sql = f"SELECT {BLOCK} FROM number_block WHERE state NOT IN {LIVE} AND told = '' ORDER BY id"
        return [Block(*values) for values in self._database.read(sql)]

    def knows(self, block_id: str) -> bool:
        """Whether this store ever asked for the block."""
        return bool(self._database.read("SELECT 1 FROM number_block WHERE id = ?", (block_id,)))

    def left(self, series: str) -> int:
        """How many numbers of a series are in hand."""
        return sum(block.left for block in self.blocks() if block.series == series)

    def ask(self, block: Block) -> None:
        """Note, durably, that a block is being asked for: a lost answer is asked for again under the same id."""
        with self._database.write() as tx:
            keep(tx, block)

    def arrived(self, block: Block) -> None:
        """The City has reserved it. One that is here already, or was closed, stays as it is."""
        with self._database.write() as tx:
            tx.execute(
                "UPDATE number_block SET state = ?, series = ?, prefix = ?, digits = ?, first = ?, last = ?, next = ?"
                f" WHERE id = ? AND state = '{ASKED}'",
                (OPEN, block.series, block.prefix, block.digits, block.first, block.last, block.first, block.id),
            )

    def refused(self, block_id: str) -> None:
        """The City reserves no such block."""
        with self._database.write() as tx:
            tx.execute(f"DELETE FROM number_block WHERE id = ? AND state = '{ASKED}'", (block_id,))

    def used_to(self, used: Mapping[str, int]) -> None:
        """The City knows numbers of these blocks as used up to there: none of them is taken any more."""
        with self._database.write() as tx:
            rows = [(last + 1, block, last) for block, last in used.items()]
            tx.executemany(f"UPDATE number_block SET next = ? WHERE id = ? AND next <= ? AND state = '{OPEN}'", rows)

    def close(self, blocks: Iterable[str]) -> None:
        """Take no number of these blocks any more: what is left of them is given back with the next contact."""
        with self._database.write() as tx:
            tx.executemany(
                f"UPDATE number_block SET state = '{CLOSED}' WHERE id = ? AND state = '{OPEN}'",
                [(id_,) for id_ in blocks],
            )

    def told(self, blocks: Iterable[str], spoilt: Iterable[Spoilt]) -> None:
        """The City has taken down what became of these."""
        with self._database.write() as tx:
            tx.executemany("UPDATE number_block SET told = 'yes' WHERE id = ?", [(id_,) for id_ in blocks])
            rows = [(one.series, one.number) for one in spoilt]
            tx.executemany("UPDATE number_taken SET told = 'yes' WHERE series = ? AND number = ?", rows)
            tx.execute(ARRIVED)

    def spoilt(self) -> list[Spoilt]:
        """Numbers that were taken by what was withdrawn since, and of which the City was not told."""
        return [Spoilt(*values) for values in self._database.read(ORPHANS)]


def keep(tx: Connection, block: Block) -> None:
    """Write a block that was not here."""
    tx.execute(
        f"INSERT INTO number_block ({BLOCK}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", tuple(vars(block).values())
    )


def issue(tx: Connection, change: Change, issues: Sequence[Issue], now: str) -> Change:
    """`change` with the numbers that it issues, taken here and now; where none is in hand, the mark for that."""
    if not issues:
        return change
    given = {ISSUED + one.number: _take(tx, one.series, change.record, now) or PROVISIONAL for one in issues}
    return replace(change, edits={**change.edits, **given}, was={**dict.fromkeys(given), **change.was})


def _take(tx: Connection, series: str, record: str, now: str) -> str:
    found = tx.execute(f"{FREE} AND series = ? ORDER BY id LIMIT 1", (series,)).fetchone()
    if found is None:
        return ""
    block = Block(*found)
    number = written(block.prefix, block.digits, block.next)
    tx.execute("UPDATE number_block SET next = next + 1 WHERE id = ?", (block.id,))
    tx.execute("INSERT INTO number_taken VALUES (?, ?, ?, ?, '')", (series, number, record, now))
    return number


# After a restore


def rescued_block(tx: Connection, values: tuple[object, ...]) -> None:
    """A block that a newer file has: brought further, never back."""
    further = "instr('asked open closed lost', excluded.state) >= instr('asked open closed lost', state)"
    columns = [name.strip() for name in f"{BLOCK}, told".split(",")][1:]
    sets = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in {"next", "told"})
    grown = "next = max(next, excluded.next), told = max(told, excluded.told)"
    places = ", ".join("?" * (len(columns) + 1))
    tx.execute(
        f"INSERT INTO number_block VALUES ({places}) ON CONFLICT (id) DO UPDATE SET {sets}, {grown} WHERE {further}",
        values,
    )


def rescued_number(tx: Connection, values: tuple[object, ...]) -> None:
    """A number that a newer file has taken."""
    tx.execute(
        "INSERT INTO number_taken VALUES (?, ?, ?, ?, ?) ON CONFLICT (series, number)"
        " DO UPDATE SET told = max(told, excluded.told)",
        values,
    )


def note_taken(tx: Connection, edits: Edits) -> None:
    """Numbers that a rescued Change bears are taken, whatever the blocks say."""
    numbers = [value for path, value in edits.items() if path.startswith(ISSUED) and value]
    for number in numbers:
        for values in tx.execute(FREE).fetchall():
            block = Block(*values)
            at = place(number, block.prefix, block.digits)
            if block.next <= at <= block.last:
                tx.execute("UPDATE number_block SET next = ? WHERE id = ?", (at + 1, block.id))


def doubt(tx: Connection) -> None:
    """Nobody can tell which numbers were printed since the copy was made: none of its blocks is used any more."""
    tx.execute(f"UPDATE number_block SET state = '{LOST}' WHERE state = '{OPEN}'")
