"""A record's flat answers as a tree of typed JSON values."""

from __future__ import annotations

import re

from fieldapp.forms.definition.model import FormDefinition, Question
from fieldapp.forms.session.session import FormSession
from fieldapp.forms.submission.shapes import KEY, shape_of
from fieldapp.forms.submission.values import Json, typed
from fieldapp.records import Fields

_STEP = re.compile(r"([^\[\]/]+)(?:\[([^\[\]]*)\])?")


def to_json(session: FormSession) -> dict[str, Json]:
    """What would be submitted now: relevant answers only, as in the XML."""
    return json_of_fields(session.definition, session.answers(pruned=True))


def json_of_fields(definition: FormDefinition, fields: Fields) -> dict[str, Json]:
    """The answers that the form has a place for; record fields and orphans have none, and stay away."""
    tree = _Branch()
    for path, value in fields.items():
        if value and not path.startswith("@"):
            tree.put(_STEP.findall(path), value)
    return _object(definition.root, tree)


class _Branch:
    """Fields by their steps: the values of questions, groups inside, and instances of repeats by key."""

    def __init__(self) -> None:
        self.value = ""
        self.number = 0
        self.inside: dict[str, _Branch] = {}
        self.instances: dict[str, _Branch] = {}

    def put(self, steps: list[tuple[str, str]], value: str) -> None:
        """Keep `value` at the end of the steps; an instance's own value is its number."""
        branch, key = self, ""
        for name, key in steps:
            branch = branch.inside.setdefault(name, _Branch())
            branch = branch.instances.setdefault(key, _Branch()) if key else branch
        if key:
            branch.number = int(value) if value.isdecimal() else 0
        else:
            branch.value = value


def _object(question: Question, branch: _Branch) -> dict[str, Json]:
    """The object of a group or an instance, in the form's order."""
    found: dict[str, Json] = {}
    for child in (*question.attributes, *question.children):
        inner = branch.inside.get(child.name)
        value = _value(child, inner) if inner is not None else None
        if value is not None:
            found[child.name] = value
    return found


def _value(question: Question, branch: _Branch) -> Json:
    """An answer, a group or a repeat; None where nothing is in it."""
    if question.kind == "repeat":
        ordered = sorted(branch.instances.items(), key=lambda item: (item[1].number, item[0]))
        return [{KEY: key, **_object(question, instance)} for key, instance in ordered] or None
    if question.is_group:
        return _object(question, branch) or None
    return typed(shape_of(question), branch.value) if branch.value else None
