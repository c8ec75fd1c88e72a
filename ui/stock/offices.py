"""The offices that have stock: as the form of the service "stock" names them."""

from __future__ import annotations

from fieldapp.actions import Desk, open_form
from fieldapp.clock import new_id
from fieldapp.records import Person, Record
from fieldapp.stock.moves import SERVICE
from fieldapp.texts import LANGUAGES, language

OFFICE = "move/office"


def offices(desk: Desk, lang: str = "") -> list[tuple[str, str]]:
    """Each office's code and its name, in `lang`, else in the language of the screen; none where the City counts no
    stock."""
    if SERVICE not in desk.catalogue:
        return []
    service = desk.catalogue.get(SERVICE)
    form = open_form(desk, Record(new_id(), service.id, service.form_version), lang=lang or language())
    node = next(node for node in form.nodes() if node.question.path == OFFICE)
    return [(choice.name, choice.label) for choice in form.choices(node)]


def own_office(desk: Desk) -> str:
    """The office of who works here: the one their sign-in names, else the one that stands in their title ("Counter,
    City Hall"). "" where neither names just one."""
    found = {code for lang in LANGUAGES for code, name in offices(desk, lang) if _names(desk.person, code, name)}
    return found.pop() if len(found) == 1 else ""


def _names(person: Person, code: str, name: str) -> bool:
    return code in person.offices or name.casefold() in person.title.casefold()
