"""PapersCard: which papers were shown in a visit, each with a box to check, and whether the resident agreed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from fieldapp.actions import visits
from fieldapp.actions.reading_back import read_back
from fieldapp.clock import moment_of
from fieldapp.counter.agreement import agreements
from fieldapp.counter.visit import Visit, seen_in
from fieldapp.errors import FieldAppError
from fieldapp.records import Record
from fieldapp.services import Service
from fieldapp.texts import language, tr
from ui.resident.asking import KEY
from ui.session import Session
from ui.today.detail import empty
from ui.widgets import Button, Card, Scroll, label
from ui.widgets.labels import set_tone


class PapersCard(Card):
    """`paper` makes the one sheet of the visit, `show_it` turns it to the resident: both are the page's to connect."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Papers: check off what was shown"), padding=16)
        self._session, self._visit = session, ""
        self.paper = Button(tr("Follow-up sheet"), icon="file-text", hint="Ctrl P")
        self.show_it = Button(tr("Show them"), icon="eye", hint=KEY)
        self.show_it.setAccessibleName(tr("Show the resident what was recorded"))
        self.agreed = label("", "body", wrap=True)
        self.checks: dict[tuple[str, str], QCheckBox] = {}
        self._papers = Scroll(margins=(0, 0, 0, 0), spacing=6)
        self.body.addWidget(self._papers, 1)
        self.body.addWidget(self.agreed)
        row = QHBoxLayout()
        row.addWidget(self.paper)
        row.addWidget(self.show_it)
        row.addStretch(1)
        self.body.addLayout(row)
        self.agreed.hide()

    def show_visit(self, visit: Visit, records: list[Record]) -> None:
        """The papers of the services of a visit, and what the resident agreed to of them."""
        self.clear()
        self._visit = visit.id
        self.paper.setVisible(bool(records))
        self.show_it.setVisible(bool(records))
        self._say_agreed()
        for record in records:
            service, item = self._session.desk.service_of(record), visit.item(record.id)
            if service.documents and item is not None:
                self._papers.body.addWidget(label(service.title.text(language()), "small", wrap=True))
                self._add_checks(service, record, item.papers)
        if not self.checks:
            self._papers.body.addWidget(label(tr("No papers are asked for so far."), "sub", wrap=True))
        self._papers.body.addStretch(1)
        self._order()

    def _order(self) -> None:
        """Tab comes to the papers before the buttons below them, which were there first."""
        before = self.paper.previousInFocusChain()
        for one in (*self.checks.values(), self.paper, self.show_it):
            if before is not None:
                QWidget.setTabOrder(before, one)
            before = one

    def _add_checks(self, service: Service, record: Record, shown: tuple[str, ...]) -> None:
        for one in service.documents:
            name = one.title.text(language())
            words = name if one.required else tr("{paper} (only if it applies)", paper=name)
            row, box, beside = QHBoxLayout(), QCheckBox(), label(words, wrap=True)  # a box's own text does not wrap
            box.setAccessibleName(words)
            beside.setBuddy(box)
            said = bool(seen_in((one,), record))  # in the form, where it is taken back too
            box.setChecked(said or one.id in shown)
            box.setEnabled(not said)
            box.toggled.connect(partial(self._check, record.id, one.id))
            self.checks[record.id, one.id] = box
            row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(beside, 1)
            self._papers.body.addLayout(row)

    def clear(self) -> None:
        """Nothing of the last resident stays on the screen."""
        self._visit = ""
        self.agreed.hide()
        self.checks.clear()
        empty(self._papers.body)

    def _say_agreed(self) -> None:
        """That the resident agreed to what was read back to them, or to something else than what stands there now."""
        desk = self._session.desk
        given = agreements(desk.record(self._visit).fields)
        self.agreed.setVisible(bool(given))
        if not given:
            return
        at = f"{moment_of(given[-1].at):%H:%M}"
        holds = read_back(desk, self._visit).agreed is not None
        self.agreed.setText(
            tr("The resident agreed at {time}.", time=at)
            if holds
            else tr("The resident agreed at {time}, to other answers: show them again.", time=at)
        )
        set_tone(self.agreed, "ok" if holds else "warn")

    def _check(self, record: str, document: str, shown: bool) -> None:
        deed = partial(visits.check_off, self._session.desk, self._visit, record, document, shown=shown)
        try:
            self._session.saved(deed)
        except FieldAppError as error:
            self._session.say(str(error))
