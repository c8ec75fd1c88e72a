"""The Fleet page: the laptops at the left, what needs attention first, and one of them beside. It reads without a
network, as of the time at which the City told. Escape goes back to the Dashboard."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QComboBox, QStackedWidget

from fieldapp.actions.laptops import on_its_way, say_found, say_lost
from fieldapp.clock import moment_of, today
from fieldapp.errors import FieldAppError
from fieldapp.reports.sheet_paper import sheet_paper
from fieldapp.store import Touched
from fieldapp.texts import plural, tr
from sync import fleet
from sync.laptops import TOPICS, Concern, answers, chip, in_order
from sync.leaving import BAD, WARN
from sync.wire import Fleet, Laptop
from ui import theme
from ui.choosing import where_to_save_pdf
from ui.fleet import words
from ui.fleet.detail import Detail
from ui.fleet.lost_panel import LostPanel
from ui.made_paper import print_made, save_made
from ui.page import Page
from ui.session import Navigate, Session
from ui.widgets import Beside, Button, Card, EmptyState, ListCard, PageHeader, Row
from ui.widgets.acts import act
from ui.widgets.labels import names

LINE, FEW = 60, 3  # px at scale 1 of a laptop's line; so many stay in sight


class FleetPage(Page):
    """What one reads stays where it is while the City tells anew."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(session, navigate)
        self._fleet: Fleet | None = None
        self._shown: list[tuple[Laptop, list[Concern]]] = []
        self.topic = QComboBox()
        names(self.topic, tr("Which laptops"), self)
        for topic, title in TOPICS.items():
            self.topic.addItem(title(), topic)
        self.save = Button(icon="download", name=tr("Save as PDF"))
        self.print = Button(icon="printer", name=tr("Print"))
        self.back = Button(tr("Dashboard"), "quiet", icon="arrow-left", hint="Esc")
        self.head = PageHeader(tr("Fleet"), "", (self.topic, self.print, self.save, self.back))
        self.list = ListCard(tr("Laptops"))
        self.detail = Detail(session)
        self.lost = LostPanel()
        self._lay_out()
        self._connect()

    def refresh(self, touched: Touched) -> None:  # noqa: ARG002 - the City's word comes with any sync
        """Look whether the City told anew."""
        if self.isVisible():
            self.show_now()

    def go(self, **where: str) -> None:
        """`topic` chooses which laptops, `laptop` one of them."""
        if "topic" in where:
            self.topic.setCurrentIndex(max(0, self.topic.findData(where["topic"])))
        self._fleet = None
        self.show_now()
        self._ask_anew()
        if where.get("laptop"):
            self.list.choose(where["laptop"])
        (self.list if self._shown else self.topic).setFocus()

    def _ask_anew(self) -> None:
        """Who looks sees how it is now, where there is a network."""
        if self.session.courier is not None:
            self.session.saved(partial(fleet.want, self.session.store))
            self.session.courier.wake()

    def where(self) -> dict[str, str]:
        """Which laptops, and which of them."""
        return {"topic": str(self.topic.currentData() or ""), "laptop": self.list.current()}

    def show_now(self) -> None:
        """Read what is known; nothing is drawn anew where it is the same."""
        known = fleet.known(self.session.store)
        if known is not None and known == self._fleet:
            return
        self._fleet = known
        self._show()

    def _lay_out(self) -> None:
        side = QStackedWidget()
        side.addWidget(self.detail)
        side.addWidget(self.lost)
        self._side = side
        columns = Beside()
        columns.addWidget(self.list, 3)
        columns.addWidget(side, 3)
        self._none = EmptyState("laptop", "", "")
        nothing = Card()
        nothing.body.addWidget(self._none)
        self._nothing = nothing
        self.body.addWidget(self.head)
        self.body.addLayout(columns, 1)
        self.body.addWidget(nothing, 1)

    def _connect(self) -> None:
        self.topic.activated.connect(lambda _index: self._show())
        self.list.chosen.connect(lambda _id: self._show_chosen())
        self.list.opened.connect(lambda _id: self.detail.work.setFocus())
        self.detail.records_asked.connect(self._show_records)
        self.detail.lost.connect(self._ask_lost)
        self.detail.found.connect(lambda: self._say(lost=False))
        self.lost.said.connect(lambda take: self._say(lost=True, take_work=take))
        self.lost.left.connect(self._close_panel)
        self.save.clicked.connect(self._save)
        self.print.clicked.connect(lambda: print_made(self.session, self._paper()))
        self.back.clicked.connect(lambda: self.navigate("dashboard"))
        act(self, "Escape", tr("Back to the Dashboard"), self._go_back)
        self.session.bridge.status.connect(self._synced)  # no lambda: it would outlive the page

    def _synced(self, _status: object) -> None:
        self.refresh(Touched())

    def _go_back(self) -> None:
        if self._side.currentWidget() is self.lost:
            self._close_panel()
        else:
            self.navigate("dashboard")

    def _show(self) -> None:
        known = self._fleet
        judged = in_order(known.laptops, known.as_of) if known else []
        topic = str(self.topic.currentData() or "")
        self._shown = [pair for pair in judged if answers(pair[1], topic)]
        self.head.say(tr("Fleet"), self._summary(judged))
        day = today(self.session.clock)
        rows = [Row(_id(one), words.title(one), words.below(one, day), chip=chip(found)) for one, found in self._shown]
        self.list.show_rows(rows)
        self.list.setMinimumHeight(theme.px(LINE * min(len(rows), FEW)))  # with large letters the page scrolls instead
        some = bool(rows)
        for widget in (self.list, self._side, self.save, self.print):
            widget.setVisible(some)
        self._nothing.setVisible(not some)
        self._none.say("laptop", *_nothing_words(known, topic))
        if some and not self.list.current():
            self.list.choose(rows[0].id)
        self._show_chosen()

    def _summary(self, judged: list[tuple[Laptop, list[Concern]]]) -> str:
        if self._fleet is None:
            return ""
        day = today(self.session.clock)
        pressing = sum(any(one.kind in {BAD, WARN} for one in found) for _, found in judged)
        parts = [
            plural(len(judged), "{n} laptop", "{n} laptops"),
            plural(pressing, "{n} needs attention", "{n} need attention"),
            words.as_of(self._fleet.as_of, day),
        ]
        return " · ".join(parts)

    def chosen(self) -> tuple[Laptop, list[Concern]] | None:
        """The laptop of the current line, and what is wrong with it."""
        return next((pair for pair in self._shown if _id(pair[0]) == self.list.current()), None)

    def _show_chosen(self) -> None:
        if pair := self.chosen():
            laptop, found = pair
            said = on_its_way(self.session.desk).get((laptop.device, laptop.person))
            self.detail.show_laptop(laptop, found, said)
            self._side.setCurrentWidget(self.detail)

    def _show_records(self, person: str) -> None:
        self.navigate("records", kind="open review returned", person=person)

    def _ask_lost(self) -> None:
        if pair := self.chosen():
            self.lost.ask(pair[0])
            self._side.setCurrentWidget(self.lost)
            self.lost.take.setFocus()

    def _close_panel(self) -> None:
        self._side.setCurrentWidget(self.detail)
        self.list.setFocus()

    def _say(self, *, lost: bool, take_work: bool = False) -> None:
        pair = self.chosen()
        if pair is None:
            return
        laptop, desk = pair[0], self.session.desk
        said = partial(say_lost, desk, laptop.device, laptop.person, take_work=take_work)
        try:
            self.session.saved(said if lost else partial(say_found, desk, laptop.device, laptop.person))
        except FieldAppError as error:
            self.session.say(str(error))
            return
        if self.session.courier is not None:
            self.session.courier.wake()
        self._show_chosen()
        self.list.setFocus()
        done = tr("{laptop} is withdrawn with the next sync", laptop=laptop.device)
        back = partial(self._say, lost=False) if lost else None
        self.session.say(done if lost else tr("{laptop} is let in again", laptop=laptop.device), back)

    def _paper(self) -> partial[bytes]:
        """What makes the paper, in a thread of its own."""
        day = today(self.session.clock)
        rows = [(*words.cells(one, day), chip(found)[0]) for one, found in self._shown]
        when = tr("as of {when}", when=f"{moment_of(self._fleet.as_of):%Y-%m-%d %H:%M}") if self._fleet else ""
        columns = (*words.columns(), tr("Needs attention"))
        return partial(sheet_paper, tr("Fleet"), when, columns, rows, str(self.topic.currentText()))

    def _save(self) -> None:
        if chosen := where_to_save_pdf(self.session, self, f"fleet-{today(self.session.clock)}"):
            save_made(self.session, self._paper(), chosen)


def _id(laptop: Laptop) -> str:
    return f"{laptop.device}/{laptop.person}"


def _nothing_words(known: Fleet | None, topic: str) -> tuple[str, str]:
    if known is None:
        return tr("The City has told nothing of its laptops yet"), tr("It does with the next sync, and is kept here.")
    if topic:
        return tr("No laptop is like that"), tr("Choose another word above.")
    return tr("No laptop has been heard of"), tr("Each shows here after its first sync.")
