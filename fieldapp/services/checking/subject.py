"""What the checks look at: a service and its form, and where in the author's own files a question stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fieldapp.errors import Place
from fieldapp.forms.definition.model import FormDefinition, Question
from fieldapp.forms.lint.places import Places
from fieldapp.services.service import Service


@dataclass(frozen=True)
class Subject:
    """A service whose form could be read."""

    service: Service
    form: FormDefinition
    places: Places

    def asked(self) -> Iterator[Question]:
        """The questions that a person answers."""
        silent = {"calculate", "note", "attribute"}
        for question in self.form.questions.values():
            if not question.is_group and question.kind not in silent and question.control:
                yield question

    def class_of(self, question: Question) -> str:
        """The privacy class that is said of a question or of the nearest group around it, "" where none is."""
        at: Question | None = question
        while at is not None:
            if said := at.extra.get("privacy", ""):
                return said
            at = at.parent
        return ""

    def at(self, path: str, column: str) -> Place:
        """The cell of a question."""
        question = self.form.questions.get(path)
        return self.places.rule(path, column, question.bind.line if question else 0)


def key(name: str) -> Place:
    """The place of a key of service.toml."""
    return Place("service.toml", field=name)
