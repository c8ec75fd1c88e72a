"""Whether the City's records are as they were written: the chain of the history, its rows, and what they add up to."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from fieldapp.records import Record, edited
from fieldapp.store.rows import fingerprint_of, text_of
from fieldapp.texts import tr
from sync.gateway import events
from sync.gateway.chronicle import SHOWN, START, block_hash, entry_hash
from sync.gateway.transactions import LISTED, CityDatabase, listed
from sync.gateway.tree import root_of

BLOCKS = "SELECT n, at, entries, root, hash FROM block WHERE n > ? ORDER BY n LIMIT 200"
SPENT = f"SELECT id, entry FROM spent WHERE id IN {LISTED}"
OPS = f"SELECT id, digest, result, payload FROM op WHERE id IN {LISTED}"
TAKEN = "SELECT payload, result, rev FROM op WHERE record = ? AND status IN ('applied', 'merged') ORDER BY rev"


@dataclass(frozen=True)
class Verified:
    """How many blocks, ops and records are as they were written, the newest block's hash, and the first fault."""

    blocks: int
    ops: int
    records: int
    head: str = ""
    fault: str = ""


def verify(database: CityDatabase) -> Verified:
    """Go through all of it, block by block, and stop at the first row that is broken."""
    walk = _Walk(database)
    fault = walk.history() or walk.strays() or walk.records()
    return Verified(walk.blocks, walk.ops, walk.seen, walk.head.hex(), fault)


class _Walk:
    def __init__(self, database: CityDatabase) -> None:
        self._database = database
        self.blocks = self.ops = self.seen = 0
        self.head = START

    def history(self) -> str:
        """The chain, and each row that it names."""
        while page := self._database.read(BLOCKS, (self.blocks,)):
            for block in page:
                if fault := self._block(*block):
                    return fault
        last = self._database.read("SELECT v FROM counter WHERE name = 'history'")[0][0]
        return "" if last == self.blocks else tr("Block {n} of the history is missing.", n=self.blocks + 1)

    def _block(self, n: int, at: str, entries: str, root: bytes, hashed: bytes) -> str:
        if n != self.blocks + 1:
            return tr("Block {n} of the history is missing.", n=self.blocks + 1)
        named: list[list[str]] = json.loads(entries)
        ids = listed(id_ for id_, _ in named)
        rows = {row[0]: row for row in self._database.read(OPS, (ids,))}
        known = dict(self._database.read(SPENT, (ids,))) | events.hashes(self._database, [id_ for id_, _ in named])
        hashes = []
        for id_, shown in named:
            hashed_entry = known.get(id_)
            if hashed_entry is None:
                if fault := _op_fault(rows.get(id_), id_, shown):
                    return fault
                hashed_entry = entry_hash(rows[id_][1], rows[id_][2])
                self.ops += 1
            elif not hashed_entry.hex().startswith(shown):
                return tr("The history's row {op} was altered: its content.", op=id_)
            hashes.append(hashed_entry)
        if root_of(hashes) != root or block_hash(self.head, n, at, root) != hashed:
            return tr("Block {n} of the history was altered.", n=n)
        self.blocks, self.head = n, hashed
        return ""

    def strays(self) -> str:
        """Rows that no block names, but for those from before there were blocks."""
        first = self._database.read("SELECT at FROM block WHERE n = 1")
        if not first:
            return ""
        since = "at >= ?"  # a block has the time of its ops
        [(count,)] = self._database.read(f"SELECT count(*) FROM op WHERE {since}", first[0])
        if count == self.ops:
            return ""
        known = {
            id_ for (entries,) in self._database.read("SELECT entries FROM block") for id_, _ in json.loads(entries)
        }
        found = self._database.read(f"SELECT id FROM op WHERE {since} ORDER BY n", first[0])
        # None, where several processes wrote the first blocks: some ops have an earlier time than the first of these.
        stray = next((id_ for (id_,) in found if id_ not in known), "")
        return stray and tr("The history's row {op} was put in: no block knows it.", op=stray)

    def records(self) -> str:
        """Every record must be what its ops make of it."""
        sql = "SELECT id, service, form_version, rev, fields, fp FROM record WHERE id > ? ORDER BY id LIMIT 500"
        last = ""
        while page := self._database.read(sql, (last,)):
            for id_, service, version, rev, fields, fp in page:
                record = Record(id_, service, version, rev, json.loads(fields))
                if not self._follows(record, fp):
                    return tr("The record {id} is not what its history says.", id=record.id)
                self.seen, last = self.seen + 1, record.id
        return ""

    def _follows(self, record: Record, fp: int) -> bool:
        fields: dict[str, str] = {}
        ops = self._database.read(TAKEN, (record.id,))
        for payload, result, _ in ops:
            fields = edited(fields, {**json.loads(payload)["edits"], **json.loads(result)["edits"]})
        if fp != fingerprint_of(record, text_of(record.fields)):
            return False
        whole = [rev for _, _, rev in ops] == list(range(1, record.rev + 1))
        return fields == record.fields if whole else len(ops) < record.rev  # of purged ops nothing follows any more


def _op_fault(row: tuple[Any, ...] | None, id_: str, shown: str) -> str:
    """What is wrong with one row of the history."""
    if row is None:
        return tr("The history's row {op} is missing.", op=id_)
    _, digest, result, payload = row
    if hashlib.sha256(payload.encode()).digest() != digest:
        return tr("The history's row {op} was altered: its content.", op=id_)
    if entry_hash(digest, result).hex()[:SHOWN] != shown:
        return tr("The history's row {op} was altered: its answer.", op=id_)
    return ""
