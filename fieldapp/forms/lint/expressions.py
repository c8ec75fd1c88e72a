"""Every expression of a form, with the question at which it stands, and what is wrong with it by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fieldapp.forms.definition.itext import Label
from fieldapp.forms.definition.model import FormDefinition, Question
from fieldapp.forms.definition.rules import Fault

_RULES = ("relevant", "calculate", "readonly", "required", "constraint")


@dataclass(frozen=True, slots=True)
class Written:
    """An expression as it stands in the form. `base`: the path from which it is seen; `kind`: of which rule or text."""

    base: str
    kind: str
    source: str
    line: int


def rules_of(definition: FormDefinition) -> Iterator[Written]:
    """The expressions that rule: the binds', the repeats' counts, and the filters of choices."""
    for question in definition.questions.values():
        bind = question.bind
        for kind in _RULES:
            if source := getattr(bind, kind):
                yield Written(question.path, kind, source, bind.line)
        if question.count:
            yield Written(question.path, "count", question.count, bind.line)
        if question.choices is not None and question.choices.nodeset:
            yield Written(question.path, "choices", question.choices.nodeset, question.choices.line)


def outputs_of(definition: FormDefinition) -> Iterator[Written]:
    """The expressions in texts, each once for a question and a kind of text, whatever the language."""
    for question in definition.questions.values():
        for kind, label in texts_of(question):
            for source in _sources(definition, label):
                yield Written(question.path, kind, source, question.bind.line)


def texts_of(question: Question) -> Iterator[tuple[str, Label]]:
    """The texts of a question that are there."""
    bind = question.bind
    texts = {
        "label": question.label,
        "hint": question.hint,
        "constraint_message": bind.constraint_message,
        "required_message": bind.required_message,
    }
    yield from ((kind, label) for kind, label in texts.items() if label is not None)


def _sources(definition: FormDefinition, label: Label) -> list[str]:
    if label.source:
        return [label.source]
    texts = definition.translations.texts.values() if label.itext else ()
    phrases = [known[label.itext] for known in texts if label.itext in known]
    phrases += [label.phrase] if label.phrase else []
    return list(dict.fromkeys(output.source for phrase in phrases for output in phrase.outputs))


def faults_of(definition: FormDefinition) -> Iterator[Fault]:
    """Every expression of a form that cannot be used: rules, circles, texts, choices and actions."""
    book = definition.rules
    yield from book.faults
    for written in outputs_of(definition):
        yield from book.faults_of(written.source, written.base, written.kind, written.line)
    for action in definition.actions:
        if action.source:
            yield from book.faults_of(action.source, book.base_of(action), "setvalue", action.line)
