"""GivingCard: who stands in for oneself, from when, until when, and in which wards."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

from fieldapp.access import REVIEWERS
from fieldapp.clock import new_id, today
from fieldapp.texts import tr
from sync.wire import GivenStandIn
from ui.forms.fields.calendar import DayLine
from ui.session import Session
from ui.stand_ins.words import wards_in
from ui.widgets import Beside, Button, Card, FieldBox, label

NARROW = 150  # px at scale 1 of a day's column


class GivingCard(Card):
    """`given` carries what is asked of the City; whoever hears it says what became of it."""

    given = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(tr("While you are away"), spacing=8)
        self._session = session
        self._roles: dict[str, frozenset[str]] = {}
        self.taker, self.wards = QComboBox(), QLineEdit()
        self.first, self.last = DayLine(session), DayLine(session)
        self.taker_box = FieldBox(tr("Who stands in for you?"), self.taker, required=True)
        self.button = Button(tr("Give"), "primary", icon="user-check", hint="Ctrl Enter")
        self.fault = label("", "body", tone="bad", wrap=True)
        self.fault.hide()
        self._lay_out()
        self.taker.currentIndexChanged.connect(lambda _index: self._say_roles())
        self.button.clicked.connect(self.give)

    def show_people(self) -> None:
        """Offer colleagues, those who review anyway first. Who was chosen stays."""
        session, chosen = self._session, self.taker.currentData()
        practice = session.practice.people if session.practice else ()
        names = {**session.store.people.names(), **{one.id: one.name for one in practice}}
        self._roles = {**{one.id: one.roles for one in practice}, **session.store.people.roles()}
        others = [id_ for id_ in names if id_ != session.person.id]
        others.sort(key=lambda id_: (not self._reviews(id_), names[id_].casefold()))
        self.taker.clear()
        for id_ in others:
            self.taker.addItem(names[id_], id_)
        self.taker.setCurrentIndex(max(0, self.taker.findData(chosen)))
        self._say_roles()

    def give(self) -> None:
        """Ask for it, or say what is missing and stand there."""
        taker, wards = str(self.taker.currentData() or ""), wards_in(self.wards.text())
        first, last, day = self.first.day(), self.last.day(), today(self._session.clock)
        if not taker:
            self._refuse(tr("The City has told of no colleague yet: sync first."), self.taker)
        elif first is None:
            self._refuse(tr("From which day on? Write it as YYYY-MM-DD."), self.first)
        elif last is None:
            self._refuse(tr("Until which day? Write it as YYYY-MM-DD."), self.last)
        elif last < first or last < day:
            self._refuse(tr("The last day is before the first, or over already."), self.last)
        elif wards is None:
            self._refuse(tr("Write the wards as numbers, as 3, 8; or nothing for all of yours."), self.wards)
        else:
            self.say("")
            self.given.emit(GivenStandIn(new_id(), taker, first, last, wards))

    def say(self, words: str) -> None:
        """Say what is wrong; "" for nothing."""
        self.fault.setText(words)
        self.fault.setVisible(bool(words))

    def begin_anew(self) -> None:
        """Empty, from today on."""
        self.first.show_day(today(self._session.clock))
        self.last.show_day(None)
        self.wards.clear()
        self.say("")

    def _lay_out(self) -> None:
        spans = Beside(NARROW)
        spans.addWidget(FieldBox(tr("First day"), self.first, required=True))
        spans.addWidget(FieldBox(tr("Last day"), self.last, required=True, hint=tr("It counts too")))
        hint = tr("As 3, 8; without any, all of yours")
        self.body.addWidget(self.taker_box)
        self.body.addLayout(spans)
        self.body.addWidget(FieldBox(tr("In which wards?"), self.wards, hint=hint))
        self.body.addWidget(self.fault)
        self.body.addStretch(1)
        foot = self.foot()
        foot.addStretch(1)
        foot.addWidget(self.button)

    def _reviews(self, person: str) -> bool:
        return bool(self._roles.get(person, frozenset()) & REVIEWERS)

    def _say_roles(self) -> None:
        """Whoever decides only by what is lent to them is named knowingly."""
        person = str(self.taker.currentData() or "")
        lent = person in self._roles and not self._reviews(person)
        words = tr("Has no reviewing role: decides with yours until it ends, never over their own work.")
        self.taker_box.say(tr("Who stands in for you?"), words if lent else "")

    def _refuse(self, words: str, where: QComboBox | QLineEdit) -> None:
        self.say(words)
        where.setFocus()
