"""The store's schema, as numbered steps. Each runs in a transaction with its own record; an old file is copied first.

A new step is a new function with the next number; a step that has been released never changes.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.clock import SystemClock
from fieldapp.store.booked_days import MARK, days_in
from fieldapp.store.booked_days import TABLE as BOOKED
from fieldapp.store.durable import PART, make_folder, sync_folder
from fieldapp.store.schema import JOURNAL, NUMBERS, RECORDS
from fieldapp.store.sqlcipher import Connection, utils

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

BACKUPS = "backups"


def m0001_records_and_journal(db: Database) -> None:
    """The first schema."""
    for statement in (RECORDS + ";" + JOURNAL).split(";\n"):
        db.execute(statement)


def m0002_about_answers(db: Database) -> None:
    """What the City said beside a refusal: the path of the answer, and who wrote its own values when."""
    db.execute("ALTER TABLE journal ADD COLUMN about TEXT NOT NULL DEFAULT '{}'")


def m0003_buckets_of_all_kinds(db: Database) -> None:
    """How far a bucket is that comes by id; and what the City hands out besides records.

    From here on `record.bucket` names all the buckets that a record is in (membership.py)."""
    db.execute("ALTER TABLE bucket ADD COLUMN as_of INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE bucket ADD COLUMN after TEXT NOT NULL DEFAULT ''")
    db.execute(
        """
        CREATE TABLE handout (
            bucket TEXT NOT NULL,
            id TEXT NOT NULL,
            kind TEXT NOT NULL,             -- form, table, layer; what is not known here too; "" for a record
            rev INTEGER NOT NULL,
            fp INTEGER NOT NULL,
            known INTEGER NOT NULL,         -- 0: this FieldApp cannot read it; kept for a newer one
            stale INTEGER NOT NULL,         -- as in `record`
            raw TEXT NOT NULL,              -- the row as it came
            PRIMARY KEY (bucket, id)
        ) STRICT, WITHOUT ROWID
        """
    )


def m0004_official_numbers(db: Database) -> None:
    """Blocks of official numbers that the City has reserved for this laptop, and the numbers taken out of them."""
    for statement in NUMBERS.split(";\n"):
        db.execute(statement)


def m0005_faulty_files(db: Database) -> None:
    """Files that cannot be read here are set aside, so that the others go on; "" for a sound one."""
    db.execute("ALTER TABLE blob ADD COLUMN fault TEXT NOT NULL DEFAULT ''")
    db.execute("DROP INDEX blob_queue")
    db.execute("CREATE INDEX blob_queue ON blob (sha256) WHERE confirmed = 0 AND fault = ''")


def m0006_links_that_the_city_checks(db: Database) -> None:
    """The name of this journal's chain, and whether the City knows that a Change was given up before it took it."""
    db.execute("ALTER TABLE chain ADD COLUMN name TEXT NOT NULL DEFAULT ''")
    db.execute("UPDATE chain SET name = lower(hex(randomblob(8)))")
    db.execute("ALTER TABLE journal ADD COLUMN told INTEGER NOT NULL DEFAULT 0")
    db.execute("UPDATE journal SET told = 1 WHERE state IN ('replaced', 'withdrawn')")
    db.execute("CREATE INDEX journal_untold ON journal (seq) WHERE told = 0 AND state IN ('replaced', 'withdrawn')")


def m0007_what_people_did_beside_changes(db: Database) -> None:
    """A log that only grows: what was shown to whom, what left this laptop. Never a value of an answer."""
    db.execute(
        """
        CREATE TABLE event (
            n INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            person TEXT NOT NULL,
            record TEXT NOT NULL,
            at TEXT NOT NULL,
            detail TEXT NOT NULL,           -- canonical JSON
            told INTEGER NOT NULL DEFAULT 0 -- whether the City has it
        ) STRICT
        """
    )
    db.execute("CREATE INDEX event_untold ON event (n) WHERE told = 0")
    for act in ("DELETE ON event", "UPDATE OF n, id, kind, person, record, at, detail ON event"):
        name = act.split()[0].lower()
        db.execute(f"CREATE TRIGGER event_no_{name} BEFORE {act} BEGIN SELECT RAISE(ABORT, 'the log only grows'); END")


def m0008_with_a_supervisor(db: Database) -> None:
    """Changes that wait for a supervisor's decision."""
    db.execute("CREATE INDEX journal_referred ON journal (record) WHERE state = 'referred'")


def m0009_official_numbers_are_found(db: Database) -> None:
    """The search index gets the official numbers of the records that have one."""
    db.execute("INSERT OR IGNORE INTO unindexed SELECT n FROM record WHERE instr(fields, '\"@issued/') > 0")


def m0010_days_of_the_calendar(db: Database) -> None:
    """The day's list of appointments is read by an index."""
    for statement in BOOKED.split(";"):
        db.execute(statement)
    found = db.execute("SELECT n, fields FROM record WHERE instr(fields, ?) > 0", (MARK,)).fetchall()
    db.conn.executemany("INSERT INTO booked VALUES (?, ?)", [(day, n) for n, text in found for day in days_in(text)])


def m0011_phones_are_found(db: Database) -> None:
    """A telephone number is found however it was written, and by its last digits."""
    db.execute("INSERT OR IGNORE INTO unindexed SELECT n FROM record WHERE instr(fields, 'phone\"') > 0")


STEPS: tuple[Callable[[Database], None], ...] = (
    m0001_records_and_journal,
    m0002_about_answers,
    m0003_buckets_of_all_kinds,
    m0004_official_numbers,
    m0005_faulty_files,
    m0006_links_that_the_city_checks,
    m0007_what_people_did_beside_changes,
    m0008_with_a_supervisor,
    m0009_official_numbers_are_found,
    m0010_days_of_the_calendar,
    m0011_phones_are_found,
)
LATEST = len(STEPS)


def bring_up_to_date(writer: Connection, folder: Path, version: int) -> None:
    """Run the steps that this file lacks. A file that exists already is copied to `backups` before the first."""
    if version:
        _copy(writer, folder, version)
    _numbered().apply(utils(writer))


def _numbered() -> Migrations:
    from sqlite_utils import Migrations

    steps = Migrations("store")
    for number, step in zip(itertools.count(1), STEPS, strict=False):
        steps(name=step.__name__)(_numbering(step, number))
    return steps


def _numbering(step: Callable[[Database], None], number: int) -> Callable[[Database], None]:
    """`step`, and its number as the file's user_version in the same transaction."""

    def run(db: Database) -> None:
        step(db)
        db.execute(f"PRAGMA user_version = {number}")

    return run


def _copy(writer: Connection, folder: Path, version: int) -> None:
    """It gets its name when it is whole and on the disk: an older program may go back to it (`returning`)."""
    backups = folder / BACKUPS
    make_folder(backups)
    part = backups / f"new{PART}"
    part.unlink(missing_ok=True)
    writer.execute("VACUUM INTO ?", (str(part),))
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(backups / f"before-v{LATEST}-was-v{version}-{SystemClock().now():%Y%m%d-%H%M%S}.db")
    sync_folder(backups)
