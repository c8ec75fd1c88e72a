"""The Stand-ins page: who takes whose steps until when at the left, and naming somebody for oneself beside. It reads
without a network, as the City told it last; giving and withdrawing ask the City. Escape goes back to Review."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.clock import new_id, today
from fieldapp.errors import FieldAppError, OfflineError
from fieldapp.store import Touched
from fieldapp.texts import tr
from sync import stand_ins
from sync.wire import GivenStandIn, StandingIn, StandIns
from ui import theme
from ui.page import Page
from ui.ports import CityStandIns
from ui.session import Navigate, Session
from ui.stand_ins import words
from ui.stand_ins.giving import GivingCard
from ui.widgets import Beside, Button, Card, EmptyState, ListCard, PageHeader, label
from ui.widgets.acts import act
from ui.widgets.stack import Stack

LINE, FEW = 60, 3  # px at scale 1 of a line; so many stay in sight
Ask = Callable[[CityStandIns], StandIns]
Done = Callable[[StandIns], None]


class StandInsPage(Page):
    """One question to the City at a time; nothing waits for its answer."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(session, navigate)
        self._told: StandIns | None = None
        self._asking = False
        self.back = Button(tr("Review"), "quiet", icon="arrow-left", hint="Esc")
        self.head = PageHeader(tr("Stand-ins"), "", (self.back,))
        self.said = label("", "body", tone="warn", wrap=True)
        self.said.hide()
        self.list = ListCard(tr("Who stands in for whom"))
        self.none = EmptyState("user-check", "", "")
        self.end = Button(tr("Withdraw"), icon="undo-2", hint="Del")
        self.giving = GivingCard(session)
        self._lay_out()
        self._connect()

    def refresh(self, touched: Touched) -> None:
        """Nothing here is a record; who looks anew asks the City."""

    def go(self, **where: str) -> None:
        """`stand_in` chooses one. What the City told last is shown while it is asked anew."""
        self._told = stand_ins.known(self.session.store)
        self.giving.show_people()
        if self.giving.first.day() is None:
            self.giving.begin_anew()
        self._show()
        if where.get("stand_in"):
            self.list.choose(where["stand_in"])
        (self.list if self._standing() else self.giving.taker).setFocus()
        self._ask(lambda city: city.all(), lambda _told: None)

    def where(self) -> dict[str, str]:
        """The chosen one."""
        return {"stand_in": self.list.current()}

    def chosen(self) -> StandingIn | None:
        """The one of the current line."""
        return next((one for one in self._standing() if one.id == self.list.current()), None)

    def give(self, given: GivenStandIn) -> None:
        """Let the City note it; the toast takes it back."""
        self._ask(lambda city: city.give(given), partial(self._given, given))

    def withdraw(self) -> None:
        """End the chosen one, if it is one's own; the toast gives it again."""
        one = self.chosen()
        if one is None:
            return
        if one.giver != self.session.person.id:
            self.session.say(tr("{person} gave this, and withdraws it.", person=one.giver_name))
            return
        self._ask(lambda city: city.withdraw(one.id), partial(self._withdrawn, one))

    def _standing(self) -> tuple[StandingIn, ...]:
        return self._told.standing if self._told else ()

    def _given(self, given: GivenStandIn, told: StandIns) -> None:
        self.giving.begin_anew()
        self.list.choose(given.id)
        self.list.setFocus()
        who = self.session.name_of(given.taker)
        done = tr("{person} stands in for you", person=who)
        back = partial(self._ask, lambda city: city.withdraw(given.id), lambda _told: None)
        self.session.say(f"{done}. {told.said}" if told.said else done, back)

    def _withdrawn(self, one: StandingIn, _told: StandIns) -> None:
        self.list.setFocus()
        again = GivenStandIn(new_id(), one.taker, words.first_day(one), words.last_day(one), one.wards)
        done = tr("{person} stands in for you no longer", person=one.taker_name)
        self.session.say(done, partial(self._give_again, again))

    def _give_again(self, given: GivenStandIn) -> None:
        self._ask(lambda city: city.give(replace(given, id=new_id())), lambda _told: None)

    def _ask(self, ask: Ask, done: Done) -> None:
        """Ask the City, in a thread of its own."""
        city = self.session.stand_ins
        if city is None:
            self._say(tr("There is no gateway here: giving and withdrawing need the City's."))
        elif self._asking:
            self.session.say(tr("The City is being asked; one moment."))
        else:
            self._asking = True
            self.session.bridge.follow(lambda: [ask(city)], partial(self._came, done))

    def _came(self, done: Done, outcome: StandIns | BaseException | None) -> None:
        self._asking = False
        if outcome is None:
            return
        if isinstance(outcome, BaseException):
            self._say(_why(outcome))
            return
        self._told = outcome
        self._say("")
        self._show()
        done(outcome)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _show(self) -> None:
        day, me = today(self.session.clock), self.session.person.id
        rows = [words.row(one, me, day) for one in self._standing()]
        self.head.say(tr("Stand-ins"), words.summary(self._told, day))
        self.list.show_rows(rows)
        self.list.setMinimumHeight(theme.px(LINE * min(len(rows), FEW)))  # with large letters the page scrolls instead
        self.none.say("user-check", *_nothing(self._told))
        self._side.setCurrentIndex(0 if rows else 1)
        if rows and not self.list.current():
            self.list.choose(rows[0].id)
        self._show_chosen()

    def _show_chosen(self) -> None:
        one = self.chosen()
        self.end.setEnabled(one is not None and one.giver == self.session.person.id)

    def _lay_out(self) -> None:
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.list, 1)
        column.addWidget(self.end)
        nothing = Card()
        nothing.body.addWidget(self.none)
        self._side = Stack(listed, nothing)
        columns = Beside()
        columns.addWidget(self._side, 4)
        columns.addWidget(self.giving, 3)
        self.body.addWidget(self.head)
        self.body.addWidget(self.said)
        self.body.addLayout(columns, 1)

    def _connect(self) -> None:
        self.list.chosen.connect(lambda _id: self._show_chosen())
        self.end.clicked.connect(self.withdraw)
        self.giving.given.connect(self.give)
        self.back.clicked.connect(lambda: self.navigate("review"))
        act(self.list, "Delete", tr("Withdraw"), self.withdraw)
        act(self, "Ctrl+Return", tr("Give"), self.giving.give)
        act(self, "Escape", tr("Review"), self.back.click)


def _why(fault: BaseException) -> str:
    """Why the City could not be asked or did not do it, and what holds."""
    said = str(fault) if isinstance(fault, FieldAppError) else type(fault).__name__
    if isinstance(fault, OfflineError):
        return tr("{why} What it told last is shown; giving and withdrawing need the network.", why=said)
    return tr("{why} Nothing was changed.", why=said)


def _nothing(told: StandIns | None) -> tuple[str, str]:
    if told is None:
        return tr("The City has not told who stands in for whom"), tr(
            "It does once it can be reached, and is kept here."
        )
    return tr("Nobody stands in for anybody"), tr("Before you are away, name somebody who decides for you.")
