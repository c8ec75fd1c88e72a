"""Records of before: put into the buckets that they belong to now, when a gateway starts under other rules."""

from __future__ import annotations

from fieldapp.records import canonical, plain
from fieldapp.services import Catalogue
from sync.gateway.moves import Moves
from sync.gateway.scope import buckets_of
from sync.gateway.transactions import LOCKED, CityDatabase, Transaction

RULES = "scopes"  # in `meta`: under which rules the records were last put into buckets
VERSION = "ward, assigned, desk"
AT_ONCE = 500  # records in one transaction


def rescope(database: CityDatabase, catalogue: Catalogue, now: str) -> int:
    """Go through all records where the rules are others than the last time; how many moved. Cut off, it starts anew."""
    offices = {service.id: service.office for service in catalogue}
    rules = canonical([VERSION, offices]).decode()
    if database.read("SELECT value FROM meta WHERE name = ?", (RULES,)) == [(rules,)]:
        return 0
    moved = 0
    after: str | None = ""
    while after is not None:
        with database.write() as tx:
            some, after = _some(tx, offices, after, now)
        moved += some
    with database.write() as tx:
        sql = "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        tx.execute(sql, (RULES, rules))
    return moved


def _some(tx: Transaction, offices: dict[str, str], after: str, now: str) -> tuple[int, str | None]:
    """The next records by id; how many moved, and the last id, None at the end."""
    sql = f"SELECT id, service, fields, bucket, fp FROM record WHERE id > ? ORDER BY id LIMIT ? {LOCKED}"
    found = tx.execute(sql, (after, AT_ONCE)).fetchall()
    moves = Moves()
    changed = []
    for id_, service, fields, before, fp in found:
        buckets = buckets_of(plain(fields), offices.get(service, ""))
        if buckets != before:
            changed.append((buckets, id_))
            moves.note(id_, (before, fp), (buckets, fp))
    tx.executemany("UPDATE record SET bucket = ? WHERE id = ?", changed)
    moves.write(tx, now)
    return len(changed), found[-1][0] if len(found) == AT_ONCE else None
