"""An order begins once after a visit: a visit that was returned and handed in again does not begin a second one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.actions import begin_after, begun_before, discard, start
from fieldapp.records import PARENT, Record
from sync.practice.people import TREMBLAY
from tests.support.session import close, make_session
from ui.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = make_session(tmp_path, TREMBLAY)
    yield made
    close(made)


def visit(session: Session, number: str = "v1") -> Record:
    """A visit with one line that failed, for which an order is needed."""
    above = start(session.desk, "bylaw-complaint")
    fields = {
        PARENT: above.id,
        "outcome/order_needed": "s12_2",
        "checklist/check[k2]": "1",
        "checklist/check[k2]/k_result": "fail",
        "checklist/check[k2]/k_found": "Hanger missing",
    }
    return Record(number, "building-inspection", "1", 1, fields)


def test_a_corrected_visit_does_not_order_twice(session: Session) -> None:
    done = visit(session)
    order = begin_after(session.desk, done, "submit")
    assert order is not None
    assert begin_after(session.desk, done, "resubmit") is None
    before = begun_before(session.desk, done, "resubmit")
    assert before is not None
    assert before.id == order.id


def test_where_the_first_was_discarded_it_begins_again(session: Session) -> None:
    done = visit(session)
    order = begin_after(session.desk, done, "submit")
    assert order is not None
    discard(session.desk, order.id)
    assert begin_after(session.desk, done, "resubmit") is not None


def test_another_visit_of_the_same_permit_orders_for_itself(session: Session) -> None:
    done = visit(session)
    assert begin_after(session.desk, done, "submit") is not None
    other = Record("v2", done.service, "1", 1, dict(done.fields))
    assert begin_after(session.desk, other, "submit") is not None
