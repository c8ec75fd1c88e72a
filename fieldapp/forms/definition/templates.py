"""What an added instance of a repeat begins with: the form's template, or nothing filled in where it writes none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fieldapp.forms.definition.model import Prototype, Question


def templates_of(root: Prototype) -> Mapping[str, Prototype]:
    """The template of each repeat by its path. Instances that a form gives are no templates (as in JavaRosa)."""
    found: dict[str, Prototype] = {}
    for repeat in _repeats(root):
        if repeat.template is not None:
            found.setdefault(repeat.question.path, repeat.template)
    for question in root.question.walk():
        if question.kind == "repeat" and question.path not in found:
            found[question.path] = _blank(question)
    return found


def _repeats(prototype: Prototype) -> Iterator[Prototype]:
    """All repeats at and below a prototype, those in templates first."""
    if prototype.question.kind == "repeat":
        yield prototype
    for part in (*([prototype.template] if prototype.template is not None else []), *prototype.children):
        yield from _repeats(part)


def _blank(question: Question) -> Prototype:
    parts = (Prototype(part) if part.kind == "repeat" else _blank(part) for part in question.children)
    attributes = (Prototype(attribute) for attribute in question.attributes)
    return Prototype(question, children=(*parts, *attributes))
