"""A table on paper: tagged PDF (PDF/UA-1), across the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fieldapp.documents.city import city
from fieldapp.documents.typesetting import typeset
from fieldapp.texts import language, tr


def sheet_paper(title: str, as_of: str, columns: Sequence[str], rows: Sequence[Sequence[str]], over: str) -> bytes:
    """`rows` below `columns` as PDF, in the language of the moment; `over` stands above the table."""
    sheet = {"columns": list(columns), "rows": [list(row) for row in rows]}
    part: dict[str, Any] = {"title": over, "words": "", "picture": None, "sheet": sheet, "notes": []}
    told = {
        "language": language(),
        "flipped": True,
        "city": city().name.text(language()),
        "title": title,
        "period": as_of,
        "page": tr("Page"),
        "footer": f"{title} · {as_of}",
        "summary": [],
        "parts": [part],
    }
    return typeset("year_report.typ", told, named="report")
