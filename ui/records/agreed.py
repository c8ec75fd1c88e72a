"""What a resident agreed to at the counter, in words: when, by whose hand, and what they were shown."""

from __future__ import annotations

from datetime import date

from fieldapp.counter.agreement import RESIDENT, Agreement, agreements
from fieldapp.records import AGREED, Record
from fieldapp.texts import tr
from ui.days import moment


def lines(record: Record, today: date) -> list[tuple[str, str]]:
    """Label and value of each agreement, oldest first."""
    return [(_label(one, today), one.words) for one in agreements(record.fields)]


def label_of(path: str) -> str:
    """What such a field is called, "" for any other path."""
    return tr("Agreed to by the resident") if path.startswith(AGREED) else ""


def _label(one: Agreement, today: date) -> str:
    hand = tr("by their own hand") if one.by == RESIDENT else tr("as they told the clerk")
    return f"{moment(one.at, today)} · {hand}"
