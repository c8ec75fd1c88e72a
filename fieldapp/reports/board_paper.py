"""The dashboard on paper: tagged PDF (PDF/UA-1) with a picture and a table for each panel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fieldapp.documents.city import city
from fieldapp.documents.typesetting import typeset
from fieldapp.reports.board import Line, Panel
from fieldapp.reports.here import Figures
from fieldapp.texts import language, tr

LARGEST = 15  # bars of one picture: the table below it has all


def board_paper(found: Figures, panels: Sequence[Panel]) -> bytes:
    """The panels as PDF, in the language in which they were made."""
    period = tr("From {first} to {last}", first=found.first.isoformat(), last=found.last.isoformat())
    told = {
        "language": language(),
        "city": city().name.text(language()),
        "title": tr("Dashboard"),
        "period": period,
        "page": tr("Page"),
        "footer": period,
        "summary": [summary(found), tr("Counted from the records on one laptop.")],
        "parts": [_part(one) for one in panels if one.lines],
    }
    return typeset("year_report.typ", told, named="report")


def summary(found: Figures) -> str:
    """How things stand, in one line."""
    now = found.standing
    return tr("{n} open, {late} late, {today} due today", n=now.open, late=now.terms["late"], today=now.terms["today"])


def _part(panel: Panel) -> dict[str, Any]:
    rows = [[line.label, *map(panel.told, line.values)] for line in panel.lines]
    sheet = {"columns": [panel.of, *panel.columns], "rows": rows}
    words = tr("The line in each bar: {column}", column=panel.columns[1]) if panel.drawn > 1 else ""
    notes = [panel.note] if panel.note else []
    return {"title": panel.title, "words": words, "picture": _picture(panel), "sheet": sheet, "notes": notes}


def _picture(panel: Panel) -> dict[str, Any]:
    shown = panel.lines[-LARGEST:] if panel.id == "throughput" else panel.lines[:LARGEST]
    most = 1 if panel.share else max((value or 0 for line in shown for value in line.values[: panel.drawn]), default=0)
    bars = [_bar(panel, line, most or 1) for line in shown]
    told = "; ".join(f"{bar['label']}: {bar['value']}" for bar in bars)
    return {"alt": tr("Bars. {title}: {told}", title=panel.title, told=told), "bars": bars}


def _bar(panel: Panel, line: Line, most: float) -> dict[str, Any]:
    value = " / ".join(panel.told(one) for one in line.values[: panel.drawn])
    mark = {"mark": (line.values[1] or 0) / most} if panel.drawn > 1 else {}
    return {"label": line.label, "share": (line.values[0] or 0) / most, "value": value, **mark}
