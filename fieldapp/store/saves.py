"""The way of a save: one Change and the record after it, in one transaction. Every answer goes this way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fieldapp.clock import new_id
from fieldapp.errors import RefusedError, StoreError
from fieldapp.merging import Kinds, all_plain, applying
from fieldapp.records import WHY, Change, Edits, Fields, Record, edited
from fieldapp.store import journal, numbers, rows
from fieldapp.store.journal import OPEN, REFERRED, REPLACED, SEALED, WITHDRAWN, Unsettled, unsettled
from fieldapp.store.numbers import Issue
from fieldapp.store.rebase import (
    beside_city,
    chosen_in,
    joined,
    kept_theirs,
    rebased,
    renewed,
    reopened,
    taken_back,
    with_lines,
)
from fieldapp.store.remote import TROUBLE
from fieldapp.store.rows import Place, Stored
from fieldapp.store.sqlcipher import Connection
from fieldapp.texts import tr

CONFLICT = "conflict"
MINUTE = len("2026-11-23T14:05")


def save(
    tx: Connection,
    change: Change,
    *,
    seal: bool,
    now: str,
    issues: Sequence[Issue] = (),
    kinds: Kinds = all_plain,
) -> Record:
    """Join `change` to its actor's open Change, or open one; seal it if asked; write the record after it.

    `issues` are the official numbers that it takes, in the same transaction."""
    change = numbers.issue(tx, change, issues, now)
    stored = rows.load_one(tx, change.record) or _blank(change)
    opened = journal.open_change(tx, stored.n) if stored.place in {Place.DRAFT, Place.ATTENTION} else None
    if stored.place == Place.CITY:
        _cast_shadow(tx, stored)
    if opened and opened[0].actor != change.actor:
        journal.seal(tx, opened[0], opened[1])  # another person's answers are theirs: closed as they are
        opened = None
    whole, saved_at, theirs = _joined(tx, stored, opened, change, kinds) if opened else (change, now, {})
    stored.record = applying(stored.record, change, kinds)
    if theirs:
        stored.record = replace(stored.record, fields=edited(stored.record.fields, theirs))
    if stored.place != Place.ATTENTION:
        stored.place = Place.WAITING if seal else Place.DRAFT
    write(tx, stored, now)
    if seal:
        journal.drop_open(tx, stored.n)
        journal.seal(tx, whole, now)
    else:
        journal.keep_open(tx, stored.n, whole, saved_at)
    return stored.record


def write(tx: Connection, stored: Stored, now: str) -> None:
    """The row as `stored` says, new or not."""
    if stored.updated[:MINUTE] != now[:MINUTE]:
        stored.updated = now  # a record moves in lists once a minute, not at each answer: an index less to write
    rows.write(tx, [(stored, rows.text_of(stored.record.fields))])


def place_of(open_ones: Sequence[Unsettled]) -> Place:
    """Where a record is that has these unsettled Changes."""
    states = {one.state for one in open_ones}
    if states & TROUBLE:
        return Place.ATTENTION
    if OPEN in states:
        return Place.DRAFT
    return Place.WAITING if states & {SEALED, REFERRED} else Place.CITY


def discard(tx: Connection, record_id: str) -> None:
    """Take away a record that never left this laptop. RefusedError once any part of it was sealed."""
    sealed = tx.execute("SELECT 1 FROM journal WHERE record = ?", (record_id,)).fetchone()
    stored = rows.load_one(tx, record_id)
    if stored is None or sealed or stored.fp is not None:
        raise RefusedError(tr("Only a draft that was never sent can be discarded."))
    journal.drop_open(tx, stored.n)
    forget(tx, [stored.n])


def forget(tx: Connection, numbers: Sequence[int]) -> None:
    """Take rows out of the table, of the shadows and of the search index."""
    for table, key in (("record", "n"), ("shadow", "n"), ("unindexed", "n"), ("booked", "n"), ("search", "rowid")):
        tx.executemany(f"DELETE FROM {table} WHERE {key} = ?", [(n,) for n in numbers])


def leave_city(tx: Connection, left: Sequence[tuple[int, int]]) -> None:
    """The City's rows of these (row number, place) are gone: what has open Changes stays until they are settled."""
    forget(tx, [n for n, place in left if place == Place.CITY])
    kept = [(n,) for n, place in left if place != Place.CITY]
    tx.executemany("UPDATE record SET gone = 1, stale = 0, fp = NULL, bucket = '' WHERE n = ?", kept)


def revert(tx: Connection, record_id: str, now: str) -> Record:
    """Let the City's row stand. What it refused is withdrawn, and so are open answers on top: all stay as history."""
    stored, city, waiting = _in_trouble(tx, record_id)
    if city is None:
        raise RefusedError(tr("The City does not have this record. Correct it and send it again."))
    for one in waiting:
        if one.state == OPEN:
            journal.seal(tx, one.change, now)
    _close(tx, stored, WITHDRAWN)
    stored.record, stored.place = city, Place.CITY
    if stored.gone:
        forget(tx, [stored.n])
        return city
    if settles := _owed(waiting):
        seen = replace(city, fields=known_fields(city, waiting))
        paths = [path for one in waiting if one.state == CONFLICT for path in one.answer]
        note = kept_theirs(waiting[0].change, paths, seen, settles, id_=new_id(), at=now)
        journal.seal(tx, note, now)
        stored.record, stored.place = seen, Place.WAITING  # the City is told that it is resolved
    else:
        tx.execute("DELETE FROM shadow WHERE n = ?", (stored.n,))
    write(tx, stored, now)
    return stored.record


def known_fields(city: Record, waiting: Sequence[Unsettled]) -> Fields:
    """What the City has, as far as it is known here: its row, and what it told with a conflict since."""
    fields: Fields = city.fields
    for one in waiting:
        if one.state == CONFLICT and one.rev > city.rev:
            fields = edited(fields, one.answer)
    return fields


def renew(
    tx: Connection,
    record_id: str,
    now: str,
    chosen: Edits | None = None,
    seen: Edits | None = None,
    *,
    kinds: Kinds = all_plain,
) -> Record:
    """Seal what was refused, and what waited behind it, anew on top of what the City has.

    `chosen` are the values that a person chose where two clashed, on seeing the City's values `seen`: RefusedError
    when these are not the City's any more.
    """
    stored, city, waiting = _repaired(tx, record_id)
    fields = known_fields(city, waiting)
    if any((fields.get(path) or "") != (value or "") for path, value in (seen or {}).items()):
        raise RefusedError(tr("The City has newer answers now. Please look at them and choose again."))
    refused = [one.change for one in waiting]
    fresh = renewed(fields, city.rev, refused, ids=[new_id() for _ in refused], at=now, kinds=kinds)
    fresh = chosen_in(fresh, chosen, fields) if chosen else fresh
    fresh = [with_lines(change, fields) for change in fresh] if city.rev else fresh
    fresh[0] = replace(fresh[0], settles=tuple(_owed(waiting)))
    _close(tx, stored, REPLACED)
    for change in fresh:
        journal.seal(tx, change, now)
    stored.record = replace(rebased(city, fresh, kinds), rev=stored.record.rev)
    stored.place = Place.WAITING
    write(tx, stored, now)
    return stored.record


def _owed(waiting: Sequence[Unsettled]) -> list[str]:
    """The conflicts that the City has open because of these: of its own answers, and of choices that it refused. A
    supervisor's refused decision leaves the dispute of two others open: it is made anew, or by somebody else."""
    owed = [one.id for one in waiting if one.state == CONFLICT]
    refused = (one.change for one in waiting if one.change.edits != one.change.was and WHY not in one.change.edits)
    return list(dict.fromkeys([*owed, *(id_ for change in refused for id_ in change.settles)]))


def reopen(tx: Connection, record_id: str, state: str, now: str, *, kinds: Kinds = all_plain) -> Record:
    """Make one open Change of all that was refused or waited behind it: no step is taken, the record is in `state`."""
    stored, city, waiting = _repaired(tx, record_id)
    whole = reopened(city, [one.change for one in waiting], state, id_=new_id(), at=now, kinds=kinds)
    _close(tx, stored, REPLACED)
    journal.keep_open(tx, stored.n, whole, now)
    stored.record = replace(rebased(city, [whole], kinds), rev=stored.record.rev)
    stored.place = Place.DRAFT
    write(tx, stored, now)
    return stored.record


def _repaired(tx: Connection, record_id: str) -> tuple[Stored, Record, list[Unsettled]]:
    """A record that the City refused something of, the City's row of it (blank: none), and all that is unsettled."""
    stored, city, waiting = _in_trouble(tx, record_id)
    return stored, city or Record(record_id, stored.record.service, stored.record.form_version), waiting


def _in_trouble(tx: Connection, record_id: str) -> tuple[Stored, Record | None, list[Unsettled]]:
    stored = rows.load_one(tx, record_id)
    if stored is None or stored.place != Place.ATTENTION:
        raise RefusedError(tr("There is nothing to repair in this record."))
    waiting = unsettled(tx, {record_id: stored.n})[record_id]
    return stored, rows.shadows(tx, {stored.n: stored}).get(stored.n), waiting


def _close(tx: Connection, stored: Stored, state: str) -> None:
    sql = f"UPDATE journal SET state = ? WHERE record = ? AND state IN {journal.UNSETTLED}"
    tx.execute(sql, (state, stored.record.id))
    journal.drop_open(tx, stored.n)


def _blank(change: Change) -> Stored:
    if not change.creates:
        raise StoreError(tr("This record is not on this laptop."))
    return Stored(Record(change.record, change.service, change.form_version), Place.DRAFT)


def _joined(
    tx: Connection, stored: Stored, opened: tuple[Change, str], change: Change, kinds: Kinds
) -> tuple[Change, str, Edits]:
    """The open Change with this one in it, when it was first saved, and the City's values where an edit is undone."""
    whole = joined(opened[0], change, kinds)
    theirs: Edits = {}
    if back := taken_back(opened[0], change):
        whole, theirs = beside_city(whole, change, back, without_open(tx, stored, kinds).fields)
    return whole, opened[1], theirs


def without_open(tx: Connection, stored: Stored, kinds: Kinds) -> Record:
    """The record as it would be without its open Change."""
    id_, n = stored.record.id, stored.n
    city = rows.shadows(tx, {n: stored}).get(n) or Record(id_, stored.record.service, stored.record.form_version)
    closed = [one.change for one in unsettled(tx, {id_: n}).get(id_, []) if one.state != OPEN]
    return rebased(city, closed, kinds)


def _cast_shadow(tx: Connection, stored: Stored) -> None:
    """Keep the City's row as the base that the City's later rows are merged on."""
    tx.execute("INSERT INTO shadow SELECT n, rev, form_version, fields FROM record WHERE n = ?", (stored.n,))
