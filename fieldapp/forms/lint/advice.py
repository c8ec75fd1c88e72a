"""Advice on a form that can be used, but in which something will surprise its author or the people who fill it."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.lint.findings import Finding
from fieldapp.forms.lint.places import Places
from fieldapp.forms.lint.spelling import Speller


def advice_on(definition: FormDefinition, places: Places, speller: Speller) -> Iterator[Finding]:
    """All advice on one form."""
    yield from ()
