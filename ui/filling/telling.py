"""What is said when a step was taken: that it is saved, and the official number that it issued; and which paper bears
that number now, to be printed on the spot."""

from __future__ import annotations

from fieldapp.actions import begin_after, begun_before, issued
from fieldapp.actions.issuing import papers
from fieldapp.errors import FieldAppError
from fieldapp.records import Record
from fieldapp.texts import language, tr
from ui.session import Session
from ui.titles import title_of


def told(session: Session, done: Record, *, turn: bool = False) -> str:
    """That `done` is saved here, and its official numbers; of one that only the City can give, that it follows.

    Of a `turn`, a step that had a reason, also what it came to: "No access" is not the visit that one meant to make.
    """
    service, title = session.desk.service_of(done), title_of(session.desk, done)
    if turn:
        title += " · " + service.state(done.state).title.text(language())
    said = [tr("{title} · saved on this laptop", title=title)]
    for one in issued(session.desk.service_of(done), done):
        none = tr("{name}: none is left on this laptop, the City gives the final one", name=one.name)
        said.append(f"{one.name}: {one.number}" if one.number else none)
    return " · ".join(said)


def paper_made(session: Session, before: Record, done: Record) -> str:
    """The paper that may be issued since the step because it has its official number now: an order. "" for none."""
    had = {rule.id for rule in papers(session.desk, before)}
    return next((rule.id for rule in papers(session.desk, done) if rule.number and rule.id not in had), "")


def next_record(session: Session, done: Record, step: str) -> Record | None:
    """What begins after the step, with what is known from it: the order that a visit asks for. None for nothing."""
    try:
        begun = session.saved(lambda: begin_after(session.desk, done, step))
    except FieldAppError as error:
        session.say(str(error))
        return None
    if begun is None and (before := begun_before(session.desk, done, step)) is not None:
        title = title_of(session.desk, before)
        session.say(tr("{title} was made from this record before. See whether it still fits.", title=title))
    return begun
