"""The JSON Schema (2020-12) of a form's submissions, for programs that read or make them.

It says what JSON Schema can say: shapes, choices, what is always needed, texts in every language. Rules that look at
other answers are XPath; they are given as `x-relevant` and `x-constraint` for people to read, and checked by a session.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fieldapp.forms.definition.closed import count_of, names_of
from fieldapp.forms.definition.model import FormDefinition, Question
from fieldapp.forms.definition.rules import CONSTANTS
from fieldapp.forms.submission.bounds import bounds, lengths
from fieldapp.forms.submission.patterns import DEFINITIONS, PATTERNS
from fieldapp.forms.submission.shapes import DECIMAL, GROUP, INTEGER, KEY, REPEAT, TEXT, TOKENS, shape_of
from fieldapp.forms.submission.wording import choice_labels, wording
from fieldapp.forms.xpath.tree import Literal

Schema = dict[str, Any]
_RULES = {"relevant": "x-relevant", "constraint": "x-constraint", "calculate": "x-calculation"}


def schema(definition: FormDefinition) -> Schema:
    """The schema of one submission, as `to_json` gives it and `fields_of_json` takes it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:fieldapp:form:{quote(definition.id)}:{quote(definition.version or definition.digest[:12])}",
        "title": definition.title or definition.id,
        "x-form": {
            "id": definition.id,
            "version": definition.version,
            "digest": definition.digest,
            "languages": list(definition.languages),
        },
        **_Builder(definition).group(definition.root, ""),
        "$defs": DEFINITIONS,
    }


class _Builder:
    def __init__(self, definition: FormDefinition) -> None:
        self.definition = definition

    def group(self, question: Question, privacy: str) -> Schema:
        """The object of a group; `privacy` is the class of the groups around."""
        privacy = question.extra.get("privacy", privacy)
        children = [child for child in (*question.attributes, *question.children) if child.kind != "note"]
        properties = {child.name: self._property(child, privacy) for child in children}
        needed = [child.name for child in children if _is_needed(child)]
        found: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
        return found | ({"required": needed} if needed else {})

    def _property(self, question: Question, privacy: str) -> Schema:
        shape = shape_of(question)
        if shape == GROUP:
            return {**self._about(question, privacy), **self.group(question, privacy)}
        if shape == REPEAT:
            return {**self._about(question, privacy), **self._repeat(question, privacy)}
        return {**self._about(question, privacy), **self._shape(question, shape)}

    def _repeat(self, question: Question, privacy: str) -> Schema:
        instance = self.group(question, privacy)
        instance["properties"] = {KEY: {"$ref": "#/$defs/key"}, **instance["properties"]}
        count = count_of(self.definition, question)
        number = count.value if isinstance(count, Literal) else None
        size = {"minItems": int(number), "maxItems": int(number)} if isinstance(number, float) else {}
        return {"type": "array", "items": instance} | size

    def _shape(self, question: Question, shape: str) -> Schema:
        names = names_of(self.definition, question)
        among: Schema = {"type": "string", "enum": list(dict.fromkeys(names))} if names else {"type": "string"}
        if shape == TOKENS:
            whole = len(among["enum"]) if question.kind == "rank" and names and not self._is_filtered(question) else 0
            size = {"minItems": whole, "maxItems": whole} if whole else {"minItems": 1}
            return {"type": "array", "items": among, "uniqueItems": True, **size}
        if question.choices is not None:
            return among
        limits = bounds(question) if shape in {INTEGER, DECIMAL} else lengths(question) if shape == TEXT else {}
        return {**PATTERNS[shape], **limits}

    def _is_filtered(self, question: Question) -> bool:
        return question.choices is not None and "[" in question.choices.nodeset

    def _about(self, question: Question, privacy: str) -> Schema:
        """What people and programs should know of a question besides its shape."""
        about = wording(self.definition, question) | choice_labels(self.definition, question)
        for kind, name in _RULES.items():
            source = getattr(question.bind, kind)
            if source and source not in CONSTANTS:
                about[name] = source
        if question.bind.calculate or CONSTANTS.get(question.bind.readonly):
            about["readOnly"] = True
        privacy = question.extra.get("privacy", privacy)
        own = {"x-kind": question.kind, "x-privacy": privacy, "x-pdf": question.extra.get("pdf", "")}
        return {**about, **{name: value for name, value in own.items() if value}}


def _is_needed(question: Question) -> bool:
    """Whether every submission has it: always asked and always required; a group, because of what is in it."""
    if question.bind.relevant and CONSTANTS.get(question.bind.relevant) is not True:
        return False
    if question.kind == "group":
        return any(_is_needed(child) for child in question.children)
    return CONSTANTS.get(question.bind.required) is True and question.kind not in {"repeat", "note"}
