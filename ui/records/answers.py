"""A record's answers in words: by section, with the form's own labels in the current language."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from fieldapp import phones
from fieldapp.actions import is_hidden, open_form
from fieldapp.clock import today
from fieldapp.errors import FieldAppError
from fieldapp.forms import FormSession, Node
from fieldapp.records import (
    ADDRESS,
    ALIAS,
    ASSIGNEE,
    BOOKING,
    DUE,
    ISSUED,
    NUMBER,
    PLANNED,
    REASON,
    REASON_FIELD,
    STATE,
    TITLE,
    VOIDED,
    WARD,
    WISH,
    Record,
)
from fieldapp.texts import plural, tr
from ui.days import day_in, moment, short
from ui.records import agreed, heard
from ui.session import Session

GROUPS = frozenset({"group", "repeat", "instance"})
FILES = frozenset({"image", "audio", "video", "file"})
SILENT = frozenset({"note", "calculate"})
KEY = re.compile(r"\[[^\]]*\]")


class Answer(NamedTuple):
    """One answer in words. `hidden`: it is shown only when somebody asks, and that is noted."""

    label: str
    value: str
    path: str = ""
    hidden: bool = False


@dataclass
class Section:
    """One part of the form: its title, and its answers in order."""

    title: str
    answers: list[Answer] = field(default_factory=list)


class Reader:
    """Reads one record. A form that cannot be used here still shows every answer, under its bare path."""

    def __init__(self, session: Session, record: Record) -> None:
        self._session, self._record = session, record
        self._form: FormSession | None = None
        self._nodes: dict[str, Node] = {}
        with contextlib.suppress(FieldAppError):
            self._form = open_form(session.desk, record, lang=session.language)
            self._nodes = {node.path: node for node in self._form.nodes()}

    def sections(self) -> list[Section]:
        """All sections that have answers."""
        if self._form is None:
            plain = [
                Answer(path, value, path, self.hides(path)) for path, value in sorted(self._record.answers.items())
            ]
            found = [Section(tr("Answers"), plain), *self._beside()]
            return [section for section in found if section.answers]
        sections: list[Section] = []
        self._walk(self._form.root, Section(""), sections)
        from ui.carried import lines_of  # brings the widgets of a form along

        carried = lines_of(self._session.desk, self._form, self._record)
        title = tr("From paper, or an earlier form")
        sections.append(Section(title, [Answer(one.label, one.value) for one in carried]))
        sections += self._beside()
        return [section for section in sections if section.answers]

    def _beside(self) -> list[Section]:
        """What the resident agreed to, and what other systems said of the record."""
        day = today(self._session.clock)
        consent = [Answer(*line) for line in agreed.lines(self._record, day)]
        said = [Answer(*line) for line in heard.lines(self._record, day)]
        return [Section(tr("Agreed to by the resident"), consent), Section(tr("From outside"), said)]

    def hides(self, path: str) -> bool:
        """Whether the answer at `path` is shown only when somebody asks for it."""
        return is_hidden(self._session.desk, self._record.service, path)

    def caption(self, path: str) -> str:
        """What the person wrote beside a picture of a row, as what it shows; else its question's label."""
        row = path.rpartition("]/")[0]
        beside = (one for one in self._nodes.values() if row and one.path.startswith(f"{row}]/"))
        written = (one for one in beside if one.value and one.path != path and one.question.kind == "text")
        words = next((one.value for one in written if not self.hides(one.path)), "")
        return " ".join(words.split()) or self.label(path)

    def label(self, path: str) -> str:
        """What a path is called: the question's label, or the record field's name."""
        if path.startswith("@"):
            beside = heard.label_of(path) or agreed.label_of(path)
            return self._official_name(path) or beside or _field_names().get(path, path[1:])
        node = self._nodes.get(path)
        if node is not None and self._form is not None:
            return self._form.label(node) or node.question.name
        alike = next((one for one in self._nodes.values() if KEY.sub("", one.path) == KEY.sub("", path)), None)
        if alike is not None and self._form is not None:
            return self._form.label(alike) or alike.question.name
        return KEY.sub("", path).rpartition("/")[2].replace("_", " ")

    def _official_name(self, path: str) -> str:
        """What an official number or a booking is called, "" for any other path."""
        if path.startswith(VOIDED):
            return tr("{number} voided", number=path.removeprefix(VOIDED))
        if self._record.service not in self._session.catalogue:
            return ""
        service = self._session.catalogue.get(self._record.service)
        found = service.official(path.removeprefix(ISSUED)) if path.startswith(ISSUED) else None
        kind = next((kind for kind in (WISH, BOOKING) if path.startswith(kind)), "")
        booked = service.booking(path.removeprefix(kind)) if kind else None
        title = found.title if found else booked.title if booked else None
        return title.text(self._session.language) if title else ""

    def value(self, path: str, value: str) -> str:
        """A value of `path` in words."""
        if path == STATE:
            return self._state(value)
        if path in (PLANNED, DUE):
            return moment(value, today(self._session.clock)) if "T" in value else self._day(value)
        node = self._nodes.get(path)
        return self._answer(node, value) if node is not None else value

    def _walk(self, node: Node, section: Section, found: list[Section]) -> None:
        for child in node.children:
            if not child.relevant:
                continue
            if child.question.kind in GROUPS:
                inner = Section(self._title(child, section))
                found.append(inner)
                self._walk(child, inner, found)
            elif self._worth_reading(child):
                if not section.title and section not in found:
                    section.title = tr("Record")
                    found.append(section)
                words = self._answer(child, self._record.get(child.path))
                section.answers.append(Answer(self.label(child.path), words, child.path, self.hides(child.path)))

    def _worth_reading(self, node: Node) -> bool:
        """Saved and asked: neither a default that nobody kept nor a figure that only the form calculates with."""
        asked = node.question.kind not in SILENT and self._form is not None and bool(self._form.label(node))
        return asked and bool(self._record.get(node.path))

    def _title(self, node: Node, above: Section) -> str:
        if node.question.kind == "instance" or KEY.search(node.path.rpartition("/")[2]):
            siblings = node.parent.children if node.parent else [node]
            return f"{above.title} {siblings.index(node) + 1}".strip()
        own = self._form.label(node) if self._form else ""
        return own or above.title

    def _answer(self, node: Node, value: str) -> str:
        kind = node.question.kind
        if kind in ("select", "multiple", "rank") and self._form is not None:
            names = {choice.name: choice.label for choice in self._form.choices(node)}
            return ", ".join(names.get(one, one) for one in node.question.chosen(value))
        if phones.asks_for_one(node.question.name):
            return phones.shown(value)
        if kind in FILES:
            return tr("Photo, see the Photos tab") if kind == "image" else tr("File")
        if kind == "date":
            return self._day(value)
        if kind == "geopoint":
            return ", ".join(value.split()[:2])  # height and accuracy are for programs
        if kind == "dateTime":
            return moment(value, today(self._session.clock)) or value
        if kind == "time":
            return value[:5]  # seconds and the offset are for programs
        return tr("Yes") if kind == "acknowledge" else value

    def _day(self, value: str) -> str:
        day = day_in(value)
        return short(day, today(self._session.clock)) if day else value

    def _state(self, value: str) -> str:
        try:
            return self._session.catalogue.get(self._record.service).state(value).title.text(self._session.language)
        except FieldAppError:
            return value


def photos(record: Record) -> Iterator[tuple[str, str]]:
    """(path, file value) of every picture among the answers; a file value is a SHA-256 and a suffix."""
    for path, value in record.answers.items():
        sha, _, suffix = value.partition(".")
        if len(sha) == 64 and suffix.lower() in ("jpg", "jpeg", "png", "webp"):
            yield path, value


def changed_words(count: int) -> str:
    """How many answers a Change touched."""
    return plural(count, "{n} answer", "{n} answers")


def _field_names() -> dict[str, str]:
    return {
        STATE: tr("State"),
        NUMBER: tr("Number"),
        ALIAS: tr("Offline reference"),
        TITLE: tr("Title"),
        WARD: tr("Ward"),
        ASSIGNEE: tr("Assigned to"),
        PLANNED: tr("Planned"),
        DUE: tr("Due"),
        ADDRESS: tr("Address"),
        REASON: tr("Reason"),
        REASON_FIELD: tr("Answer that is meant"),
    }
