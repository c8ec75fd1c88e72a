"""What stands above a form: whose it is, and the steps by which this person may leave it."""

from __future__ import annotations

from fieldapp.actions import may_edit, offered
from fieldapp.records import ADDRESS, Record
from fieldapp.services import Transition
from fieldapp.texts import language
from ui.forms import Heading
from ui.session import Session
from ui.titles import title_of


def ways_out(session: Session, record_id: str) -> tuple[Transition | None, Transition | None]:
    """The step that submits, and the one other way out that this person has, such as “No access”."""
    record = session.store.record(record_id) if record_id else None
    if record is None or not may_edit(session.desk, record):
        return None, None
    mine = offered(session.desk, record)
    submit = next((step for step in mine if step.needs_complete_form), None)
    return submit, next((step for step in mine if step.author_only and not step.needs_complete_form), None)


def heading_of(session: Session, record: Record) -> Heading:
    """Of a record as it stands in the store now."""
    record = session.store.record(record.id) or record
    service = session.desk.service_of(record)
    submit, other = ways_out(session, record.id)
    crumbs = [service.title.text(language()), record.reference, record.get(ADDRESS)]
    return Heading(
        title=title_of(session.desk, record).split(" · ")[0],
        breadcrumb=" · ".join(filter(None, crumbs)),
        submit=submit.title.text(language()) if submit else "",
        secondary=other.title.text(language()) if other else "",
    )


def awaited(session: Session, record: Record) -> str:
    """The question whose answer the one step that comes next waits for, as “Has it been served?” of an order that was
    issued; "" while the record is being made, and where there is no such question."""
    service = session.desk.service_of(record)
    steps = [one for one in service.transitions if record.state in one.from_ and one.needs_complete_form]
    mine = [one for one in steps if one.roles & session.person.roles]
    if record.state == service.first_state or len(mine) != 1 or mine[0].fits(record.fields):
        return ""
    return mine[0].question
