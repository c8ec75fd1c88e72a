"""From a paper to the file that a resident gets."""

from __future__ import annotations

from fieldapp.documents.blank.paper import Paper
from fieldapp.documents.blank.setting import set_of
from fieldapp.documents.blank.widgets import with_fields
from fieldapp.documents.typesetting import typeset

TEMPLATE = "blank_form.typ"


def blank_form(paper: Paper) -> bytes:
    """The paper as a PDF: the same bytes for the same paper."""
    made = set_of(paper)
    return with_fields(typeset(TEMPLATE, made.data), made.boxes, paper)
