"""A notice in words, and where it leads."""

from __future__ import annotations

from fieldapp.errors import ServiceError
from fieldapp.notices import GIVEN, LATE, REFUSED, RETURNED, Notice, field_of
from fieldapp.texts import language, plural, tr
from ui.session import Navigate, Session
from ui.titles import title_of_row
from ui.widgets import Row

ICONS = {RETURNED: "undo-2", REFUSED: "circle-alert", GIVEN: "user-check", LATE: "timer"}


def heading(kind: str) -> str:
    """What the notices of a kind have in common."""
    return {
        RETURNED: tr("Returned to you"),
        REFUSED: tr("The City could not take it"),
        GIVEN: tr("Given to you"),
        LATE: tr("Past its clock, waiting for review"),
    }[kind]


def row_of(session: Session, notice: Notice, *, first: bool) -> Row:
    """Its line in the list; `first` of its kind."""
    row = notice.row
    try:
        kind = session.catalogue.get(row.service).title.text(language())
    except ServiceError:
        kind = row.service
    below = " · ".join(part for part in (row.reference, kind, row.address) if part)
    name = title_of_row(session.desk, row) or row.address or row.reference
    chip = None if notice.read else (tr("New"), "pri")
    caption = heading(notice.kind) if first else ""
    return Row(notice.key, name, below, icon=ICONS[notice.kind], chip=chip, caption=caption)


def told(fresh: list[Notice]) -> str:
    """What the system says of new ones: how many of which kind, and nothing of what is in them."""
    numbers = {kind: sum(one.kind == kind for one in fresh) for kind in ICONS}
    said = {
        RETURNED: plural(numbers[RETURNED], "{n} record was returned to you.", "{n} records were returned to you."),
        REFUSED: plural(numbers[REFUSED], "{n} record needs you.", "{n} records need you."),
        GIVEN: plural(numbers[GIVEN], "{n} record was given to you.", "{n} records were given to you."),
        LATE: plural(numbers[LATE], "{n} record is past its clock.", "{n} records are past their clocks."),
    }
    return " ".join(words for kind, words in said.items() if numbers[kind])


def follow(session: Session, navigate: Navigate, notice: Notice) -> None:
    """Go to where it is dealt with: the very answer where there is one."""
    record = notice.row.id
    if notice.kind == RETURNED:  # the form opens at the answer that it was returned for
        navigate("form", record=record, back="notices")
    elif notice.kind == LATE:
        navigate("review", record=record)
    elif notice.kind == REFUSED:
        where = field_of(session.desk, notice)
        navigate("form", record=record, back="sync", **where) if where else navigate("sync")
    else:
        navigate("records", record=record)
