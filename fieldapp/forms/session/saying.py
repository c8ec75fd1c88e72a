"""The form's texts in a language, with values in them; and why an answer may not stand."""

from __future__ import annotations

from collections.abc import Mapping

from fieldapp.forms.definition.itext import Label, Output
from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.session.answering import strange_choice
from fieldapp.forms.session.engine import Engine
from fieldapp.forms.session.nodes import Node
from fieldapp.forms.xpath.values import Value, text_of
from fieldapp.texts import tr


class Speaker:
    """Says labels and messages in one language; `language` as it was asked for, `translation` as the form names it."""

    def __init__(self, definition: FormDefinition, engine: Engine, language: str) -> None:
        self._definition = definition
        self._engine = engine
        self.language = language

    @property
    def language(self) -> str:
        """The language as it was asked for."""
        return self._language

    @language.setter
    def language(self, language: str) -> None:
        self._language = language
        self.translation = self._definition.translations.chosen(language)

    def say(self, label: Label | None, node: Node) -> str:
        """A text as it stands at `node` now; the node counts as changed when a value in it changes."""
        if label is None:
            return ""
        if label.source:
            return text_of(self._watched(label.source, node)).strip()
        phrase = self._definition.phrase(label, self.translation)
        if phrase is None:
            return ""
        parts = (
            text_of(self._watched(part.source, node)) if isinstance(part, Output) else part for part in phrase.parts
        )
        return "".join(parts).strip()

    def media(self, label: Label | None) -> Mapping[str, str]:
        """The names of the files that go with a text, by kind."""
        return self._definition.translations.files(label.itext, self.translation) if label and label.itext else {}

    def message(self, node: Node) -> str:
        """Why the answer may not stand, "" when it may."""
        trouble = node.trouble
        if trouble == "card":
            return tr("This looks like a card number. It is not kept. Never write one down: use the terminal.")
        if trouble == "required":
            return self.say(node.question.bind.required_message, node) or tr("This answer is needed.")
        if trouble == "constraint":
            return self.say(node.question.bind.constraint_message, node) or tr("This answer is not allowed here.")
        if trouble == "choice":
            strange = strange_choice(node.question.chosen(node.value), self._engine.helper.options(node))
            return tr("“{answer}” is not among the choices.", answer=strange)
        return node.fault if trouble else ""

    def _watched(self, source: str, node: Node) -> Value:
        closure = self._definition.rules.closure(source, node.question.path)
        return self._engine.watch(node, closure)
