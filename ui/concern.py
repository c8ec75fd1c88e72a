"""Whether a commit concerns a page: sync may bring thousands of records that a page does not show."""

from __future__ import annotations

from collections.abc import Callable, Collection

from fieldapp.store import Row, Touched
from ui.session import Session


def concerns(session: Session, touched: Touched, shown: Collection[str], belongs: Callable[[Row], bool]) -> bool:
    """Whether `touched` holds a record that is shown, or one that `belongs` on the page now."""
    if not touched.records.isdisjoint(shown):
        return True
    lines = (session.store.row(record) for record in touched.records)
    return any(belongs(line) for line in lines if line is not None)


def kind_of(session: Session, line: Row) -> str:
    """The kind of a record's state; "" where this FieldApp does not know its service or state."""
    if line.service not in session.catalogue:
        return ""
    states = session.catalogue.get(line.service).states
    return next((state.kind for state in states if state.id == line.state), "")
