"""All home? In the evening: what is with the City, what is not and why; orders that nobody was given yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.actions import answer, take
from fieldapp.machine import Battery
from fieldapp.records import ISSUED
from sync.homecoming import checks
from sync.leaving import BAD, OK, WARN, Check, Facts
from sync.status import SyncState, SyncStatus
from tests.support.session import close, make_session, settled
from tests.support.store import make_change
from tests.ui.filling.test_on_the_spot import reserved, written
from ui.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = make_session(tmp_path)
    yield made
    close(made)


def line(session: Session, what: str, state: SyncState = SyncState.IDLE) -> Check:
    """What the evening says of one thing."""
    facts = Facts(SyncStatus(state), Battery(90, plugged=True), 9 << 30, None)
    return next(one for one in checks(session.desk, facts) if one.what == what)


def sealed(session: Session) -> None:
    """Work that waits to be sent."""
    session.store.commit(make_change(actor=session.person.id, principal=session.person.id), seal=True)


def test_a_day_without_anything_open_is_all_home(session: Session) -> None:
    facts = Facts(None, None, None, None)
    assert {one.kind for one in checks(session.desk, facts)} == {OK}


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (SyncState.OFFLINE, "no network"),
        (SyncState.NEEDS_LOGIN, "sign-in has ended"),
        (SyncState.BUSY, "does not take it now"),
        (SyncState.PUSHING, "on its way"),
    ],
)
def test_what_is_not_sent_says_why(session: Session, state: SyncState, why: str) -> None:
    sealed(session)
    found = line(session, "The day's work with the City", state)
    assert (found.kind, found.found) == (WARN, "1 change waits")
    assert why in found.todo


def test_what_the_city_refused_needs_a_person(session: Session) -> None:
    sealed(session)
    settled(session, "rejected", code="state", message="It was submitted already.")
    assert line(session, "Needs you").kind == BAD


def test_photos_count_once_the_city_verified_them(session: Session) -> None:
    photo = session.store.blobs.put(b"photo", "image/png")
    me = session.person.id
    session.store.commit(make_change(actor=me, principal=me, attachments=(photo,)), seal=True)
    assert line(session, "Photos verified at the City").kind == WARN
    session.store.blobs.confirmed(photo.sha256)
    found = line(session, "Photos verified at the City")
    assert (found.kind, found.found) == (OK, "1 photo")


def test_an_order_that_nobody_was_given_is_named_by_its_number(session: Session) -> None:
    reserved(session.desk)
    order = written(session.desk)
    assert "not handed in" in line(session, "Forms that you began").found
    take(session.desk, order.id, "issue")
    assert session.desk.record(order.id).get(ISSUED + "building_order")
    found = line(session, "Orders and notices")
    assert (found.kind, found.found) == (WARN, f"1 is not served: {order.reference}")
    answer(session.desk, order.id, {"service/is_served": "yes"})
    assert "Orders and notices" not in [one.what for one in checks(session.desk, Facts(None, None, None, None))]
