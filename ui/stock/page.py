"""The Stock page: what is left at one office, what is not accounted for, and booking what moved. Escape goes back."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from fieldapp.actions.stock import Left, in_doubt, left_at, office_here
from fieldapp.clock import moment_of, today
from fieldapp.settings import OFFICE
from fieldapp.stock.moves import SERVICE, Holding
from fieldapp.stock.numbers import written
from fieldapp.store import Touched
from fieldapp.texts import language, tr
from ui.concern import concerns
from ui.page import Page
from ui.session import Navigate, Session
from ui.stock.booking_card import BookingCard
from ui.stock.offices import offices, own_office
from ui.widgets import Beside, Button, Card, EmptyState, ListCard, PageHeader, Row
from ui.widgets.acts import act
from ui.widgets.labels import names


class StockPage(Page):
    """The office of this laptop is remembered."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(session, navigate)
        self.office = QComboBox()
        names(self.office, tr("Office"), self)
        self.office.addItem(tr("All offices: what does not fit"), "")
        self._names = dict(offices(session.desk))
        for code, name in self._names.items():
            self.office.addItem(name, code)
        self.back = Button(tr("Counter"), "quiet", icon="arrow-left", hint="Esc")
        self.head = PageHeader(tr("Stock"), "", (self.office, self.back))
        self.list = ListCard(tr("What is left here"), flat=True)
        self.booking = BookingCard(session)
        self._nothing = EmptyState("package", tr("No stock here yet"), tr("Book what was received, and it is counted."))
        left = Card(tr("What is left here"), padding=0)
        left.body.addWidget(self.list, 1)
        left.body.addWidget(self._nothing, 1)
        columns = Beside()
        columns.addWidget(left, 2)
        columns.addWidget(self.booking, 1)
        self.body.addWidget(self.head)
        self.body.addLayout(columns, 1)
        self._connect()

    def refresh(self, touched: Touched) -> None:
        """Somebody handed over, or sync brought another counter's movements."""
        if concerns(self.session, touched, set(), lambda line: line.service == SERVICE):
            self.show_now()

    def go(self, **where: str) -> None:
        """`office` shows another one."""
        office = where["office"] if "office" in where else self._mine()
        self.office.setCurrentIndex(max(0, self.office.findData(office)))
        self.show_now()
        first = self.booking.kind if office else self.office
        (self.list if self.list.isVisibleTo(self) else first).setFocus()

    def _mine(self) -> str:
        """The office of this laptop; where nobody has said, that of who works here, which it is from now on."""
        desk = self.session.desk
        if (office := office_here(desk) or own_office(desk)) and office != office_here(desk):
            self.session.saved(lambda: self.session.store.keep_setting(OFFICE, office))
        return office

    def where(self) -> dict[str, str]:
        """The office that is shown."""
        return {"office": str(self.office.currentData() or "")}

    def show_now(self) -> None:
        """How things stand at the office."""
        office = str(self.office.currentData() or "")
        found = left_at(self.session.desk, office) if office else in_doubt(self.session.desk)
        first = tr("Choose your office first: what moves is booked there.")
        self.head.say(tr("Stock"), (self._to_count(found) if found else "") if office else first)
        self.list.show_rows([_row(one, "" if office else self._names.get(one.holding.office, "")) for one in found])
        none, how = tr("No stock here yet"), tr("Book what was received, and it is counted.")
        if not office:
            none, how = tr("Everything fits"), tr("Choose an office to see its stock, and to book.")
        self._nothing.say("package", none, how)
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self.booking.show_office(office)

    def _to_count(self, found: list[Left]) -> str:
        """How much of it was not counted today."""
        day = today(self.session.clock)
        n = sum(not one.counted_on(day) for one in found)
        return tr("To be counted at the end of the day: {n}", n=n) if n else tr("All is counted.")

    def _chosen(self) -> None:
        """Remember the office of this laptop."""
        office = str(self.office.currentData() or "")
        if office and office != office_here(self.session.desk):
            self.session.saved(lambda: self.session.store.keep_setting(OFFICE, office))
        self.show_now()

    def _connect(self) -> None:
        self.office.activated.connect(lambda _index: self._chosen())
        self.list.chosen.connect(self.booking.choose)
        self.booking.booked.connect(self.show_now)
        self.back.clicked.connect(lambda: self.navigate("counter"))
        act(self, "Ctrl+Return", tr("Book"), self.booking.book)
        act(self, "Escape", tr("Back"), lambda: self.navigate("counter"))


def _row(one: Left, office: str) -> Row:
    """`office` is named where several are listed."""
    holding = one.holding
    below = " · ".join(part for part in (*holding.faults, *_counted(holding), written(holding.numbers)) if part)
    chip = (tr("Does not fit"), "bad") if holding.faults else (tr("Low"), "warn") if one.low else None
    title = " · ".join(part for part in (office, one.item.title.text(language())) if part)
    return Row(one.item.id, title, below, icon="package", chip=chip, trailing=one.said)


def _counted(holding: Holding) -> tuple[str, ...]:
    """When it was counted last, and what that found."""
    if not holding.counted_at:
        return (tr("Never counted"),)
    counted = tr("Counted {moment}", moment=f"{moment_of(holding.counted_at):%Y-%m-%d %H:%M}")
    if not holding.difference:
        return (counted,)
    words = {"n": f"{holding.difference:+d}", "reason": holding.reason}
    return counted, tr("the count differed by {n}: {reason}", **words)
