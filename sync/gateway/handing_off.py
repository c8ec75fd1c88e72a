"""What the City hands off leaves it: the answers of records in a state that `privacy.handed_off` names, days later.

The City's own Change takes them out of the record, so that every laptop and the sums follow; then what the history had
of them goes: of each op only id, hashes, status and revision stay, and files that no other record names are deleted.
The receipt is an event of the history, in the same transaction. Number, state, dates, ward and official numbers stay.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from fieldapp.clock import stamp
from fieldapp.records import (
    ALIAS,
    AUTHOR,
    CITY,
    ISSUED,
    LANG,
    NUMBER,
    PARENT,
    RECEIVED,
    STATE,
    SUBMITTED_BY,
    TITLE,
    VOIDED,
    WARD,
    Edits,
    Person,
    Record,
    plain,
)
from fieldapp.services import Catalogue, Service
from sync.gateway import citys, events
from sync.gateway.filestore import FileStore
from sync.gateway.tidying import spend
from sync.gateway.transactions import LISTED, CityDatabase, Transaction, listed
from sync.wire import Happened

AGAIN = timedelta(days=7)  # so long a deletion that was cut off is tried again
STAYS = frozenset({ALIAS, AUTHOR, LANG, NUMBER, PARENT, RECEIVED, STATE, SUBMITTED_BY, TITLE, WARD})
OPS = "SELECT id, digest, result FROM op WHERE record = ? ORDER BY n"
SHARED = f"SELECT sha256 FROM attachment WHERE record <> ? AND sha256 IN {LISTED}"


def hand_off(database: CityDatabase, catalogue: Catalogue, files: FileStore, now: datetime) -> int:
    """Take out all that is due; how many records."""
    _drop_left(database, files, stamp(now - AGAIN))
    done = 0
    for service in catalogue:
        due = stamp(now - timedelta(days=service.privacy.hand_off_days))
        for state in sorted(service.privacy.handed_off):
            sql = "SELECT id FROM record WHERE service = ? AND at <= ? AND fields LIKE ? ORDER BY id"
            for (record,) in database.read(sql, (service.id, due, f'%"{STATE}":"{state}"%')):
                done += _hand_off(database, catalogue, files, record, due, stamp(now))
    return done


def _drop_left(database: CityDatabase, files: FileStore, since: str) -> None:
    """Delete what an end between the receipt and the deletion has left."""
    sql = "SELECT detail FROM event WHERE kind = ? AND received_at >= ?"
    named = {sha for (said,) in database.read(sql, (events.HANDED_OFF, since)) for sha in plain(said)["files"].split()}
    kept = database.read(f"SELECT sha256 FROM attachment WHERE sha256 IN {LISTED}", (listed(named),))
    for sha256 in files.whole(named - {sha for (sha,) in kept}):
        _drop(database, files, sha256)


def _hand_off(
    database: CityDatabase, catalogue: Catalogue, files: FileStore, record_id: str, due: str, now: str
) -> int:
    with database.write(CITY) as tx:
        found = citys.locked(tx, record_id)
        if found is None or not (edits := _gone(catalogue.get(found.record.service), found.record)):
            return 0
        [(last,)] = tx.execute("SELECT at FROM record WHERE id = ?", (record_id,)).fetchall()
        if last > due:  # somebody took a step since it was looked for
            return 0
        deleted = _forget(tx, record_id, now)
        ops = spend(tx, tx.execute(OPS, (record_id,)).fetchall())
        citys.put(tx, catalogue, found, edits, now, tells=False)
        receipt = {"ops": str(ops), "answers": str(len(edits)), "files": " ".join(deleted)}
        told = Happened(f"handed-off/{record_id}/{found.record.rev}", events.HANDED_OFF, record_id, now, receipt)
        events.keep(tx, [told], Person(CITY, "", frozenset()), citys.DEVICE, now)
    for sha256 in deleted:
        _drop(database, files, sha256)
    return 1


def _drop(database: CityDatabase, files: FileStore, sha256: str) -> None:
    """Delete a file, unless another record names it since it was looked."""
    files.drop(sha256, lambda: bool(database.read("SELECT 1 FROM attachment WHERE sha256 = ? LIMIT 1", (sha256,))))


def _gone(service: Service, record: Record) -> Edits:
    """The edits that leave nothing but what stays; none where that was done, or where its state is another one."""
    if record.state not in service.privacy.handed_off:  # it was looked for with LIKE, to which `_` is any character
        return {}
    gone = {path: None for path in record.fields if path not in STAYS and not path.startswith((ISSUED, VOIDED))}
    return {**gone, TITLE: service.title.text(record.get(LANG) or "en")} if gone else {}


def _forget(tx: Transaction, record: str, now: str) -> list[str]:
    """Take out what lies beside the history: versions that clashed, and files; those that no other record names."""
    settle = "UPDATE conflict SET settled_by = ?, settled_at = ? WHERE record = ? AND settled_by = ''"
    tx.execute(settle, (CITY, now, record))
    tx.execute("UPDATE conflict SET base = '', mine = '', theirs = '' WHERE record = ?", (record,))
    named = [sha for (sha,) in tx.execute("SELECT sha256 FROM attachment WHERE record = ?", (record,)).fetchall()]
    tx.execute("DELETE FROM attachment WHERE record = ?", (record,))
    shared = {sha for (sha,) in tx.execute(SHARED, (record, listed(named)))}
    return sorted(set(named) - shared)
