"""The Dashboard page: panels at the left, the chosen one beside them as picture and table. Escape goes back to Review.

It is counted in another thread, and anew only where records changed since."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QWidget

from fieldapp.clock import today
from fieldapp.reports.board import Panel, panel_of, panels
from fieldapp.reports.board_paper import board_paper, summary
from fieldapp.reports.here import Figures, figures
from fieldapp.store import Touched
from fieldapp.texts import plural, tr
from ui import days
from ui.choosing import where_to_save_pdf
from ui.dashboard.panel_view import PanelView
from ui.dashboard.saying import Answers, said
from ui.made_paper import print_made, save_made
from ui.page import Page
from ui.session import Navigate, Session
from ui.widgets import Beside, Button, ListCard, PageHeader, Row, Skeleton
from ui.widgets.acts import act
from ui.widgets.labels import names
from ui.widgets.stack import Stack

PAUSE = 1500  # ms; while sync brings pages, it is counted at this pace
CALM = 10  # times as long as counting took, at least, until it is counted again
PERIODS = (30, 90, 365)  # days
USUAL = 90


class DashboardPage(Page):
    """The panel that one reads stays where it is while figures come anew."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(session, navigate)
        self.found: Figures | None = None
        self._panels: list[Panel] = []
        self._answers = Answers(session)
        self._stale, self._counting = True, False
        self._begins = False  # the page was entered, and shows nothing yet
        self._took = QElapsedTimer()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._count)
        self.period = QComboBox()
        names(self.period, tr("Period"), self)
        for n in PERIODS:
            self.period.addItem(tr("Last {n} days", n=n), n)
        self.period.setCurrentIndex(PERIODS.index(USUAL))
        self.save = Button(icon="download", name=tr("Save as PDF"))
        self.print = Button(icon="printer", name=tr("Print"))
        self.back = Button(tr("Review"), "quiet", icon="arrow-left", hint="Esc")
        self.fleet = Button(tr("Fleet"), icon="laptop")
        actions = (self.period, self.fleet, self.print, self.save, self.back)
        self.head = PageHeader(tr("Dashboard"), tr("Counting the records on this laptop…"), actions)
        self.list = ListCard(tr("Panels"))
        self.view = PanelView(session)
        self._lay_out()
        self._connect()

    def refresh(self, touched: Touched) -> None:
        """Records changed: count them anew, at a calm pace, while somebody looks."""
        if touched.layers:
            self.view.map.forget_ground()
        if touched.records:
            self._stale = True
            if self.isVisible() and not self._pause.isActive():
                self._pause.start()

    def go(self, **where: str) -> None:
        """`panel` chooses one, `days` the period. One stands in the list."""
        if where.get("days"):
            self.period.setCurrentIndex(max(0, self.period.findData(int(where["days"]))))
        self._wanted = where.get("panel", "")
        self._begins = True  # while it counts there is no list to stand in
        self._count()
        self._show_panels()

    def where(self) -> dict[str, str]:
        """The panel and the period."""
        return {"panel": self.list.current(), "days": str(self.period.currentData())}

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while nobody looked is counted now."""
        super().showEvent(event)
        self._count()

    def _lay_out(self) -> None:
        board = QWidget()
        columns = Beside()
        board.setLayout(columns)
        columns.addWidget(self.list, 2)
        columns.addWidget(self.view, 5)
        self.body.addWidget(self.head)
        self._stack = Stack()
        self._stack.addWidget(Skeleton(tr("Counting the records on this laptop…")))
        self._stack.addWidget(board)
        self.body.addWidget(self._stack, 1)
        self._wanted = ""
        for button in (self.save, self.print):
            button.setEnabled(False)

    def _connect(self) -> None:
        self.list.chosen.connect(self._show_panel)
        self.list.opened.connect(lambda _id: self.view.table.setFocus())
        self.view.asked.connect(lambda where: self.navigate("records", panel=self.list.current(), **where))
        self.period.activated.connect(lambda _index: self._other_period())
        self.save.clicked.connect(self._save)
        self.print.clicked.connect(self._print)
        self.view.away_asked.connect(lambda person: self.navigate("away", person=person))
        self.fleet.clicked.connect(lambda: self.navigate("fleet"))
        self.back.clicked.connect(lambda: self.navigate("review"))
        act(self, "Escape", tr("Review"), lambda: self.navigate("review"))

    def _other_period(self) -> None:
        self._stale = True
        self._count()

    def _span(self) -> tuple[date, date]:
        last = today(self.session.clock)
        return last - timedelta(days=int(self.period.currentData())), last

    def _count(self) -> None:
        """Count, unless what is shown is what there is."""
        first, last = self._span()
        same = self.found is not None and (self.found.first, self.found.last) == (first, last)
        if self._counting or (same and not self._stale):
            return
        self._counting, self._stale = True, False
        self._took.start()
        job = partial(figures, self.session.store, self.session.catalogue, first, last)
        self.session.bridge.work(job, self._came)

    def _came(self, outcome: Figures | BaseException) -> None:
        self._counting = False
        self._pause.setInterval(max(PAUSE, CALM * self._took.elapsed()))  # a large city is counted less often
        if isinstance(outcome, BaseException):
            self.head.say(tr("Dashboard"), str(outcome))
            return
        self.found = outcome
        self._show_panels()
        if self.isVisible():
            if self._stale and not self._pause.isActive():
                self._pause.start()
            elif not self._stale:
                self._count()  # another period was chosen meanwhile

    def _show_panels(self) -> None:
        if self.found is None:
            return
        made = panels(self.found, self.session.catalogue, self.session.name_of, self._answers)
        self._panels = [said(one, self.found.last) for one in made]
        first = days.short(self.found.first, self.found.last)
        told = tr("{summary} · since {day}, on this laptop", summary=summary(self.found), day=first)
        self.head.say(tr("Dashboard"), told)
        kept = self._wanted or self.list.current()
        self.list.show_rows([Row(one.id, one.title, _told(one)) for one in self._panels])
        self.list.choose(kept if panel_of(self._panels, kept) else self._panels[0].id)
        self._wanted = ""
        self._show_panel(self.list.current())
        self._stack.setCurrentIndex(1)
        if self._begins:
            self._begins = False
            self.list.setFocus()
        for button in (self.save, self.print):
            button.setEnabled(True)

    def _show_panel(self, panel_id: str) -> None:
        if panel := panel_of(self._panels, panel_id):
            self.view.show_panel(panel)

    def _paper(self) -> bytes:
        return board_paper(self.found, self._panels) if self.found else b""

    def _save(self) -> None:
        if chosen := where_to_save_pdf(self.session, self, f"dashboard-{today(self.session.clock)}"):
            save_made(self.session, self._paper, chosen)

    def _print(self) -> None:
        print_made(self.session, self._paper)


def _told(panel: Panel) -> str:
    """The line below a panel's name: what its first columns come to, or how many lines it has."""
    if not panel.lines:
        return tr("Nothing in this time")
    if panel.share or panel.columns[0] == tr("Median, days"):
        return plural(len(panel.lines), "{n} line", "{n} lines")
    return " · ".join(_total(title, [line.values[n] for line in panel.lines]) for n, title in _drawn(panel))


def _drawn(panel: Panel) -> list[tuple[int, str]]:
    return list(enumerate(panel.columns[: panel.drawn]))


def _total(title: str, values: list[float | None]) -> str:
    """What a column comes to; where a small number is withheld, it is more than that."""
    total = f"{sum(one or 0 for one in values):.12g}"
    if None in values and total == "0":
        return tr("{title}: each fewer than five", title=title)
    return tr("{title} {n} or more", title=title, n=total) if None in values else f"{title} {total}"
