"""Try a rule: what would be different, on which past records, and what came of it. Nothing is changed.

Ctrl+Enter tries it, Escape goes back to Review; Enter on a line opens its record."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSpinBox, QVBoxLayout, QWidget

from fieldapp.errors import FieldAppError, FormError
from fieldapp.records import ADDRESS
from fieldapp.rules.report import COLUMNS, lines, summary
from fieldapp.rules.trying import MOST, Difference, Plan, Side, Trial, past_records, tried
from fieldapp.services import Service
from fieldapp.texts import tr
from ui import theme
from ui.choosing import where_to_save
from ui.page import Page
from ui.rules.asked import Asked
from ui.session import Navigate, Session
from ui.titles import title_of
from ui.widgets import Beside, Button, Card, EmptyState, FieldBox, ListCard, PageHeader, Progress, Row, Scroll, label
from ui.widgets.acts import act
from ui.widgets.labels import set_tone
from ui.widgets.or_empty import OrEmpty

AT_ONCE = 10  # records between two looks at how far it is


class RulesPage(Page):
    """`go(service=…, question=…, kind=…)` begins with that rule."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(session, navigate)
        self.trial: Trial | None = None
        self._stop = Event()
        self._begun = False  # whether anybody was here before: what they chose stays
        self.asked = Asked(session)
        self.back = Button(tr("Review"), "quiet", icon="arrow-left", hint="Esc")
        self.run = Button(tr("Try it"), "primary", hint=tr("Ctrl Enter"))
        self.progress = Progress(tr("How far it is"), cancel=True)
        self.save = Button(tr("Save the list…"), icon="download")
        self.records = QSpinBox(minimum=1, maximum=MOST, value=500)
        self.records.lineEdit().setTextMargins(theme.px(9), 0, 0, 0)  # the style sheet's padding does not reach it
        self.words = label(tr("Past records of this laptop are judged twice. Nothing is changed."), "body", wrap=True)
        self.list = ListCard(tr("Records that would fare otherwise"))
        self._lay_out()
        self._connect()
        self._running(False)

    def go(self, **where: str) -> None:
        """One stands at the rule that is named; at first at the service of the record that was looked at last."""
        if where.get("service"):
            self.asked.choose(where["service"], where.get("question", ""), where.get("kind", ""))
        elif self.session.looked_at and not self._begun:
            self.asked.choose(self.session.looked_at)
        self._begun = True
        self.asked.service.setFocus()

    def try_it(self) -> None:
        """Begin; what ran before ends."""
        service = self.asked.chosen
        if service is None or not self.run.isEnabled():
            return
        self._stop = Event()
        self.progress.begin()
        self.trial = None
        self.list.show_rows([])
        self._running(True)
        self._say(tr("Looking…"), "ink2")
        try:
            then = self.asked.then(Side.of(service))
        except FieldAppError as error:
            self._running(False)
            self._say(_understandable(error), "bad")
            return
        plan, most, stop = Plan(Side.of(service), then), self.records.value(), self._stop
        self.session.bridge.follow(lambda: _paced(self.session, plan, service, most, stop), self._came)

    def stop(self) -> None:
        """End it; what was found so far stays."""
        self._stop.set()

    def save_as(self, path: Path) -> None:
        """The list as a table for spreadsheets."""
        try:
            with path.open("w", newline="", encoding="utf-8-sig") as file:
                writer = csv.writer(file)
                writer.writerow(COLUMNS)
                writer.writerows(lines(self.trial))
        except OSError as error:
            self.session.say(tr("It could not be saved: {why}", why=error.strerror or ""))
            return
        self.session.say(tr("Saved: {name}", name=path.name))

    def _came(self, outcome: Trial | BaseException | None) -> None:
        if outcome is None:
            self._running(False)
            self._say(summary(self.trial), "ink")
            self.nothing.say("circle-check", tr("No record would fare otherwise"), tr("Change it, and try it again."))
            return
        if isinstance(outcome, BaseException):
            self._running(False)
            self._say(str(outcome), "bad")
            return
        self.trial = outcome
        self.progress.show_far(outcome.looked_at, outcome.total)
        self._say(summary(outcome), "ink")
        self.list.show_rows([self._row(one) for one in outcome.differences])
        self.save.setEnabled(bool(outcome.differences))

    def _row(self, one: Difference) -> Row:
        faults = one.fails or one.passes
        parts = [
            one.record.reference,
            one.record.get(ADDRESS),
            *(f"{fault.label}: {fault.message}" for fault in faults),
        ]
        if one.fee_now != one.fee_then:
            parts.append(tr("fee {now} → {then}", now=one.fee_now, then=one.fee_then))
        chip = (tr("Would fail"), "bad") if one.fails else (tr("Would pass"), "ok")
        if not faults:
            chip = (tr("Other fee"), "warn")
        title = title_of(self.session.desk, one.record)
        return Row(one.record.id, title, " · ".join(filter(None, parts)), chip=chip)

    def _running(self, runs: bool) -> None:
        self.run.setEnabled(not runs)
        self.progress.setVisible(runs)
        self.save.setEnabled(not runs and self.trial is not None and bool(self.trial.differences))

    def _say(self, words: str, tone: str) -> None:
        self.words.setText(words)
        set_tone(self.words, tone)

    def _lay_out(self) -> None:
        subtitle = tr("What another rule would say of past records")
        self.body.addWidget(PageHeader(tr("Try a rule"), subtitle, (self.back, self.run)))
        what = Card(padding=0)
        fields = Scroll(margins=(16, 12, 16, 12), spacing=8, opens=True)
        fields.body.addWidget(self.asked)
        fields.body.addWidget(FieldBox(tr("How many of the newest records"), self.records))
        fields.body.addStretch(1)
        fields.setMinimumWidth(self.asked.minimumSizeHint().width() + theme.px(48))
        what.body.addWidget(fields, 1)
        found = QWidget()
        column = QVBoxLayout(found)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.progress)
        how = tr("Choose a service, change a rule or a fee, and try it: what would fare otherwise is listed here.")
        self.nothing = EmptyState("scale", tr("No difference to show"), how)
        column.addWidget(OrEmpty(self.list, self.nothing), 1)
        column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignRight)
        both = Beside()
        both.addWidget(what, 4)
        both.addWidget(found, 5)
        self.body.addLayout(both, 1)

    def _connect(self) -> None:
        self.run.clicked.connect(self.try_it)
        self.progress.cancelled.connect(self.stop)
        self.save.clicked.connect(self._choose_file)
        self.back.clicked.connect(lambda: self.navigate("review"))
        self.list.opened.connect(lambda record: self.navigate("records", record=record))
        self.asked.service.currentIndexChanged.connect(lambda _index: self.stop())
        act(self, "Ctrl+Return", tr("Try it"), self.try_it)
        act(self, "Escape", tr("Back to Review"), self.back.click)

    def _choose_file(self) -> None:
        name = f"{tr('rule tried')}.csv"
        if chosen := where_to_save(self.session, self, tr("Save the list"), name, "CSV (*.csv)"):
            self.save_as(chosen)


def _understandable(error: FieldAppError) -> str:
    """Why it cannot be tried; of a rule that was typed here, nobody has to be told in which column it stands."""
    if not isinstance(error, FormError):
        return str(error)
    return tr("The rule is not understood: {why}. The box below it puts the names of answers in.", why=error.args[0])


def _paced(session: Session, plan: Plan, service: Service, most: int, stop: Event) -> Iterator[Trial]:
    """How far it is now and then, each a copy of its own, and the end."""
    records = past_records(session.desk, service, most)
    last = Trial(len(records))
    for last in tried(session.desk, plan, records, stop.is_set):
        if last.looked_at % AT_ONCE == 0:
            yield replace(last, differences=list(last.differences))
    yield replace(last, differences=list(last.differences))
