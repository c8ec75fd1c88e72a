"""A record's audit trail on paper: tagged PDF (PDF/UA-1), a line a change, and what the check of the chains found."""

from __future__ import annotations

from collections.abc import Sequence

from fieldapp.documents.city import city
from fieldapp.documents.typesetting import typeset
from fieldapp.texts import language, tr


def trail_paper(reference: str, printed: str, found: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The trail of the record `reference`. `rows` say who, what, where, when by the laptop, when by the City, and in
    which form, oldest first; `found` is what the checks said."""
    columns = [tr("Who"), tr("What"), tr("Device"), tr("Laptop's clock"), tr("City's clock"), tr("Form")]
    told = {
        "language": language(),
        "city": city().name.text(language()),
        "title": tr("Audit trail {reference}", reference=reference),
        "period": tr("Printed {at}", at=printed),
        "page": tr("Page"),
        "footer": reference,
        "flipped": True,
        "summary": [one for one in found if one],
        "parts": [
            {
                "title": tr("Changes"),
                "words": "",
                "picture": None,
                "sheet": {"columns": columns, "rows": [list(row) for row in rows], "words": True},
                "notes": [],
            }
        ],
    }
    return typeset("year_report.typ", told, named="report")
