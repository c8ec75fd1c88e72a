"""A form's texts as a paper says them: plain, and without what only a screen can know."""

from __future__ import annotations

import re

from fieldapp.forms.definition.itext import Label, Output
from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.tree import Path

_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_MARKS = re.compile(r"\*\*|__|</?\w[^>]*>|^#{1,6} ", re.MULTILINE)


class Wording:
    """Says the texts of one form in one language. `labels` learns what the questions on the paper are called: a text
    that shows another answer names its question; one that shows a calculation cannot be said."""

    def __init__(self, form: FormDefinition, language: str) -> None:
        self.form = form
        self._language = form.translations.chosen(language)
        self.labels: dict[str, str] = {}

    def said(self, label: Label | None, within: str) -> str:
        """The text of `label`, written at the question `within`; "" where there is none, or none without a screen."""
        phrase = self.form.phrase(label, self._language)
        if phrase is None or (label is not None and label.source):
            return ""
        parts = [part if isinstance(part, str) else self._named(part, within) for part in phrase.parts]
        return "" if None in parts else plain("".join(part or "" for part in parts))

    def spoken(self, itext: str) -> str:
        """A text by its id, as choice lists name theirs."""
        return plain(self.form.text(Label(itext=itext), self._language))

    def _named(self, output: Output, within: str) -> str | None:
        label = self.labels.get(question_of(output.source, within, self.form) or "")
        return f"({label})" if label else None


def plain(text: str) -> str:
    """A text without Markdown and tags; a link is its words and its address."""
    return _MARKS.sub("", _LINK.sub(r"\1 (\2)", text)).strip()


def question_of(source: str, within: str, form: FormDefinition) -> str | None:
    """The path of the question that an expression at the question `within` is, where it is nothing but that."""
    try:
        tree = parse(source.strip())
    except XPathError:
        return None
    return path_of(tree, within, form) if isinstance(tree, Path) else None


def path_of(path: Path, within: str, form: FormDefinition) -> str | None:
    """The path of the question that `path`, written at the question `within`, leads to by names alone."""
    if path.start is not None:
        return None
    names = [] if path.absolute else within.split("/")
    steps = path.steps
    if path.absolute:
        if not steps or steps[0].name != form.root_name:
            return None
        steps = steps[1:]
    for step in steps:
        if step.predicates or step.axis not in {"child", "parent", "self"}:
            return None
        if step.axis == "parent":
            names = names[:-1]
        elif step.axis == "child":
            names.append(step.name)
    found = "/".join(names)
    return found if found in form.questions else None
