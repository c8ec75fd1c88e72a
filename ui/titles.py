"""A record's title in the language on screen, its days as people say them. What is stored is in the record's own
language, for the resident."""

from __future__ import annotations

from fieldapp.actions import Desk, open_form
from fieldapp.clock import today
from fieldapp.errors import FieldAppError
from fieldapp.records import LANG, TITLE, Fields, Record
from fieldapp.services.derived import title
from fieldapp.store import Row
from fieldapp.texts import language
from ui.days import in_words


def title_of(desk: Desk, record: Record) -> str:
    """The title as the service makes it from the answers, in the language on screen."""
    service = desk.service_of(record)
    if record.get(LANG) == language():
        made = record.get(TITLE) or service.title.text(language())
    else:
        made = title(service, _answers(desk, record), language())
    return in_words(made, today(desk.clock))


def title_of_row(desk: Desk, row: Row) -> str:
    """The same for a line of a list; what a newer version of its service made keeps the title that is stored."""
    record = desk.store.record(row.id) if row.service in desk.catalogue else None
    if record is None or record.get(LANG) in ("", language()):
        return in_words(row.title, today(desk.clock))
    try:
        return title_of(desk, record)
    except FieldAppError:
        return row.title


def _answers(desk: Desk, record: Record) -> Fields:
    """The answers with what the form computes; a record that was submitted holds that already."""
    if not desk.service_of(record).state(record.state).editable:
        return record.fields
    try:
        return {**record.fields, **open_form(desk, record).answers()}
    except FieldAppError:
        return record.fields
