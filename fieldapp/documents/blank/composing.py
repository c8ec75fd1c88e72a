"""From a service and its form to the paper: what a person can answer by hand, in the form's order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from fieldapp.documents.blank.asking import is_asked, is_file, is_signature, kind_of, spelling_of, width_of
from fieldapp.documents.blank.choices import options_of
from fieldapp.documents.blank.conditions import Conditions
from fieldapp.documents.blank.paper import Entry, Heading, Mark, Paper, Part, Signature, Words
from fieldapp.documents.blank.rows import rows_of
from fieldapp.documents.blank.wording import Wording
from fieldapp.forms.definition.model import FormDefinition, Question
from fieldapp.services import Service
from fieldapp.texts import speaking, tr

NOTICE = "notice_text"  # the note with the notice of collection, in every service (block b4_notice)
_NO_NAME = re.compile(r"[.\x00-\x1f]")  # what a field's name in a PDF cannot hold


def paper_of(service: Service, language: str, *, large: bool = False, version: str = "") -> Paper:
    """The blank form of `service` in `language`: today's, or that of `version`.

    FormError or ServiceError where that form cannot be loaded."""
    form = service.form(version)
    with speaking(language):
        composer = _Composer(form, language, of_staff="counter" not in service.start_roles)
        parts = tuple(composer.whole())
        return Paper(
            Mark(service.id, version or service.form_version, language),
            service.code,
            service.title.text(language),
            service.summary.text(language),
            parts,
            composer.notice,
            tuple(_brought(service, language)),
            tuple(dict.fromkeys(composer.attached)),
            large,
        )


def _brought(service: Service, language: str) -> Iterator[str]:
    for document in service.documents:
        title = document.title.text(language)
        yield title if document.required else tr("{title} (if it applies)", title=title)


@dataclass
class _Composer:
    """Walks through one form once."""

    form: FormDefinition
    language: str
    of_staff: bool
    notice: str = ""
    attached: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._wording = Wording(self.form, self.language)
        self._conditions = Conditions(self._wording)

    def whole(self) -> Iterator[Part]:
        """All parts, in reading order."""
        yield from self._inside(self.form.root, 1, ())

    def _inside(self, group: Question, level: int, rows: tuple[int, ...]) -> Iterator[Part]:
        for question in group.children:
            if not is_asked(question, of_staff=self.of_staff):
                continue
            if question.kind == "repeat":
                yield from self._repeat(question, level, rows)
            elif question.kind == "group":
                yield from self._group(question, level, rows)
            else:
                yield from self._question(question, rows)

    def _group(self, group: Question, level: int, rows: tuple[int, ...]) -> Iterator[Part]:
        """A group under its title; one without a title, or without anything to answer, leaves none."""
        title = self._said(group)
        only = self._only(group)
        inside = list(self._inside(group, level + bool(title), rows))
        if title and inside:
            yield Heading(title, level, only)
        yield from inside

    def _repeat(self, repeat: Question, level: int, rows: tuple[int, ...]) -> Iterator[Part]:
        """A fixed number of rows, and what to do with more."""
        title = self._said(repeat) or tr("Row")
        if _of_files(repeat):
            self.attached.append(title)
            return
        many = rows_of(repeat, self._wording.labels, self.form, within=len(rows))
        for number in range(1, many + 1):
            inside = list(self._inside(repeat, level + 1, (*rows, number)))
            if inside:
                only = self._only(repeat) if number == 1 else ""
                yield Heading(tr("{title} {n} of {many}", title=title, n=number, many=many), level, only)
                yield from inside
        if many:
            yield Words(tr("More than {n}? Write the others on a sheet with the same headings.", n=many), "more")
        elif self._asks(repeat):
            yield Words(
                tr("“{title}”: the list follows from your other answers. We ask you then.", title=title), "more"
            )

    def _asks(self, repeat: Question) -> bool:
        return any(is_asked(one, of_staff=self.of_staff) for one in repeat.children)

    def _question(self, question: Question, rows: tuple[int, ...]) -> Iterator[Part]:
        label = self._said(question)
        if not label:
            return
        if question.kind == "note":
            yield from self._note(question, label)
        elif is_signature(question):
            yield Signature(label, self._only(question))
        elif is_file(question):
            condition = self._conditions.words(question.bind.relevant, question.path)
            self.attached.append(tr("{what}, if {condition}", what=label, condition=condition) if condition else label)
        else:
            yield self._entry(question, label, rows)

    def _note(self, note: Question, label: str) -> Iterator[Part]:
        """The notice of collection stands in front; a note that waits for a calculation is left out."""
        if note.name == NOTICE:
            self.notice = label
        elif not note.bind.relevant:
            yield Words(label)
        elif condition := self._conditions.words(note.bind.relevant, note.path, whole=True):
            yield Words(tr("If {condition}: {text}", condition=condition, text=label))

    def _entry(self, question: Question, label: str, rows: tuple[int, ...]) -> Entry:
        options = options_of(question, self._wording)
        self._wording.labels[question.path] = label
        self._conditions.known[question.path] = options
        required = question.bind.required
        needed = "" if required in {"true()", "1"} else self._conditions.words(required, question.path)
        only = [self._only(question), tr("Required if {condition}.", condition=needed) if needed else ""]
        kind = kind_of(question, options)
        return Entry(
            field=field_name(self.form, question, rows),
            path=question.path,
            kind=kind,
            label=label,
            rows=rows,
            required=required in {"true()", "1"},
            hint="" if "address" in question.appearance else self._wording.said(question.hint, question.path),
            only=" ".join(part for part in only if part),
            how=" · ".join(part for part in (question.extra.get("unit", ""), spelling_of(question)) if part),
            options=options,
            width=width_of(question, kind),
            repeats=tuple(one.path for one in reversed(list(_around(question))) if one.kind == "repeat"),
            always=not rows and not any(one.bind.relevant for one in _around(question)),
        )

    def _said(self, question: Question) -> str:
        return self._wording.said(question.label, question.path)

    def _only(self, question: Question) -> str:
        """When it is to be answered: in plain words, or that this depends."""
        if not question.bind.relevant:
            return ""
        condition = self._conditions.words(question.bind.relevant, question.path)
        return tr("Only if {condition}.", condition=condition) if condition else tr("Only if it applies.")


def _around(question: Question) -> Iterator[Question]:
    """The question and the groups around it."""
    here: Question | None = question
    while here is not None:
        yield here
        here = here.parent


def _of_files(repeat: Question) -> bool:
    """Whether its rows are pictures or files with a word on each: on paper they go along."""
    return bool(repeat.children) and is_file(repeat.children[0]) and not is_signature(repeat.children[0])


def field_name(form: FormDefinition, question: Question, rows: tuple[int, ...]) -> str:
    """The name of a question's field: its author's (`bind::pdf`), else its path with the numbers of its rows."""
    if own := question.extra.get("pdf", ""):
        return _NO_NAME.sub("·", "#".join((own, *map(str, rows))))
    names, left, path = [], list(rows), ""
    for name in question.path.split("/"):
        path = f"{path}/{name}".strip("/")
        names.append(f"{name}#{left.pop(0)}" if left and form.questions[path].kind == "repeat" else name)
    return _NO_NAME.sub("·", "/".join(names))
