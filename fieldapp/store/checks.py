"""Checking a store against itself: what its records say must follow from the City's rows and the journal."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.merging import Kinds, all_plain
from fieldapp.records import Record
from fieldapp.store import rows
from fieldapp.store.database import Database
from fieldapp.store.journal import unsettled
from fieldapp.store.membership import names
from fieldapp.store.rebase import rebased
from fieldapp.store.rows import Place, Stored
from fieldapp.store.saves import place_of
from fieldapp.store.sqlcipher import Connection

MOD = 1 << 64


def disagreements(database: Database, kinds: Kinds = all_plain) -> list[str]:
    """Every fault found, in words; an empty list for a store that is whole."""
    with database.write() as tx:  # a transaction, so that all is compared as of one moment
        return [*_records(tx, kinds), *_orphans(tx), *_tallies(tx)]


def _records(tx: Connection, kinds: Kinds) -> Iterator[str]:
    everything = tx.execute(f"SELECT {rows.STORED} FROM record")
    for stored in map(rows.stored_of, everything):
        yield from _record(tx, stored, kinds)


def _record(tx: Connection, stored: Stored, kinds: Kinds) -> Iterator[str]:
    id_ = stored.record.id
    if not stored.record.service:  # it left this laptop: its fingerprint stands for it
        return
    waiting = unsettled(tx, {id_: stored.n}).get(id_, [])
    shadow = rows.shadows(tx, {stored.n: stored}).get(stored.n)
    if stored.place != place_of(waiting):
        yield f"{id_}: marked {Place(stored.place).name}, but its Changes say {place_of(waiting).name}"
    if waiting:
        city = shadow or Record(id_, stored.record.service, stored.record.form_version)
        if rebased(city, [one.change for one in waiting], kinds).fields != stored.record.fields:
            yield f"{id_}: its content does not follow from the City's row and its Changes"
    elif shadow:
        yield f"{id_}: has a shadow and nothing open"
    city_row = shadow or (stored.record if not waiting else None)
    if stored.fp is not None and (city_row is None or stored.fp != _fp(city_row)):
        yield f"{id_}: the fingerprint is not that of the City's row"


def _orphans(tx: Connection) -> Iterator[str]:
    for (n,) in tx.execute("SELECT n FROM draft WHERE n NOT IN (SELECT n FROM record)"):
        yield f"an open Change of row {n}, which is not here"
    sql = "SELECT id FROM journal WHERE state = 'sealed' AND record NOT IN (SELECT id FROM record)"
    for (id_,) in tx.execute(sql):
        yield f"the Change {id_} waits, but its record is not here"


def _tallies(tx: Connection) -> Iterator[str]:
    found: dict[str, tuple[int, int]] = {}
    for buckets, fp in tx.execute("SELECT bucket, fp FROM record WHERE fp IS NOT NULL"):
        for bucket in names(buckets):
            count, checksum = found.get(bucket, (0, 0))
            found[bucket] = count + 1, (checksum + fp) % MOD
    for bucket, fp in tx.execute("SELECT bucket, fp FROM handout"):
        count, checksum = found.get(bucket, (0, 0))
        found[bucket] = count + 1, (checksum + fp) % MOD
    for name, count, checksum in tx.execute("SELECT name, count, checksum FROM bucket"):
        if found.get(name, (0, 0)) != (count, checksum % MOD):
            yield f"bucket {name}: {count} rows are noted, {found.get(name, (0, 0))[0]} are here"


def _fp(record: Record) -> int:
    return rows.fingerprint_of(record, rows.text_of(record.fields))
