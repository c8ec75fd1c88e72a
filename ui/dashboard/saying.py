"""Panels as one reads them: weeks and months as people say them, in the language on screen."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from fieldapp.records import Record
from fieldapp.reports.board import Panel
from ui import days
from ui.records.answers import Reader
from ui.session import Session

_WEEK = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_MONTH = re.compile(r"^\d{4}-\d{2}(?![-\d])")


class Answers:
    """What values are called in the forms they were given in: "Detached house" for `house`. A form is read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._readers: dict[str, Reader] = {}

    def __call__(self, service: str, path: str, value: str) -> str:
        """The label of a value; the value itself where the form has none."""
        if service not in self._session.catalogue:
            return value
        if service not in self._readers:
            version = self._session.catalogue.get(service).form_version
            self._readers[service] = Reader(self._session, Record("", service, version, 0, {}))
        return self._readers[service].value(path, value) or value


def said(panel: Panel, day: date) -> Panel:
    """The same panel: "2026-11-23" is "23 Nov", "2026-11 · Ward 2" is "Nov 2026 · Ward 2"."""
    return replace(panel, lines=tuple(replace(line, label=_label(line.label, day)) for line in panel.lines))


def _label(text: str, day: date) -> str:
    if _WEEK.match(text):
        return days.short(date.fromisoformat(text), day)
    return _MONTH.sub(lambda found: days.spoken(date.fromisoformat(f"{found[0]}-01"), "MMM yyyy"), text)
