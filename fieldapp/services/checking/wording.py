"""Both languages: the form speaks English and French. Which text lacks one of them, the forms' linter tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fieldapp.forms.lint.findings import Finding
from fieldapp.services.checking.problems import FRENCH, LANGUAGE, problem
from fieldapp.services.checking.subject import Subject
from fieldapp.texts import tr

WANTED = {"en": "label::English (en)", "fr": "label::Français (fr)"}


def further(subject: Subject) -> list[str]:
    """Languages of the form beside English and French: a heading that is written otherwise makes one of its own."""
    ours = {column.removeprefix("label::") for column in WANTED.values()}
    names = subject.form.languages
    return [name for name in names if name not in ours] if ours <= set(names) else []


def made_by_headings(subject: Subject, found: Sequence[Finding]) -> list[Finding]:
    """The findings without a flood: where nothing is told in a further language, its heading is the mistake, and not
    each text that it lacks, or that is lacking because it stands there."""
    strays = further(subject)
    if not strays or not any(item.code == FRENCH for item in found):
        return list(found)
    known = " / ".join(WANTED.values())
    told = [
        problem(
            LANGUAGE,
            replace(subject.places.text("", "label", name), row=1, column=f"label::{name}"),
            tr(
                "“{name}” is a language of its own beside {known}: give the column the same heading",
                name=name,
                known=known,
            ),
        )
        for name in strays
    ]
    return [*told, *(item for item in found if item.code != FRENCH)]


def problems(subject: Subject) -> Iterator[Finding]:
    """Languages that the form does not have at all."""
    for language, column in WANTED.items():
        if not subject.form.translations.knows(language):
            message = tr("the form says nothing in this language: its column {column} is missing", column=column)
            yield problem(LANGUAGE, subject.places.text("", "label", language), message)
