"""Bringing into a restored store what a newer, maybe damaged file has: unsent work, the City's answers, drafts, files.

Everything goes by the ids of Changes: what is here already is only brought further (sealed → answered → closed), never
back. So the same file may be rescued from twice, and an old one does no harm.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from fieldapp.merging import Kinds, all_plain
from fieldapp.records import ALIAS, Attachment, Change, Record, canonical, change_of
from fieldapp.store import journal, numbers, rows
from fieldapp.store.handing import MANY, close_draft
from fieldapp.store.journal import CLOSED, SEALED
from fieldapp.store.remote import Settled
from fieldapp.store.rows import Place, Stored
from fieldapp.store.settling import stand_anew
from fieldapp.store.sqlcipher import Connection
from fieldapp.store.wreck import Found, Wreck

FILE = (
    "INSERT INTO blob (sha256, size, mime, name, taken_at, confirmed) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (sha256) DO UPDATE SET confirmed = max(confirmed, excluded.confirmed)"
)
COUNTER = (
    "INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    " WHERE CAST(value AS INTEGER) < CAST(excluded.value AS INTEGER)"
)
HasFile = Callable[[str], bool]  # whether the encrypted file of this SHA-256 lies beside the store


@dataclass(frozen=True)
class Rescued:
    """How much came out of a file: Changes that were not in the copy, answers that it did not know, drafts."""

    changes: int = 0
    answers: int = 0
    drafts: int = 0
    numbers: bool = True  # whether it is known of each official number in hand that it was not used


def rescue(tx: Connection, wreck: Wreck, has_file: HasFile, *, newest: bool, kinds: Kinds = all_plain) -> Rescued:
    """Take over all that can be read. Of what is still open, only the `newest` file has the last word."""
    work = _Rescue(tx, has_file, kinds)
    for found in wreck.journal():
        work.take(found)
    work.finish()
    for sha256, *rest in wreck.files():
        if has_file(sha256):
            tx.execute(FILE, (sha256, *rest))
    for name, value in wreck.counters():
        tx.execute(COUNTER, (name, str(value)))
    blocks, taken, whole = wreck.numbers()
    for values in blocks:
        numbers.rescued_block(tx, values)
    for values in taken:
        numbers.rescued_number(tx, values)
    opened = sum(_open(tx, change, saved_at, newest, kinds) for change, saved_at in wreck.drafts())
    return Rescued(work.changes, work.answers, opened, whole)


class _Rescue:
    def __init__(self, tx: Connection, has_file: HasFile, kinds: Kinds) -> None:
        self._tx = tx
        self._kinds = kinds
        self._has_file = has_file
        self._touched: dict[str, list[tuple[Change, Settled]]] = {}
        self.changes = self.answers = 0

    def take(self, found: Found) -> None:
        """One sealed Change: new here, or known and brought further."""
        change = found.change
        known = self._tx.execute("SELECT state FROM journal WHERE id = ?", (change.id,)).fetchone()
        if known and _rank(found.state) <= _rank(known[0]):
            return
        if known is None:
            close_draft(self._tx, change)
            journal.enter(self._tx, change, found.saved_at)
            self.changes += 1
        else:
            self.answers += 1
        self._note(found)
        self._touched.setdefault(change.record, []).append((change, found.settled))
        for file in change.attachments:
            self._file(file)
        if alias := change.edits.get(ALIAS):
            self._count(alias)
        numbers.note_taken(self._tx, change.edits)

    def finish(self) -> None:
        """Let every record that was touched stand on what its journal says now."""
        ids = list(self._touched)
        for start in range(0, len(ids), MANY):
            some = ids[start : start + MANY]
            answers = [answer for id_ in some for answer in self._touched[id_]]
            stand_anew(self._tx, some, answers, self._kinds)

    def _note(self, found: Found) -> None:
        said = found.settled
        times = (found.sent_at, found.received_at, found.applied_at)
        values = (
            found.state,
            said.rev,
            said.code,
            said.message,
            canonical(said.edits).decode(),
            found.attempts,
            found.about,
            *times,
        )
        self._tx.execute(
            "UPDATE journal SET state = ?, rev = ?, code = ?, message = ?, answer = ?, attempts = ?, about = ?,"
            " sent_at = ?, received_at = ?, applied_at = ? WHERE id = ?",
            (*values, found.change.id),
        )

    def _file(self, file: Attachment) -> None:
        if self._has_file(file.sha256):
            self._tx.execute(FILE, (file.sha256, file.size, file.mime, file.name, file.taken_at, 0))

    def _count(self, alias: str) -> None:
        """An offline reference is never given twice: its counter goes on behind it."""
        series, _, number = alias.removeprefix("HAM-").rpartition("-")
        if number.isdecimal():
            self._tx.execute(COUNTER, (f"alias.{series}", str(int(number))))


def _rank(state: str) -> int:
    """How far a Change has come."""
    if state == SEALED:
        return 0
    return 2 if state in CLOSED else 1


def _open(tx: Connection, change: Change, saved_at: str, newest: bool, kinds: Kinds) -> bool:
    """Keep what was still open in the newer file; whether it was not here in the same words."""
    if tx.execute("SELECT 1 FROM journal WHERE id = ?", (change.id,)).fetchone():
        return False
    stored = rows.load_one(tx, change.record)
    if stored is None:
        blank = Record(change.record, change.service, change.form_version)
        stored = Stored(blank, Place.DRAFT, gone=not change.creates, updated=saved_at)
        rows.write(tx, [(stored, rows.text_of({}))])
    earlier = tx.execute("SELECT payload FROM draft WHERE n = ?", (stored.n,)).fetchone()
    if earlier and not newest and not _later(change, change_of(json.loads(earlier[0]))):
        return False
    if earlier:
        change = _with_earlier(change_of(json.loads(earlier[0])), change)
    journal.keep_open(tx, stored.n, change, saved_at)
    stand_anew(tx, [change.record], kinds=kinds)
    return not earlier or earlier[0] != journal.payload_text(change)


def _later(change: Change, known: Change) -> bool:
    """Whether it is the same open Change, answered further. The device's clock is all that tells."""
    return change.id == known.id and change.at > known.at


def _with_earlier(earlier: Change, change: Change) -> Change:
    """The newer open Change; of an earlier one under another id nothing is lost either."""
    if earlier.id == change.id:
        return change
    return replace(change, edits={**earlier.edits, **change.edits}, was={**change.was, **earlier.was})
