"""Taking in the City's answers to Changes: the journal learns them, the record moves on to the City's row."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from fieldapp.clock import new_id
from fieldapp.merging import Kinds, all_plain
from fieldapp.records import Change, Record, canonical, change_of, plain
from fieldapp.store import chain, rows
from fieldapp.store.advancing import advance
from fieldapp.store.journal import CLOSED, REFERRED, SEALED, Unsettled, keep_open, note_head, unsettled
from fieldapp.store.plainly import accept_plainly
from fieldapp.store.rebase import accepted, rebased, reopened
from fieldapp.store.remote import LATER, TAKEN, TROUBLE, Answers, Settled, bucket_of
from fieldapp.store.rows import Place, Stored
from fieldapp.store.saves import forget, place_of, without_open
from fieldapp.store.sqlcipher import Connection
from fieldapp.store.tallies import Tally


def settle(tx: Connection, answers: Answers, now: str, kinds: Kinds = all_plain) -> frozenset[str]:
    """Take in all of it; an answer that came before, or to a Change unknown here, is passed over."""
    by_id = {result.op_id: result for result in answers.results}
    found = tx.execute(
        "SELECT seq, id, record, state FROM journal WHERE id IN (SELECT value FROM json_each(?)) ORDER BY seq",
        (json.dumps(list(by_id)),),
    ).fetchall()
    fresh = [(by_id[id_], record) for _, id_, record, state in found if state not in CLOSED]
    _note(tx, {seq: by_id[id_] for seq, id_, _, state in found if state not in CLOSED}, now, answers.sent_at)
    plainly = accept_plainly(tx, fresh)
    _accept(tx, [(result, record) for result, record in fresh if record not in plainly], kinds)
    if answers.advances:
        taken = {record: result.rev for result, record in fresh if result.status in TAKEN}
        advance(tx, answers.advances, taken, answers.epoch)
    note_head(tx)
    return frozenset(record for _, record in fresh)


def _accept(tx: Connection, fresh: Sequence[tuple[Settled, str]], kinds: Kinds) -> None:
    """Let the records stand on the City's rows as these answers, to Changes of theirs, leave them."""
    stored = rows.load_bases(tx, {record for _, record in fresh})
    city = _city_rows(tx, stored.values())
    for result, record in fresh:
        if result.status in TAKEN:
            base = city.get(record) or Record(record, stored[record].record.service, "")
            (payload,) = tx.execute("SELECT payload FROM journal WHERE id = ?", (result.op_id,)).fetchone()
            city[record] = accepted(base, change_of(plain(payload)), result)
    _move_on(tx, stored, city, kinds)


def requeue(tx: Connection, since: str, kinds: Kinds = all_plain) -> frozenset[str]:
    """Queue again all that the City took since the stamp, and what waited there for a supervisor: it lost it. The
    records stand on the City's rows again.

    What another server took (its principal has a slash, `Service.principal`) is not the City's to lose."""
    states = ", ".join(f"'{state}'" for state in sorted(TAKEN))
    lost = f"(applied_at >= ? AND state IN ({states}) OR state = '{REFERRED}') AND instr(principal, '/') = 0"
    lost += " AND json_extract(payload, '$.purged') IS NULL"  # of what left this laptop nothing is here to be sent
    found = tx.execute(f"SELECT DISTINCT record FROM journal WHERE {lost}", (since,)).fetchall()
    ids = [record for (record,) in found]
    tx.execute(f"UPDATE journal SET state = 'sealed' WHERE {lost}", (since,))
    chain.tell_again(tx)
    stand_anew(tx, ids, kinds=kinds)
    return frozenset(ids)


def call_back(tx: Connection, ids: Sequence[str], kinds: Kinds = all_plain) -> dict[str, str]:
    """Withdraw those of these sealed Changes that have not been sent and have nothing on top of them: their records
    stand as before. Which they were, and of which record; a number that one took is told as spoilt."""
    called = _withdrawn(tx, ids)
    stand_anew(tx, set(called.values()), kinds=kinds)
    return called


def take_up(tx: Connection, id_: str, state: str, now: str, kinds: Kinds = all_plain) -> str:
    """Withdraw a sealed Change as `call_back` does, of which only the step was a slip: its answers stay, open again,
    and the record is back in `state`. The record; "" where the Change is not to be called back any more."""
    record = _withdrawn(tx, [id_]).get(id_, "")
    stored = rows.load_bases(tx, [record]).get(record)
    if stored is None:
        return ""
    (payload,) = tx.execute("SELECT payload FROM journal WHERE id = ?", (id_,)).fetchone()
    change = change_of(plain(payload))
    whole = reopened(without_open(tx, stored, kinds), [change], state, id_=new_id(), at=now, kinds=kinds)
    keep_open(tx, stored.n, whole, now)
    stand_anew(tx, [record], kinds=kinds)
    return record


def _withdrawn(tx: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Mark as withdrawn what can be; which Changes, each with its record."""
    found = tx.execute(
        "SELECT id, record FROM journal j WHERE id IN (SELECT value FROM json_each(?)) AND state = 'sealed'"
        " AND sent_at = '' AND instr(principal, '/') = 0"  # other servers are sent to in ways of their own
        " AND NOT EXISTS (SELECT 1 FROM journal o WHERE o.record = j.record AND o.seq > j.seq)"
        " AND NOT EXISTS (SELECT 1 FROM draft d JOIN record r ON r.n = d.n WHERE r.id = j.record)",
        (json.dumps(list(ids)),),
    )
    called = dict(found.fetchall())
    tx.executemany("UPDATE journal SET state = 'withdrawn' WHERE id = ?", [(id_,) for id_ in called])
    return called


def stand_anew(
    tx: Connection,
    ids: Collection[str],
    answers: Iterable[tuple[Change, Settled]] = (),
    kinds: Kinds = all_plain,
) -> None:
    """Put these records on the City's rows, with all that is not settled on top, after the journal was altered.

    `answers` are those of the City that the rows do not know yet, in the order of their Changes. A record that is not
    here, and has anything unsettled, is here again until the City has it."""
    stored = rows.load_bases(tx, ids)
    city = _city_rows(tx, stored.values())
    for change, result in answers:
        if result.status in TAKEN and change.record in stored:
            base = city.get(change.record) or Record(change.record, change.service, "")
            city[change.record] = accepted(base, change, result)
    _move_on(tx, stored, city, kinds)
    lacking = unsettled(tx, {id_: 0 for id_ in ids if id_ not in stored})
    returning = [_returned(id_, [one.change for one in open_ones]) for id_, open_ones in lacking.items()]
    rows.write(tx, [(one, rows.text_of(one.record.fields)) for one in returning])


def _returned(record_id: str, changes: Sequence[Change]) -> Stored:
    """A record that left this laptop since, as far as its Changes tell it: here again until the City has them."""
    blank = Record(record_id, changes[0].service, changes[0].form_version)
    return Stored(rebased(blank, changes), Place.WAITING, gone=1, updated=changes[-1].at)


def _note(tx: Connection, results: Mapping[int, Settled], now: str, sent_at: str) -> None:
    """Write the answers beside their Changes. The City's time is its own; where it gives none, ours stands in."""
    values = [
        (
            _state(one),
            one.rev,
            one.code,
            one.message,
            canonical(one.edits).decode(),
            one.status in {"retry", "blocked"},
            "" if one.status in {"retry", "blocked"} else one.server_time or now,
            (one.server_time or now) if one.status in TAKEN else "",
            canonical({"path": one.path, "authors": one.authors}).decode() if one.status in TROUBLE else "{}",
            sent_at,
            seq,
        )
        for seq, one in results.items()
    ]
    tx.executemany(
        "UPDATE journal SET state = ?, rev = ?, code = ?, message = ?, answer = ?, attempts = attempts + ?,"
        " received_at = ifnull(nullif(received_at, ''), ?), applied_at = ?, about = ?,"
        " sent_at = ifnull(nullif(sent_at, ''), ?)"
        " WHERE seq = ?",
        values,
    )


def _state(answer: Settled) -> str:
    """What a Change is after the answer. Where a supervisor decides there is nothing that its author has to do."""
    if answer.status in LATER:
        return SEALED
    return REFERRED if (answer.status, answer.code) == ("conflict", "decision") else answer.status


def _city_rows(tx: Connection, stored: Iterable[Stored]) -> dict[str, Record]:
    """The City's row of each record, as it is known here; missing where the City has none."""
    by_number = {one.n: one for one in stored}
    city = {one.record.id: one.record for one in by_number.values() if one.place == Place.CITY and one.fp is not None}
    return city | {record.id: record for record in rows.shadows(tx, by_number).values()}


def _move_on(tx: Connection, stored: Mapping[str, Stored], city: Mapping[str, Record], kinds: Kinds) -> None:
    """Put every record on the City's row, with what is still open on top; what left the scope and is settled goes."""
    waiting = unsettled(tx, {id_: one.n for id_, one in stored.items()})
    tx.executemany("DELETE FROM shadow WHERE n = ?", [(one.n,) for one in stored.values()])
    tally = Tally()
    changed, leaving = [], []
    for id_, one in stored.items():
        open_ones = waiting.get(id_, [])
        one.place = place_of(open_ones)
        if one.gone and one.place == Place.CITY:
            leaving.append(one.n)
            continue
        before = one.bucket, one.fp
        changed.append((one, _stand(tx, one, city.get(id_), open_ones, kinds)))
        tally.swap(before, (one.bucket, one.fp))
    rows.write(tx, changed)
    forget(tx, leaving)
    tally.write(tx)


def _stand(tx: Connection, one: Stored, city: Record | None, open_ones: Sequence[Unsettled], kinds: Kinds) -> str:
    """Let the record stand on the City's row, and say its fields' text."""
    if city is None:
        blank = Record(one.record.id, one.record.service, one.record.form_version)
        one.record = rebased(blank, [waits.change for waits in open_ones], kinds)
        return rows.text_of(one.record.fields)
    text = rows.text_of(city.fields)
    one.record = city
    if not one.gone:
        one.bucket, one.fp = one.bucket or bucket_of(city.fields), rows.fingerprint_of(city, text)
    if not open_ones:
        return text
    tx.execute("INSERT INTO shadow VALUES (?, ?, ?, ?)", (one.n, city.rev, city.form_version, text))
    one.record = rebased(city, [waits.change for waits in open_ones], kinds)
    return rows.text_of(one.record.fields)
