"""A made-up city of 200,000 records on one laptop: built once by the store's own code, kept outside the repository.

The same for the same number; an inspector's day of some twelve visits stands out of it, whichever day it is measured.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fieldapp.clock import SystemClock, stamp
from fieldapp.paths import Home
from fieldapp.records import LANG, Person
from fieldapp.services import Catalogue
from fieldapp.store import RemoteRow, Store, bucket_of, card
from fieldapp.store.migrations import STEPS
from sync.sign_in.safe import NAME
from sync.sign_in.tokens import Registration, Tokens
from tests.support.store import KEY, PERSON, make_row

RECORDS = 200_000
PAGE = 5_000
DAYS = 100  # over which visits are planned, from the day on which it is built
PLANNED = 160  # each so manyth record is a visit of the one who looks: some twelve a day
DEVICE = "BENCH-01"
WARDS = frozenset(f"{ward:02d}" for ward in range(1, 16))
GATEWAY = "http://127.0.0.1:9"  # where nobody answers: laptops start without a network
CLIENT = "fieldapp"
OTHERS = ("a.diaz", "k.nowak", "s.roy", "")


def large_city(records: int = RECORDS) -> Path:
    """The folder of `FIELDAPP_HOME` whose city `bench` holds the store of m.tremblay; built now if it is not there."""
    day = datetime.now(UTC).date()
    kept = Path(tempfile.gettempdir()) / f"fieldapp-bench-{records}-{len(STEPS)}-{day}"
    if not kept.exists():
        for older in kept.parent.glob(f"fieldapp-bench-{records}-*"):
            shutil.rmtree(older)
        half = kept.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        _build(Home(half / "bench"), records, day.isoformat())
        half.rename(kept)
    return kept


def opened(home: Home) -> Store:
    """The store of who looks."""
    return Store.open(home.store(PERSON), KEY, clock=SystemClock(), device=DEVICE, guide=Catalogue.of(home))


def _build(home: Home, records: int, first: str) -> None:
    store = opened(home)
    card.write(home.store(PERSON), card.Card(PERSON, keyring=True, wrapped=None))
    me = Person(PERSON, "M. Tremblay", frozenset({"inspector"}), WARDS, "Inspector")
    store.people.introduce(me, {PERSON: me.name})
    store.keep_setting(NAME, _sign_in().text())
    fill(store, records, first)
    store.close()


def fill(store: Store, records: int, first: str) -> None:
    """Let the city's records arrive, with the index brought up to date; visits begin on the day `first`."""
    buckets: dict[str, list[RemoteRow]] = {}
    for row in (_row(n, first) for n in range(records)):
        buckets.setdefault(bucket_of(row.fields), []).append(row)
    for bucket, rows in buckets.items():
        for start in range(0, len(rows), PAGE):
            store.exchange.apply_page(bucket, rows[start : start + PAGE], start + PAGE)
    store.tidy()


def _sign_in() -> Tokens:
    """One of long ago, which is renewed at the next sync."""
    then = "2026-01-01T08:00:00.000Z"
    return Tokens(Registration(GATEWAY, CLIENT), PERSON, "access", "refresh", then, then, since=then)


def _row(n: int, first: str) -> RemoteRow:
    """The n-th: a visit of who looks, or somebody else's record."""
    if n % PLANNED:
        return make_row(n, assignee=OTHERS[n % 4], planned="")
    day = datetime.fromisoformat(first).replace(tzinfo=UTC) + timedelta(days=n // PLANNED % DAYS, hours=14)
    row = make_row(n, assignee=PERSON, planned=stamp(day), state="planned")
    fields = {**row.fields, LANG: "en"}
    return RemoteRow(row.id, row.rev, "building-inspection", row.form_version, fields, at=row.at)
