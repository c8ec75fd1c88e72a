"""Builders for tests of the form renderer: a real form from a few rows, a real editor over it, a notebook as store."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldapp import texts
from fieldapp.clock import Clock, FixedClock
from fieldapp.errors import DiskError, RefusedError
from fieldapp.forms import FormDefinition, FormSession, load_form
from fieldapp.records import Edits, edited
from ui.forms import FormEditor, Heading, Host
from ui.forms.box import QuestionBox
from ui.forms.check_line import CheckLine
from ui.forms.fields.image_data import png
from ui.forms.holder import holder

WidgetKind = TypeVar("WidgetKind", bound=QWidget)


@dataclass(frozen=True)
class Spot:
    """An address as the layers would find it."""

    label: str
    lat: float
    lon: float


@dataclass
class Notebook:
    """Keeps what the editor saves, in memory; `full` makes every write fail as a full disk does."""

    clock: Clock = field(default_factory=FixedClock)
    full: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    saves: list[tuple[Edits, Edits]] = field(default_factory=list)
    blobs: dict[str, bytes] = field(default_factory=dict)
    addresses: Sequence[Spot] = ()
    slots: Sequence[tuple[str, str]] = ()  # of every question that asks for one

    def save(self, edits: Edits, was: Edits) -> datetime:
        """Keep the edits; DiskError when full."""
        self._room()
        self.saves.append((edits, was))
        self.fields = edited(self.fields, edits)
        return self.clock.now()

    def attach(self, data: bytes, mime: str, name: str) -> str:
        """Keep a file; its answer."""
        self._room()
        value = hashlib.sha256(data).hexdigest() + (Path(name).suffix or "." + mime.rpartition("/")[2])
        self.blobs[value] = data
        return value

    def read_blob(self, value: str) -> bytes:
        """The bytes of a file; FieldAppError when it is not here."""
        if value not in self.blobs:
            raise RefusedError("This file is not on this laptop.")
        return self.blobs[value]

    def search(self, text: str, limit: int) -> Sequence[Spot]:
        """The addresses that hold the typed words."""
        words = text.casefold().split()
        return [spot for spot in self.addresses if all(word in spot.label.casefold() for word in words)][:limit]

    def host(self) -> Host:
        """The editor's way to this notebook."""
        search = self.search if self.addresses else None
        free = (lambda _question: self.slots) if self.slots else None
        ways = self.save, self.attach, self.read_blob
        return Host(*ways, search_addresses=search, slots=free, clock=self.clock)

    def _room(self) -> None:
        if self.full:
            raise DiskError("The disk is full.")


@cache
def form(survey: str, choices: str = "") -> FormDefinition:
    """A form from the rows of its survey and choices sheets, as Markdown tables without the sheet names."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.md"
        path.write_text(_sheet("survey", survey) + (_sheet("choices", choices) if choices else ""), "utf-8")
        return load_form(path)


def editor(
    definition: FormDefinition,
    book: Notebook | None = None,
    *,
    answers: Mapping[str, str] | None = None,
    read_only: bool = False,
    heading: Callable[[], Heading] | None = None,
    language: str = "en",
) -> FormEditor:
    """An editor over a form, not shown yet."""
    texts.use(language)
    book = book or Notebook()
    session = FormSession(definition, answers or {}, language=language, clock=book.clock)
    words = heading or (lambda: Heading("Framing inspection", "Building inspection", "Submit", "Preview"))
    return FormEditor(session, book.host(), words, kept=answers, read_only=read_only)


def photo(colour: str = "#667788", wide: int = 640, high: int = 480) -> bytes:
    """A PNG of one colour."""
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(colour)
    return png(image)


def _sheet(name: str, rows: str) -> str:
    lines = [line.strip() for line in rows.strip().splitlines()]
    return f"| {name} |\n" + "".join(f"| {line}\n" for line in lines) + "\n"


def show(qtbot: QtBot, made: FormEditor, wide: int = 1180, high: int = 760) -> FormEditor:
    """Show an editor as the page of a window of its own, active."""
    made.resize(wide, high)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def question(made: FormEditor, path: str) -> QuestionBox:
    """The question at a path, with the focus on it."""
    assert made.jump_to(path)
    found = made.sheet.block(path)
    assert isinstance(found, QuestionBox)
    return found


def line(made: FormEditor, path: str) -> CheckLine:
    """The line of a checklist at a path, with the focus on it."""
    assert made.jump_to(path)
    found = made.sheet.block(path)
    assert isinstance(found, CheckLine)
    return found


def focused() -> QWidget:
    """What has the focus now."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def of_kind(widget: QWidget | None, kind: type[WidgetKind]) -> WidgetKind:
    """A widget as what it is."""
    assert isinstance(widget, kind)
    return widget


def focused_path() -> str:
    """The path of the question that has the focus."""
    found = holder(focused())
    return found.path if found is not None else ""
