"""Advice on a form that can be used, but in which something will surprise its author or the people who fill it."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.lint.answers import impossible_answers
from fieldapp.forms.lint.carrying import names_that_do_not_carry
from fieldapp.forms.lint.features import unknown_features
from fieldapp.forms.lint.findings import Finding
from fieldapp.forms.lint.logic import logic_of
from fieldapp.forms.lint.places import Places
from fieldapp.forms.lint.reach import unreachable
from fieldapp.forms.lint.sorts import Sorts
from fieldapp.forms.lint.spelling import Speller
from fieldapp.forms.lint.tablefiles import missing_tables
from fieldapp.forms.lint.wording import missing_texts


def advice_on(definition: FormDefinition, places: Places, speller: Speller) -> Iterator[Finding]:
    """All advice on one form."""
    sorts = Sorts(definition)
    yield from names_that_do_not_carry(definition, places)
    yield from logic_of(definition, sorts, places, speller)
    yield from missing_tables(definition, places)
    yield from unreachable(definition, sorts, places)
    yield from impossible_answers(definition, sorts, places, speller)
    yield from missing_texts(definition, places)
    yield from unknown_features(definition, places, speller)
