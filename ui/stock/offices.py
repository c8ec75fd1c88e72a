"""The offices that have stock: as the form of the service "stock" names them."""

from __future__ import annotations

from fieldapp.actions import Desk, open_form
from fieldapp.clock import new_id
from fieldapp.records import Record
from fieldapp.stock.moves import SERVICE
from fieldapp.texts import language

OFFICE = "move/office"


def offices(desk: Desk) -> list[tuple[str, str]]:
    """Each office's code and its name, in the language of the screen; none where the City counts no stock."""
    if SERVICE not in desk.catalogue:
        return []
    service = desk.catalogue.get(SERVICE)
    form = open_form(desk, Record(new_id(), service.id, service.form_version), lang=language())
    node = next(node for node in form.nodes() if node.question.path == OFFICE)
    return [(choice.name, choice.label) for choice in form.choices(node)]
