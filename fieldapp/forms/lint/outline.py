"""A form's questions as a person checks them: indented, with kind, label and what applies to each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fieldapp.forms.definition.model import FormDefinition, Question
from fieldapp.texts import tr

_FLAGS = ("required", "readonly", "relevant", "constraint", "calculate")


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the outline. `flags` name the rules that it has, in English: they are XLSForm's own words."""

    depth: int
    ref: str
    name: str
    kind: str
    label: str
    flags: tuple[str, ...]


def outline(definition: FormDefinition, language: str) -> Iterator[Line]:
    """All questions in the form's order."""
    chosen = definition.translations.chosen(language)
    for question in definition.root.walk():
        if question.parent is not None:
            label = definition.text(question.label, chosen)
            ref = f"/{definition.root_name}/{question.path}"
            yield Line(question.path.count("/"), ref, question.name, question.kind, label, _flags(question))


def _flags(question: Question) -> tuple[str, ...]:
    flags = [name for name in _FLAGS if _applies(getattr(question.bind, name))]
    if question.choices is not None:
        flags.append("filtered choices" if "[" in question.choices.nodeset else "choices")
    if question.count:
        flags.append("counted")
    return tuple(flags)


def _applies(source: str) -> bool:
    return source not in {"", "false()"}


def written(lines: Iterator[Line]) -> Iterator[str]:
    """The outline as text."""
    for line in lines:
        flags = f"  [{', '.join(line.flags)}]" if line.flags else ""
        name = "  " * line.depth + line.name
        yield f"{name:<32} {line.kind:<12} {line.label or tr('(no label)')}{flags}"
