"""The short way for most answers: a Change that was applied as it is, with nothing else open on its record.

What a person sees is then the City's row already, save for what the City added. So neither the Change nor the row
below it is read. All other answers go the long way of settling.py, which gives the same where both can be gone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from fieldapp.records import Record, edited, plain
from fieldapp.store import booked_days, rows
from fieldapp.store.journal import UNSETTLED
from fieldapp.store.remote import Settled, bucket_of
from fieldapp.store.rows import Place
from fieldapp.store.sqlcipher import Connection
from fieldapp.store.tallies import Tally

STANDING = (
    "SELECT n, id, service, form_version, rev, bucket, fp, fields FROM record r"
    f" WHERE id IN (SELECT value FROM json_each(?)) AND place = {Place.WAITING:d} AND gone = 0"
    f" AND NOT EXISTS (SELECT 1 FROM journal o WHERE o.record = r.id AND o.state IN {UNSETTLED})"
)


def accept_plainly(tx: Connection, answers: Sequence[tuple[Settled, str]]) -> frozenset[str]:
    """Take in what can be of these (answer, record id), which the journal knows by now; the records that were."""
    times = Counter(record for _, record in answers)
    single = {record: one for one, record in answers if one.status == "applied" and times[record] == 1}
    if not single:
        return frozenset()
    tally = Tally()
    updates: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    done: dict[str, int] = {}
    texts: list[tuple[int, str, str]] = []
    for n, id_, service, version, rev, bucket, fp, fields in tx.execute(STANDING, (json.dumps(list(single)),)):
        result = single[id_]
        if result.rev != rev + 1:
            continue  # others changed the record in between: the next page brings it whole
        record = Record(id_, service, version, result.rev, edited(plain(fields), result.edits))
        text = rows.text_of(record.fields)
        after = bucket or bucket_of(record.fields), rows.fingerprint_of(record, text)
        tally.swap((bucket, fp), after)
        told = rows.columns_of(record.fields, result.edits)
        names = ("rev", "fields", "place", "bucket", "fp", *told)
        updates.setdefault(names, []).append((result.rev, text, Place.CITY, *after, *told.values(), n))
        texts.append((n, fields, text))
        done[id_] = n
    for names, values in updates.items():
        tx.executemany(rows.update(names), values)
    numbers = json.dumps(list(done.values()))
    tx.execute("DELETE FROM shadow WHERE n IN (SELECT value FROM json_each(?))", (numbers,))
    tx.execute("INSERT OR IGNORE INTO unindexed SELECT value FROM json_each(?)", (numbers,))
    booked_days.note(tx, texts)
    tally.write(tx)
    return frozenset(done)
