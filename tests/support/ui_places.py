"""An editor that has a map: real layers of a small made-up city behind the questions."""

from __future__ import annotations

from dataclasses import replace

from fieldapp import texts
from fieldapp.forms import FormDefinition, FormSession
from fieldapp.places import Layers
from tests.support.ui_forms import Notebook
from ui.forms import FormEditor, Heading


def mapped(definition: FormDefinition, layers: Layers, book: Notebook, *, language: str = "en") -> FormEditor:
    """An editor over a form, not shown yet, with map and address search."""
    texts.use(language)
    session = FormSession(definition, {}, language=language, clock=book.clock)
    host = replace(book.host(), layers=layers, search_addresses=layers.search_addresses)
    return FormEditor(session, host, lambda: Heading("Framing inspection", "", "Submit"), kept={})
