"""Where one was in a record's form, kept for the next time it is opened. A help, no answer: where it cannot be written,
the work goes on."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from fieldapp.errors import FieldAppError
from ui.session import Session

SECTION = "form.section."  # setting


def kept_place(session: Session, record_id: str) -> str:
    """Where one was, "" for a form that was never left."""
    return session.store.setting(SECTION + record_id)


def keep_place(session: Session, record_id: str, place: str) -> None:
    """Note where one is; "" forgets it."""
    with suppress(FieldAppError):
        session.saved(partial(session.store.keep_setting, SECTION + record_id, place))
