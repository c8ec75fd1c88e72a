"""Both languages: the form speaks English and French. Which text lacks one of them, the forms' linter tells."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.forms.lint.findings import Finding
from fieldapp.services.checking.problems import LANGUAGE, problem
from fieldapp.services.checking.subject import Subject
from fieldapp.texts import tr

WANTED = {"en": "label::English (en)", "fr": "label::Français (fr)"}


def problems(subject: Subject) -> Iterator[Finding]:
    """Languages that the form does not have at all."""
    for language, column in WANTED.items():
        if not subject.form.translations.knows(language):
            message = tr("the form says nothing in this language: its column {column} is missing", column=column)
            yield problem(LANGUAGE, subject.places.text("", "label", language), message)
