"""What the table shows: words, service, state, ward, mine, waiting on this laptop. One Query comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QWidget

from fieldapp.access import SUPERVISOR
from fieldapp.clock import today
from fieldapp.reports.board import WORK
from fieldapp.store import Place, Query
from fieldapp.texts import language, tr
from ui import days, theme
from ui.session import Session
from ui.widgets import Button, SearchField
from ui.widgets.flow import flowing
from ui.widgets.labels import names

SORTS: dict[str, Literal["updated", "due", "title"]] = {"updated": "updated", "due": "due", "title": "title"}
LAST = 9999  # the year of a span without an end
ONE_LINE = 1080  # px of width under which search stands above the choices
NARROWED = ("due", "changed", "person")  # what only another page asks for, shown as a button that takes it away
HERE = (Place.DRAFT, Place.WAITING, Place.ATTENTION)


class Filters(QWidget):
    """`changed` when another query is wanted; `down` when the arrow asks to go into the table."""

    changed = Signal()
    down = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._query = Query()
        self.text = SearchField(tr("Reference, name, street, anything written"), name=tr("Search records"))
        self.text.setMinimumWidth(200)
        self.text.searched.connect(lambda _text: self.changed.emit())
        self.text.down.connect(self.down)
        self._service = self._choice(tr("Service"), tr("All services"), self._services())
        self._kind = self._choice(tr("State"), tr("All states"), _kinds())
        self._ward = self._choice(tr("Ward"), tr("All wards"), _wards())
        self._person = self._choice(tr("With"), tr("All people"), [])
        self._person.setVisible(SUPERVISOR in session.person.roles)
        self._list_people()
        self._asked: dict[str, str] = {}
        self.narrowed = Button("", icon="x")
        self.narrowed.clicked.connect(self._widen)
        self.narrowed.hide()
        self._mine = self._switch(tr("Mine"), "user")
        self._here = self._switch(tr("Not yet sent"), "laptop")
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self._rows.addWidget(self.text, 1, 0)
        self._choices = flowing(self._service, self._kind, self._ward, self._person, self._mine, self._here)
        self._rows.addWidget(self._choices, 1, 1)
        self._rows.addWidget(self.narrowed, 2, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        self._rows.setColumnStretch(0, 1)
        for one, other in pairwise(
            (self.text, self._service, self._kind, self._ward, self._person, self._mine, self._here)
        ):
            self.setTabOrder(one, other)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words get a line of their own where there is no room beside the choices."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(ONE_LINE)
        across = 2 if narrow else 1
        self._rows.addWidget(self.text, 0 if narrow else 1, 0, 1, across)
        self._rows.addWidget(self._choices, 1, 0 if narrow else 1, 1, across)

    def showEvent(self, event: QShowEvent) -> None:
        """The City may have told of more people."""
        super().showEvent(event)
        self._list_people()

    def query(self) -> Query:
        """What is asked for now."""
        person = str(self._person.currentData() or "") or self._asked.get("person", "")
        kind = str(self._kind.currentData() or "")
        return replace(
            self._query,
            text=self.text.text().strip(),
            service=str(self._service.currentData() or ""),
            state_kinds=tuple(kind.split()),
            ward=str(self._ward.currentData() or ""),
            assignee=self._session.person.id if self._mine.isChecked() else person,
            due=_span(self._asked.get("due", "")),
            changed=_span(self._asked.get("changed", "")),
            places=HERE if self._here.isChecked() else (),
        )

    def sort(self, by: str, descending: bool) -> None:
        """Order by title, due or updated."""
        self._query = replace(self._query, sort=SORTS[by], descending=descending)
        self.changed.emit()

    def clear(self) -> None:
        """Ask for everything."""
        for choice in (self._service, self._kind, self._ward, self._person):
            choice.setCurrentIndex(0)
        self._mine.setChecked(False)
        self._here.setChecked(False)
        self._narrow({})
        self.text.clear()
        self.text.search_now()

    def kept(self) -> dict[str, str]:
        """All choices, to be given to `restore` after a rebuild."""
        return {
            "text": self.text.text(),
            "service": str(self._service.currentData() or ""),
            "kind": str(self._kind.currentData() or ""),
            "ward": str(self._ward.currentData() or ""),
            "mine": "1" if self._mine.isChecked() else "",
            "here": "1" if self._here.isChecked() else "",
            **self._asked,
            **({"person": person} if (person := str(self._person.currentData() or "")) else {}),
        }

    def restore(self, kept: dict[str, str]) -> None:
        """Choose what `kept` gave, or what another page asks for: also `due` or `changed` as first..last, `person`."""
        self._list_people()
        known = self._person.findData(kept.get("person", "")) > 0
        self._narrow({**kept, "person": ""} if known else kept)
        self.text.setText(kept.get("text", ""))
        for name, choice in (
            ("service", self._service),
            ("kind", self._kind),
            ("ward", self._ward),
            ("person", self._person),
        ):
            choice.setCurrentIndex(max(0, choice.findData(kept.get(name, ""))))
        self._mine.setChecked(bool(kept.get("mine")))
        self._here.setChecked(bool(kept.get("here")))
        self.changed.emit()  # what only another page asks for has no box that tells

    def _narrow(self, asked: Mapping[str, str]) -> None:
        self._asked = {name: asked[name] for name in NARROWED if asked.get(name)}
        limits = " · ".join(_words(self._session, name, value) for name, value in self._asked.items())
        words = days.in_words(limits, today(self._session.clock))
        self.narrowed.show_as(words)
        self.narrowed.setAccessibleDescription(tr("Takes this limit away"))
        self.narrowed.setVisible(bool(words))

    def _widen(self) -> None:
        self._narrow({})
        self.changed.emit()
        self.text.setFocus()

    def _list_people(self) -> None:
        """For who gives out work: everybody that this laptop knows, by name."""
        chosen, people = self._person.currentData(), self._session.store.people.names()
        if self._person.isHidden() or self._person.count() == len(people) + 1:
            return
        self._person.blockSignals(True)
        while self._person.count() > 1:
            self._person.removeItem(1)
        for person in sorted(people, key=self._session.name_of):
            self._person.addItem(self._session.name_of(person), person)
        self._person.setCurrentIndex(max(0, self._person.findData(chosen)))
        self._person.blockSignals(False)

    def _services(self) -> list[tuple[str, str]]:
        return [(service.title.text(language()), service.id) for service in self._session.catalogue]

    def _choice(self, name: str, everything: str, options: list[tuple[str, str]]) -> QComboBox:
        made = QComboBox(self)
        names(made, name, self)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        made.setMaximumWidth(theme.px(190))
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        made.addItem(everything, "")
        for text, value in options:
            made.addItem(text, value)
        made.currentIndexChanged.connect(lambda _index: self.changed.emit())
        return made

    def _switch(self, text: str, icon: str) -> Button:
        made = Button(text, icon=icon)
        made.setCheckable(True)
        made.toggled.connect(lambda _on: self.changed.emit())
        return made


def _span(text: str) -> tuple[str, str] | None:
    first, given, last = text.partition("..")
    return (first, last) if given else None


def _words(session: Session, name: str, value: str) -> str:
    """What a limit says that has no box of its own."""
    if name == "person":
        return tr("With {name}", name=session.name_of(value))
    first, last = (days.day_in(part) for part in value.split(".."))
    if name == "changed" and first and last:
        return tr("Last changed from {first} to {last}", first=first, last=last - timedelta(days=1))
    if first is None or last is None:
        return tr("Without a due date")
    if first.year == 1:
        return tr("Due by {day}", day=last)
    return (
        tr("Due from {day} on", day=first) if last.year == LAST else tr("Due {first} to {last}", first=first, last=last)
    )


def _kinds() -> list[tuple[str, str]]:
    return [
        (tr("Draft"), "draft"),
        (tr("Planned"), "open"),
        (tr("In review"), "review"),
        (tr("Returned"), "returned"),
        (tr("Done"), "done"),
        (tr("Open work"), WORK),
    ]


def _wards() -> list[tuple[str, str]]:
    return [(tr("Ward {n}", n=number), f"{number:02d}") for number in range(1, 16)]
