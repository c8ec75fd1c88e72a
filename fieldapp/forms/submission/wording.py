"""A form's texts in its schema: in the default language for everybody, in each language for who can show them."""

from __future__ import annotations

from typing import Any

from fieldapp.forms.definition.closed import list_of
from fieldapp.forms.definition.itext import Label, Phrase
from fieldapp.forms.definition.model import FormDefinition, Question


def wording(definition: FormDefinition, question: Question) -> dict[str, Any]:
    """`title` and `description` from label and hint, `x-labels` by language."""
    default = definition.translations.default
    about: dict[str, Any] = {}
    if title := definition.text(question.label, default):
        about["title"] = title
    if description := definition.text(question.hint, default):
        about["description"] = description
    labels = _by_language(definition, question.label)
    return about | ({"x-labels": labels} if labels else {})


def choice_labels(definition: FormDefinition, question: Question) -> dict[str, Any]:
    """`x-choice-labels`: by language, the label of each name of a list that stands in the form."""
    choices = question.choices
    if choices is None:
        return {}
    if choices.nodeset:
        labels = _of_table(definition, question)
    else:
        labels = {name: label for name, label in choices.items if label is not None}
    found: dict[str, dict[str, str]] = {}
    for name, label in labels.items():
        for language in definition.languages or ("",):
            if text := definition.text(label, language):
                found.setdefault(language_code(language), {})[name] = text
    return {"x-choice-labels": found} if found else {}


def _of_table(definition: FormDefinition, question: Question) -> dict[str, Label]:
    choices = question.choices
    table = definition.tables.get(list_of(choices.nodeset)) if choices is not None else None
    if choices is None or table is None or table.source or table.root is None:
        return {}
    rows = [item for root in table.root.named("root") for item in root.named("item")]
    return {row.cell(choices.value): _label(row.cell("itextId"), row.cell("label")) for row in rows}


def _label(itext: str, text: str) -> Label:
    return Label(itext=itext) if itext else Label(phrase=Phrase((text,)))


def _by_language(definition: FormDefinition, label: Label | None) -> dict[str, str]:
    texts = {language_code(name): definition.text(label, name) for name in definition.languages}
    return {code: text for code, text in texts.items() if text}


def language_code(name: str) -> str:
    """`English (en)` → `en`; a language without a code keeps its name, none at all is `default`."""
    _, bracket, rest = name.rpartition("(")
    return rest.rstrip(") ").strip() if bracket else name or "default"
