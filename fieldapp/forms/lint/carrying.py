"""Names that are good in a form, but that a PDF's fields, tables or programs cannot carry."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.forms.definition.model import FormDefinition, Question
from fieldapp.forms.lint.findings import Finding, finding
from fieldapp.forms.lint.places import Places
from fieldapp.texts import tr

_LONGEST = 63  # letters: what PostgreSQL keeps of a column's name
_TAKEN = frozenset({"__proto__", "constructor", "prototype"})  # of every object in JavaScript


def names_that_do_not_carry(definition: FormDefinition, places: Places) -> Iterator[Finding]:
    """The names of questions and groups that will make trouble outside."""
    for parent in definition.questions.values():
        seen: dict[str, str] = {}
        for question in parent.children:
            reason = _reason(question, seen)
            if reason:
                place = places.rule(question.path, "name", question.bind.line)
                yield finding("name-not-portable", place, reason)


def _reason(question: Question, seen: dict[str, str]) -> str:
    """Why the name does not carry, "" where it does; `seen` learns it."""
    name = question.name
    twin = seen.setdefault(name.casefold(), name)
    if twin != name:
        return tr(
            "“{name}” and “{other}” differ in capital letters only: tables and PDFs mix them up", name=name, other=twin
        )
    if "." in name:
        return tr("“{name}” has a point in it: in a PDF that parts a group from its fields", name=name)
    if name in _TAKEN:
        return tr("“{name}” means something else to programs that read submissions", name=name)
    if len(name) > _LONGEST:
        return tr("“{name}” is longer than {n} letters: tables cut it", name=name, n=_LONGEST)
    return ""
