"""What the City hands out besides records: which version of each form it has now, and which tables and layers.

A laptop learns of a new form before any record names it, and whether its own tables and layers are the City's. What
is handed out has a row like a record's in the bucket `forms` or `ref`, and is counted and compared like one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.paths import resources
from fieldapp.places import Layers
from fieldapp.records import Record
from fieldapp.services import Catalogue
from fieldapp.store import FORM, LAYER, TABLE
from fieldapp.store.rows import fingerprint_of, text_of
from sync.gateway.forms import Forms
from sync.gateway.moves import NOWHERE, Moves
from sync.gateway.transactions import LISTED, CityDatabase, Transaction, listed

KEEP = (
    "INSERT INTO handout (bucket, id, kind, rev, service, form_version, fields, fp, gone, at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (bucket, id) DO UPDATE SET kind = excluded.kind,"
    " rev = excluded.rev, service = excluded.service, form_version = excluded.form_version,"
    " fields = excluded.fields, fp = excluded.fp, gone = excluded.gone, at = excluded.at"
)
Content = tuple[str, str, str, str, int]  # kind, service, form version, fields, gone


@dataclass(frozen=True)
class Handout:
    """One thing: `id` is its own within its bucket, for good."""

    id: str
    kind: str
    fields: Mapping[str, str] = field(default_factory=dict)
    service: str = ""
    form_version: str = ""


def forms_of(catalogue: Catalogue, forms: Forms) -> Iterator[Handout]:
    """Today's form of each service that the City itself takes records of."""
    for service in catalogue:
        if service.target is None and (package := forms.package(service, service.form_version)):
            yield Handout(service.id, FORM, _told(package), service.id, service.form_version)


def references(layers: Path | None) -> Iterator[Handout]:
    """The City's tables, and its layers where a file of them is given."""
    for path in sorted((resources() / "reference").glob("*.csv")):
        yield Handout(f"{TABLE}:{path.stem}", TABLE, {"name": path.stem, **_told(path.read_bytes())})
    if layers is None:
        return
    loaded = Layers(layers)
    try:
        for one in loaded.describe():
            fields = {"name": one.name, "file": one.file, "as_of": one.as_of, "sha256": one.sha256}
            yield Handout(f"{LAYER}:{one.name}", LAYER, {**fields, "source": one.source, "rows": str(one.rows)})
    finally:
        loaded.close()


def hand_out(database: CityDatabase, bucket: str, things: Iterable[Handout], now: str) -> None:
    """Let `bucket` hold these things and no others. Nothing is written where it does already."""
    wanted = {one.id: one for one in things}
    with database.write(f"handouts {bucket}") as tx:
        moves = Moves()
        _Change(tx, bucket, now, moves).to(wanted)
        moves.write(tx, now)


def renew(tx: Transaction, moves: Moves, bucket: str, things: Mapping[str, Handout], now: str) -> None:
    """Let `bucket` hold these things as they are now, beside its others."""
    if things:
        _Change(tx, bucket, now, moves, things).put(things)


def take_back(tx: Transaction, moves: Moves, bucket: str, ids: Iterable[str], now: str) -> None:
    """Let `bucket` hold these things no more."""
    gone = list(ids)
    _Change(tx, bucket, now, moves, gone).drop(gone)


class _Change:
    """One bucket on its way to what it shall hold."""

    def __init__(
        self, tx: Transaction, bucket: str, now: str, moves: Moves, only: Collection[str] | None = None
    ) -> None:
        """`only`: no other things of the bucket are looked at."""
        self._tx = tx
        self._bucket = bucket
        self._now = now
        self._moves = moves
        sql = "SELECT id, rev, fp, kind, service, form_version, fields, gone FROM handout WHERE bucket = ?"
        which = (bucket,) if only is None else (bucket, listed(only))
        found = tx.execute(sql if only is None else f"{sql} AND id IN {LISTED}", which)
        self._known: dict[str, tuple[int, int, Content]] = {
            id_: (rev, fp, tuple(content)) for id_, rev, fp, *content in found
        }

    def to(self, wanted: Mapping[str, Handout]) -> None:
        """Write what differs."""
        self.put(wanted)
        self.drop(id_ for id_ in self._known if id_ not in wanted)

    def put(self, wanted: Mapping[str, Handout]) -> None:
        """These are there."""
        for id_, one in wanted.items():
            self._put(id_, (one.kind, one.service, one.form_version, text_of(one.fields), 0))

    def drop(self, ids: Iterable[str]) -> None:
        """These are not."""
        for id_ in ids:
            if id_ in self._known:
                _, _, content = self._known[id_]
                self._put(id_, (*content[:4], 1))

    def _put(self, id_: str, content: Content) -> None:
        rev, old, before = self._known.get(id_, (0, 0, None))
        if content == before:
            return
        kind, service, version, fields, gone = content
        fp = fingerprint_of(Record(id_, service, version, rev + 1), fields)
        self._tx.execute(KEEP, (self._bucket, id_, kind, rev + 1, service, version, fields, fp, gone, self._now))
        was = (self._bucket, old) if before and not before[4] else None
        self._moves.note(id_, was, NOWHERE if gone else (self._bucket, fp))


def _told(data: bytes) -> dict[str, str]:
    return {"sha256": hashlib.sha256(data).hexdigest(), "size": str(len(data))}
