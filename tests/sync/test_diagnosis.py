"""A diagnosis tells IT what is wrong, and nobody who it is about."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp import logs
from fieldapp.errors import RefusedError
from fieldapp.recent import Recent
from fieldapp.records import ADDRESS, ALIAS, ASSIGNEE, AUTHOR, REASON, STATE, TITLE, Person
from sync.diagnosis import diagnosis
from sync.network import Step
from sync.status import ProofOfSync, SyncState, SyncStatus
from tests.support.logbook import as_before
from tests.support.session import close, make_session, settled
from tests.support.store import make_change
from ui.session import Session

PLANTED = {
    TITLE: "Deck of Philomena Quartermaine",
    ADDRESS: "77 Zebulon Crescent",
    ALIAS: "HAM-TOUGH-07-261123-041",
    REASON: "the tenant Ottoline complained",
    "person/first_name": "Philomena",
    "person/phone": "905-555-0188",
    "person/email": "philomena.q@example.org",
    "note": "the key is under the blue pot",
}
HIDDEN = [
    *PLANTED.values(),
    "wrenlow",
    "Marguerite",
    "Quartermaine",
    "philomena",
    "555-0188",
    "s3cr3t-token",
    "/home",
]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = make_session(tmp_path, Person("m.wrenlow", "Marguerite Wrenlow", frozenset({"inspector"})))
    yield made
    close(made)


def at_work(session: Session) -> SyncStatus:
    """Personal data wherever there is any; what was refused names a person too."""
    me = session.person.id
    fields = {STATE: "submitted", AUTHOR: me, ASSIGNEE: me, **PLANTED}
    session.store.commit(make_change(edits=fields, actor=me, principal=me), seal=True)
    settled(session, "rejected", code="incomplete", message="“Philomena” is no phone number of 77 Zebulon Crescent")
    session.store.commit(make_change(edits=fields, actor=me, principal=me), seal=True)
    settled(session, "rejected", code="said Philomena", message="x")
    at = "2026-11-23T13:47:00.000Z"
    buckets = {"ward:08": (1, 2), f"assigned:{me}": (3, 4)}
    proof = ProofOfSync(at, at, "1", results={"rejected": 2}, here=buckets, city=buckets, clock_ahead=1.5)
    return SyncStatus(SyncState.TROUBLE, message="Ottoline said no", last_ok=at, proof=proof)


def refuse() -> None:
    raise RefusedError("Philomena Quartermaine may not")


def some_events() -> Recent:
    """Errors whose words and values name people."""
    recent = Recent()
    logger = logging.getLogger("sync.worker")
    logger.addHandler(recent)
    try:
        logger.warning("no copy of %s was made: %s", "Philomena", "/home/m.wrenlow/store.db")
        logging.getLogger("sync.worker").error("token refused: %s", "s3cr3t-token")
        try:
            refuse()
        except RefusedError:
            logger.exception("the sync cycle failed")
    finally:
        logger.removeHandler(recent)
    return recent


def test_nothing_personal_is_in_it(session: Session) -> None:
    status = at_work(session)
    steps = [Step("name", "Find", good=True, seconds=0.01, found="gateway.philomena.example is 10.0.0.1")]
    text = diagnosis(session.desk, status, some_events().events(), steps=steps)
    for hidden in HIDDEN:
        assert hidden.lower() not in text.lower(), hidden


def test_it_tells_what_it_needs(session: Session) -> None:
    text = diagnosis(session.desk, at_work(session), some_events().events(), more=["Qt 6"])
    for told in (
        "FieldApp 0",
        "Qt 6",
        "bulk-pickup submitted: 2",
        "incomplete 1",
        "state: trouble",
        "ward:08: here 1 / 0000000000000002",
        "assigned: here 3",
        "clock ahead by 1.5 s",
        "the sync cycle failed RefusedError",
        "no copy of %s was made: %s",
    ):
        assert told.lower() in text.lower(), told


def test_only_the_newest_events_are_kept() -> None:
    recent = Recent()
    for n in range(80):
        recent.handle(logging.LogRecord("sync.x", logging.WARNING, "", 0, f"event {n}", (), None))
    assert [event.what for event in recent.events()][-1] == "event 79"
    assert len(recent.events()) == 50


def test_a_foreign_librarys_words_are_left_out() -> None:
    recent = Recent()
    recent.handle(logging.LogRecord("urllib3.pool", logging.WARNING, "", 0, "GET /v1/person/philomena", (), None))
    assert recent.events()[0].what == ""


def test_the_programs_own_log_puts_nothing_personal_into_it(tmp_path: Path) -> None:
    with as_before():
        logs.keep(tmp_path / "fieldapp.log")
        events = some_events().events()
    assert [(one.what, one.kind) for one in events] == [
        ("no copy of %s was made: %s", ""),
        ("token refused: %s", ""),
        ("the sync cycle failed", "RefusedError"),
    ]
    assert events[-1].through
