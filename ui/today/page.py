"""The Today page: the day's visits, the chosen one in full, and the map, all with one selection."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.actions import start
from fieldapp.clock import today
from fieldapp.errors import FieldAppError
from fieldapp.records import REASON_FIELD
from fieldapp.settings import ORDER
from fieldapp.store import Touched
from fieldapp.texts import tr
from ui import days, theme
from ui.concern import concerns
from ui.map.caption import caption
from ui.map.pins import Pin
from ui.map.projection import Point
from ui.page import Page
from ui.session import Navigate, Session
from ui.today.detail import Detail
from ui.today.own_place import LOOK, DayMap, OwnPlace
from ui.today.unplanned import Unplanned
from ui.today.visits import Visit, routed, row, summary, visits
from ui.widgets import Beside, Button, Card, EmptyState, ListCard, PageHeader
from ui.widgets.acts import act

ROW = 60
MOST_ROWS = 6
WORDY = 1100  # px at scale 1 from which the head has room for the words of all its buttons
BY_ROUTE = "route"  # of the setting: how the day was ordered last


class TodayPage(Page):
    """Enter starts, continues or corrects the chosen visit. After it is submitted, the next one is chosen.

    Until the person chooses, the day's first visit stands chosen: the first sync brings the day page by page.
    """

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(session, navigate)
        self._visits: list[Visit] = []
        self._own_choice = False
        self.unplanned_button = Button(tr("Unplanned visit"), hint="Ctrl N")
        self.primary = Button("", "primary", hint=tr("Enter"))
        self.order_button = Button("", icon="route", hint="Ctrl R")
        self.order_button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.order_button.setMinimumWidth(theme.px(theme.CONTROL))  # its words never keep the window wide
        self._head = PageHeader("", "", (self.order_button, self.unplanned_button, self.primary))
        self.list = ListCard(tr("Visits"))
        self.map = DayMap(session.layers, tr("Map of the visits; the list beside it says the same"), way=True)
        self.detail = Detail(session)
        self.unplanned = Unplanned(session)
        self._around = QTimer(self, interval=LOOK)
        self._around.timeout.connect(self._look_around)
        self._around.start()
        self._lay_out()
        self._connect()
        self.show_visits()
        self._new = True  # has been read just now

    def refresh(self, touched: Touched) -> None:
        """Show the visits again when one of them, or one that may be a visit, was committed."""
        if touched.layers:
            self.map.forget_ground()
            self._say_layers()
        shown = {visit.id for visit in self._visits}
        if concerns(self.session, touched, shown, lambda line: line.assignee == self.session.person.id):
            self.show_visits()

    def go(self, **where: str) -> None:
        """`record` chooses a visit. One stands in the list, so that Enter starts."""
        if not self._new:
            self.show_visits()
        self._new = False
        if where.get("record"):
            self._choose(where["record"])
        self.list.setFocus()

    def where(self) -> dict[str, str]:
        """The visit that the person chose."""
        return {"record": self.list.current() if self._own_choice else ""}

    def show_visits(self) -> None:
        """Read the visits again; a chosen one that is done gives way to the one after it."""
        own, place = self._own_choice, self._place()
        day = today(self.session.clock)
        self._visits = self._ordered(visits(self.session.desk))
        self._head.say(days.heading(day), summary(self._visits, day))
        self.list.show_rows([row(visit, day) for visit in self._visits])
        self.map.show_pins(_pins(self._visits))
        self._say_layers()
        came = bool(self._visits) and self._stack.currentIndex() == 1
        self._stack.setCurrentIndex(0 if self._visits else 1)
        self._fit()
        if came and self.isVisible():
            self.list.setFocus()  # the first sync brought the day: Enter starts, the arrows choose
        if self._visits and not (own and self.chosen()):
            self.list.choose(self._visits[min(place, len(self._visits) - 1)].id)
        self._own_choice = own
        self._show_chosen()

    def change_order(self) -> None:
        """From the order of times to a short way, and back. It stays so on this laptop."""
        other = "" if self._by_route() else BY_ROUTE
        try:
            self.session.saved(lambda: self.session.store.keep_setting(ORDER, other))
        except FieldAppError as error:
            self.session.say(str(error))
            return
        self.show_visits()

    def chosen(self) -> Visit | None:
        """The visit that is chosen in list and map."""
        current = self.list.current()
        return next((visit for visit in self._visits if visit.id == current), None)

    def open_chosen(self) -> None:
        """Start, continue or correct the chosen visit in the form."""
        visit = self.chosen()
        if visit is not None:
            self._own_choice = True
            field = visit.record.get(REASON_FIELD) if visit.returned else ""
            self.navigate("form", record=visit.id, back="today", **({"field": field} if field else {}))

    def begin_unplanned(self) -> None:
        """Look for the permit that is to be inspected without a planned visit."""
        if not self.unplanned.services():
            return
        self._side.setCurrentWidget(self.unplanned)
        self._stack.setCurrentIndex(0)
        self.unplanned.begin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the list is shorter, and scrolls."""
        super().resizeEvent(event)
        self._say_order()
        self._fit()

    def _lay_out(self) -> None:
        self._side = QStackedWidget()
        self._side.addWidget(self.detail)
        self._side.addWidget(self.unplanned)
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self.list)
        left.addWidget(self._side, 1)
        day = QWidget()
        columns = Beside()
        day.setLayout(columns)
        columns.addLayout(left, 1)
        columns.addWidget(self.map, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(day)
        self._stack.addWidget(self._nothing())
        self.body.addWidget(self._head)
        self.unplanned_button.setVisible(bool(self.unplanned.services()))
        self.body.addWidget(self._stack, 1)

    def _nothing(self) -> QWidget:
        begin = None
        words = tr("Visits that are assigned to you come with the next sync.")
        if self.unplanned.services():
            begin = Button(tr("Unplanned visit"))
            begin.clicked.connect(self.begin_unplanned)
            words += " " + tr("An inspection can start without one.")
        card = Card()
        card.body.addWidget(EmptyState("calendar-check", tr("No visits today"), words, begin))
        return card

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.list.chosen.connect(lambda _id: self._show_chosen())
        self.list.clicked.connect(lambda _index: self._choose(self.list.current()))
        self.list.opened.connect(lambda _id: self.open_chosen())
        self.primary.clicked.connect(self.open_chosen)
        self.map.picked.connect(self._choose)
        self.map.asked.connect(self.say_where)
        self.unplanned_button.clicked.connect(self.begin_unplanned)
        self.order_button.clicked.connect(self.change_order)
        self.unplanned.left.connect(self._leave_unplanned)
        self.unplanned.started.connect(self._start)
        act(self, "Ctrl+M", tr("Where I am"), self.say_where)
        act(self, "Ctrl+N", tr("Unplanned visit"), self.begin_unplanned)
        act(self, "Ctrl+R", tr("Order of the visits"), self.change_order)

    def say_where(self) -> None:
        """Say where one is, or by which receiver that is known."""
        chosen = self.chosen()
        dialog = OwnPlace(self.session, chosen.point if chosen else None, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.moved.connect(self._look_around)
        dialog.open()

    def _look_around(self) -> None:
        """Where one is now: the dot on the map."""
        if self.isVisible():
            self.map.show_own(self.session.position.fix())

    def _choose(self, visit: str) -> None:
        """The person chose."""
        self._own_choice = True
        self.list.choose(visit)

    def _show_chosen(self) -> None:
        visit = self.chosen()
        self.primary.setVisible(visit is not None)
        if visit is not None:
            self.map.choose(visit.id)
            self.primary.show_as(_verb(visit))
            self.detail.show_visit(visit)
            self._side.setCurrentWidget(self.detail)

    def _by_route(self) -> bool:
        return self.session.store.setting(ORDER) == BY_ROUTE

    def _ordered(self, found: list[Visit]) -> list[Visit]:
        """As the person wants the day; the button offers the other order, where there is another."""
        self._say_order()
        self.order_button.setVisible(sum(visit.point is not None for visit in found) > 2)
        fix = self.session.position.fix() if self._by_route() else None
        return routed(found, Point(fix.lat, fix.lon) if fix else None) if self._by_route() else found

    def _say_order(self) -> None:
        """The other order, in words where there is room for them; as a sign with a name where there is not."""
        words = tr("Order by time") if self._by_route() else tr("Order by route")
        wide = self.width() >= theme.px(WORDY)
        self.order_button.show_as(words if wide else "", hint="Ctrl R" if wide else "")
        self.order_button.setAccessibleName(words)
        self.order_button.setToolTip("" if wide else f"{words} (Ctrl R)")

    def _place(self) -> int:
        """Where the own choice stands among the visits, 0 when there is none."""
        current = self.list.current() if self._own_choice else ""
        return next((number for number, visit in enumerate(self._visits) if visit.id == current), 0)

    def _fit(self) -> None:
        room = (self.height() - theme.px(120)) * 0.55
        self.list.fit(max(2, min(MOST_ROWS, int(room / theme.px(ROW)))))
        self.list.setVisible(bool(self._visits))

    def _say_layers(self) -> None:
        self.map.say(caption(self.session.layers, today(self.session.clock)))

    def _leave_unplanned(self) -> None:
        self._side.setCurrentWidget(self.detail)
        self._stack.setCurrentIndex(0 if self._visits else 1)
        self.list.setFocus()

    def _start(self, service: str, permit: str) -> None:
        try:
            record = self.session.saved(lambda: start(self.session.desk, service, parent=permit))
        except FieldAppError as error:
            self.session.say(str(error))
            return
        self._leave_unplanned()
        self.navigate("form", record=record.id, back="today", fresh="yes")


def _verb(visit: Visit) -> str:
    if visit.returned:
        return tr("Correct it")
    if visit.started:
        return tr("Continue {time} visit", time=visit.time) if visit.time else tr("Continue the visit")
    return tr("Start {time} visit", time=visit.time) if visit.time else tr("Start the visit")


def _pins(found: list[Visit]) -> list[Pin]:
    """A pin for each visit whose place is known, with its number in the list."""
    numbered = enumerate(found, start=1)
    return [Pin(one.id, str(number), one.point, one.title) for number, one in numbered if one.point is not None]
