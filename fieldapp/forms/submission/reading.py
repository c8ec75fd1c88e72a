"""JSON values as a record's answers: strict, with the place of every fault."""

from __future__ import annotations

from collections.abc import Mapping

from fieldapp.errors import FormError, Place
from fieldapp.forms.definition.closed import names_of
from fieldapp.forms.definition.model import FormDefinition, Question
from fieldapp.forms.lint.spelling import Speller
from fieldapp.forms.session.types import AnswerError, normalise
from fieldapp.forms.submission.shapes import KEY, shape_of
from fieldapp.forms.submission.values import ShapeError, named, text_of
from fieldapp.texts import plural, tr

_KEY_SIGNS = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_")
_LONGEST_KEY = 64
_OWN = frozenset({"calculate", "attribute", "note"})  # the form's own values, which nobody types


def fields_of_json(definition: FormDefinition, value: object) -> dict[str, str]:
    """The Fields in a submission's JSON, every answer in its one spelling. FormError when anything in it is wrong.

    Rules are not looked at: whether an answer is relevant, allowed or needed, a session over the Fields tells.
    """
    reader = _Reader(definition)
    reader.group(definition.root, value, "", f"/{definition.root_name}")
    if not reader.faults:
        return reader.fields
    first, *more = reader.faults
    message = str(first.args[0])
    if more:
        message = plural(len(more), "{first} (and {n} more error)", "{first} (and {n} more errors)", first=message)
    raise FormError(message, first.place)


class _Reader:
    def __init__(self, definition: FormDefinition) -> None:
        self.definition = definition
        self.fields: dict[str, str] = {}
        self.faults: list[FormError] = []
        self.speller = Speller()

    def group(self, question: Question, value: object, path: str, ref: str) -> None:
        """The answers in a group, or in an instance of a repeat."""
        if not isinstance(value, Mapping):
            self._fault(ref, tr("an object is wanted here, not {what}", what=named(value)))
            return
        children = {child.name: child for child in (*question.attributes, *question.children)}
        for name, inner in value.items():
            child = children.get(name)
            if child is not None:
                self._child(child, inner, f"{path}/{name}" if path else name, f"{ref}/{name}")
            elif name != KEY or question.kind != "repeat":
                self._fault(f"{ref}/{name}", self._unknown(str(name), children))

    def _child(self, question: Question, value: object, path: str, ref: str) -> None:
        if question.kind == "repeat":
            self._repeat(question, value, path, ref)
        elif question.is_group:
            self.group(question, value, path, ref)
        else:
            self._answer(question, value, path, ref)

    def _repeat(self, question: Question, value: object, path: str, ref: str) -> None:
        if not isinstance(value, list):
            self._fault(ref, tr("a list is wanted here, not {what}", what=named(value)))
            return
        taken: set[str] = set()
        for number, instance in enumerate(value, 1):
            here = f"{ref}[{number}]"
            key = instance.get(KEY, _free(number, taken)) if isinstance(instance, Mapping) else ""
            if not isinstance(key, str) or not _is_key(key) or key in taken:
                self._fault(here, _bad_key(instance))
                continue
            taken.add(key)
            self.fields[f"{path}[{key}]"] = str(number)
            self.group(question, instance, f"{path}[{key}]", here)

    def _answer(self, question: Question, value: object, path: str, ref: str) -> None:
        try:
            text = text_of(shape_of(question), value)
            answer = text if question.kind in _OWN else normalise(question, text)
        except (ShapeError, AnswerError) as fault:
            self._fault(ref, str(fault))
            return
        names = names_of(self.definition, question)
        strange = [word for word in question.chosen(answer) if word not in names] if names is not None else []
        if strange:
            self._fault(ref, tr("“{answer}” is not among the choices.", answer=strange[0]))
        elif not answer:
            self._fault(ref, tr("an answer without any content is left out, not blank"))
        else:
            self.fields[path] = answer

    def _unknown(self, name: str, children: Mapping[str, Question]) -> str:
        message = tr("there is no question “{name}” here", name=name)
        meant = self.speller.meant(name, children)
        return f"{message}. {meant}" if meant else message

    def _fault(self, ref: str, message: str) -> None:
        self.faults.append(FormError(message, Place(field=ref)))


def _free(number: int, taken: set[str]) -> str:
    """A key for an instance that brings none: the same one whenever the same JSON is read."""
    return next(key for count in range(number, number + len(taken) + 1) if (key := f"d{count}") not in taken)


def _is_key(key: str) -> bool:
    return 0 < len(key) <= _LONGEST_KEY and _KEY_SIGNS.issuperset(key)


def _bad_key(instance: object) -> str:
    if not isinstance(instance, Mapping):
        return tr("an object is wanted here, not {what}", what=named(instance))
    return tr("“{key}” cannot be the key of an instance, or is there twice", key=str(instance.get(KEY))[:40])
