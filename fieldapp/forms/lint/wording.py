"""Texts that are missing: messages, labels, and translations into one of the form's languages."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.forms.definition.closed import list_of
from fieldapp.forms.definition.itext import Phrase
from fieldapp.forms.definition.model import FormDefinition, Question
from fieldapp.forms.lint.expressions import texts_of
from fieldapp.forms.lint.findings import Finding, finding
from fieldapp.forms.lint.places import Places
from fieldapp.texts import tr

_SILENT = frozenset({"group", "repeat", "calculate", "attribute"})
_UNTRANSLATED = {"", "-"}  # pyxform writes a stroke where a translation is missing


def missing_texts(definition: FormDefinition, places: Places) -> Iterator[Finding]:
    """What people would miss who fill the form, in any of its languages."""
    for question in definition.questions.values():
        yield from _messages(question, places)
    if len(definition.languages) > 1:
        wording = _Wording(definition, places)
        yield from wording.of_questions()
        yield from wording.of_choices()


def _messages(question: Question, places: Places) -> Iterator[Finding]:
    bind = question.bind
    is_silent = question.kind in _SILENT or bind.readonly == "true()"
    if bind.constraint and bind.constraint_message is None and not is_silent:
        message = tr("a wrong answer is refused here without a word: constraint_message is missing")
        yield finding("no-message", places.rule(question.path, "constraint", bind.line), message)
    if question.label is None and question.hint is None and question.kind not in _SILENT:
        message = tr("this question has no label: nobody knows what is asked, a screen reader least of all")
        yield finding("no-label", places.rule(question.path, "label", bind.line), message)


class _Wording:
    """Compares the languages of a form. A language without any text of a kind is told once, as a whole column."""

    def __init__(self, definition: FormDefinition, places: Places) -> None:
        self.definition, self.places = definition, places
        self.columns: dict[tuple[str, str], int] = {}
        for question in definition.questions.values():
            for kind, label in texts_of(question):
                for language in self._languages(label.itext):
                    self.columns[kind, language] = self.columns.get((kind, language), 0) + 1

    def _languages(self, itext: str) -> list[str]:
        """The languages that have the text."""
        texts = self.definition.translations.texts
        return [language for language in self.definition.languages if _is_there(texts.get(language, {}).get(itext))]

    def _missing(self, itext: str) -> list[str]:
        """The languages that lack it while another has it."""
        there = self._languages(itext) if itext else []
        return [language for language in self.definition.languages if there and language not in there]

    def of_questions(self) -> Iterator[Finding]:
        """The questions' own texts."""
        told: set[tuple[str, str]] = set()
        for question in self.definition.questions.values():
            for kind, label in texts_of(question):
                for language in self._missing(label.itext):
                    is_column = (kind, language) not in self.columns
                    if not is_column or (kind, language) not in told:
                        told.add((kind, language))
                        yield self._finding(question, kind, language, whole=is_column)

    def _finding(self, question: Question, kind: str, language: str, *, whole: bool) -> Finding:
        place = self.places.text(question.path, kind, language, question.bind.line)
        if whole:
            message = tr("no {kind} at all is translated into {language}", kind=kind, language=language)
        else:
            message = tr("this {kind} is not translated into {language}", kind=kind, language=language)
        return finding("missing-translation", place, message)

    def of_choices(self) -> Iterator[Finding]:
        """The labels of choices, each list once."""
        seen: set[str] = set()
        for question in self.definition.questions.values():
            if question.choices is None:
                continue
            name = list_of(question.choices.nodeset) if question.choices.nodeset else question.path
            if name not in seen:
                seen.add(name)
                for number, itext in enumerate(self._labels(question, name)):
                    for language in self._missing(itext):
                        message = tr("this choice is not translated into {language}", language=language)
                        yield finding("missing-translation", self.places.choice(name, number, language), message)

    def _labels(self, question: Question, name: str) -> list[str]:
        """The itext of each choice's label, "" where it has none."""
        if question.choices is not None and not question.choices.nodeset:
            return [label.itext if label else "" for _, label in question.choices.items]
        table = self.definition.tables.get(name)
        if table is None or table.source or table.root is None:
            return []
        return [item.cell("itextId") for root in table.root.named("root") for item in root.named("item")]


def _is_there(phrase: Phrase | None) -> bool:
    return phrase is not None and (bool(phrase.outputs) or phrase.plain not in _UNTRANSLATED)
