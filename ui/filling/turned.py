"""A visit that ended otherwise than it was meant to, as "No access", is held back for a moment: the message that says
so takes it back, and every answer is there as before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fieldapp.actions.bulk import HELD
from fieldapp.errors import FieldAppError
from fieldapp.records import Record
from fieldapp.texts import tr
from ui.drafts import DRAFT
from ui.filling.telling import told
from ui.held import say_with_undo
from ui.page import Page
from ui.review.reason_panel import ReasonPanel
from ui.session import Session
from ui.titles import title_of


def held(session: Session, record_id: str, take: Callable[[], Record]) -> Record:
    """Take the step, and let nothing of the record leave so long as the way back is offered."""
    departures = session.store.departures
    departures.hold([record_id], HELD)
    try:
        return session.saved(take)
    except FieldAppError:
        departures.let_go([record_id])
        raise


def say_turned(page: Page, before: Record, done: Record, step: str, reason: str, back: str) -> None:
    """Say what it came to, with the way back."""
    change = page.session.store.history(done.id)[-1].change.id
    undo = partial(_undo, page, before, change, ReasonPanel.about(done.id, step), reason, back)
    say_with_undo(page, page.session, told(page.session, done, turn=True), undo)


def _undo(page: Page, before: Record, change: str, about: str, reason: str, back: str) -> None:
    """It was a slip: the form is open again, and the reason there to go on with."""
    session = page.session
    if not session.saved(partial(session.store.take_up, change, before.state)):
        session.say(tr("It is with the City already: what was decided stands."))
        return
    session.store.departures.let_go([before.id])
    session.saved(partial(session.store.keep_setting, DRAFT + about, reason))
    session.say(tr("Taken back: {title}", title=title_of(session.desk, before)))
    page.navigate("form", record=before.id, back=back)
