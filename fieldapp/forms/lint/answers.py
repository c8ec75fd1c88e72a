"""Answers that cannot be: defaults that do not fit, questions that must but may not be answered, repeats of nothing."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.forms.definition.closed import count_of
from fieldapp.forms.definition.model import FILES, FormDefinition, Prototype, Question
from fieldapp.forms.definition.rules import CONSTANTS
from fieldapp.forms.lint.findings import Finding, finding
from fieldapp.forms.lint.places import Places
from fieldapp.forms.lint.sorts import Sorts
from fieldapp.forms.lint.spelling import Speller
from fieldapp.forms.session.types import AnswerError, normalise
from fieldapp.forms.xpath.context import scope_of
from fieldapp.forms.xpath.tree import Literal, Negate
from fieldapp.texts import tr

_UNASKED = FILES | {"note", "calculate", "attribute"}  # files: a default names one that comes with the form
_HIDDEN = frozenset({"calculate", "attribute"})


def impossible_answers(definition: FormDefinition, sorts: Sorts, places: Places, speller: Speller) -> Iterator[Finding]:
    """All of them, in the form's order."""
    defaults = {prototype.question.path: prototype.value for prototype in _prototypes(definition.prototype)}
    for question in definition.questions.values():
        default = defaults.get(question.path, "")
        if default and question.kind not in _UNASKED:
            yield from _default(question, default, sorts, places, speller)
        if question.kind == "repeat":
            yield from _repeat(question, sorts, places)
        elif not default and _is_locked(question, definition):
            message = tr("this must be answered, but nobody can: it is read-only and has no value")
            yield finding("required-readonly", places.rule(question.path, "required", question.bind.line), message)


def _prototypes(prototype: Prototype) -> Iterator[Prototype]:
    """All nodes of a new record, those of a repeat's template too."""
    waiting = [prototype]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += found.children
        waiting += [found.template] if found.template is not None else []


def _default(question: Question, default: str, sorts: Sorts, places: Places, speller: Speller) -> Iterator[Finding]:
    place = places.rule(question.path, "default", question.bind.line)
    words = sorts.of_question(question.path).words
    try:
        answer = normalise(question, default)
    except AnswerError as fault:
        yield finding("bad-default", place, str(fault))
        return
    for token in question.chosen(answer) if words is not None and question.choices is not None else ():
        if token not in (words or ()):
            message = tr("“{answer}” is not among the choices.", answer=token)
            yield finding("bad-default", place, message, speller.meant(token, sorted(words or ())))


def _is_locked(question: Question, definition: FormDefinition) -> bool:
    """Whether it is always required and read-only, and nothing ever gives it a value."""
    bind = question.bind
    always = CONSTANTS.get(bind.required) is True and CONSTANTS.get(bind.readonly) is True
    if not always or question.is_group or bind.calculate or bind.preload:
        return False
    return all(action.target != question.path for action in definition.actions)


def _repeat(repeat: Question, sorts: Sorts, places: Places) -> Iterator[Finding]:
    """Repeats that never have an instance, or in whose instances there is nothing."""
    shown = any(question.kind not in _HIDDEN | {"group", "repeat"} for question in repeat.walk())
    if not repeat.count:
        if not shown:
            message = tr("this repeat has nothing to be asked or shown in it")
            yield finding("dead-repeat", places.rule(repeat.path, "name", repeat.bind.line), message)
        return
    place = places.rule(repeat.path, "count", repeat.bind.line)
    tree = count_of(sorts.definition, repeat)
    if isinstance(tree, Negate) or (isinstance(tree, Literal) and not _counts(tree.value)):
        yield finding("dead-repeat", place, tr("this is never repeated: its count is never more than zero"))
    elif tree is not None:
        kind = sorts.of(tree, scope_of(sorts.definition, repeat.path)).kind
        if kind in {"place", "file", "date", "moment", "time"}:
            yield finding("type-mismatch", place, tr("this count is no number"))


def _counts(value: str | float) -> bool:
    try:
        return float(value) > 0
    except ValueError:
        return False
