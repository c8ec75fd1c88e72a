"""The Records page: search and filters, the table, and the record beside it (over it on small screens)."""

from __future__ import annotations

from array import array
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from fieldapp.access import SUPERVISOR
from fieldapp.errors import FieldAppError
from fieldapp.store import Query, Touched
from fieldapp.texts import plural, tr
from ui import theme
from ui.numbers import grouped
from ui.page import Page
from ui.records.filters import Filters
from ui.records.model import RecordsModel
from ui.records.table import RecordsTable
from ui.records.words import Words
from ui.session import Navigate, Session
from ui.widgets import Button, Card, EmptyState, PageHeader
from ui.widgets.acts import act

if TYPE_CHECKING:
    from ui.records.view import RecordView

BESIDE = 1180  # px of page width from which the record stands beside the table
SEVERAL = 500  # records that are given or decided at once
FIRST = 200  # lines of a large store that are shown at once
PAUSE = 400  # ms; while sync brings pages, the table follows at this pace


class RecordsPage(Page):
    """Everything on this laptop, found in a moment; Enter opens, Escape comes back."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(session, navigate)
        self.several = Button(tr("Give, approve, return…"), icon="users", hint="Ctrl G")
        self.several.setVisible(SUPERVISOR in session.person.roles)
        self.back = Button(tr("Dashboard"), "quiet", icon="arrow-left", hint="Esc")
        self.back.clicked.connect(self._to_dashboard)
        self.back.hide()
        self._panel = ""  # of the Dashboard, whose line led here
        self._head = PageHeader(tr("Records"), "", (self.back, self.several))
        self.filters = Filters(session)
        words = Words(session)
        self.model = RecordsModel(session.store, words)
        self.table = RecordsTable(self.model, words)
        self._view: RecordView | None = None
        self._open = ""
        self._asked = Query()
        self._following = False  # records changed, nobody asked for others
        self._stale = QTimer(self, singleShot=True, interval=PAUSE)
        self._stale.timeout.connect(self._follow)
        self._lay_out()
        self.filters.changed.connect(self._ask)
        self.filters.down.connect(self._into_table)
        self.filters.text.returnPressed.connect(self._into_table)
        self.table.sorted_by.connect(self.filters.sort)
        self.table.opened.connect(self.open_record)
        self.table.marked.connect(self._marked)
        act(self, "Escape", tr("Close the record"), self.close_record)
        if SUPERVISOR in session.person.roles:
            self.several.clicked.connect(self.do_several)
            act(self, "Ctrl+G", tr("Give, approve or return what is chosen"), self.do_several)
        self._ask()

    @property
    def view(self) -> RecordView:
        """The record beside the table, made when the first is opened: it took half of what the page takes to open."""
        if self._view is None:
            from ui.records.view import RecordView

            self._view = RecordView(self.session, self.navigate)
            self._view.closed.connect(self.close_record)
            self._side.body.addWidget(self._view)
        return self._view

    def open_record(self, record_id: str) -> None:
        """Show a record beside the table, or over it."""
        self._open = record_id
        self.view.show_record(record_id)
        self._arrange()
        self.view.enter()

    def do_several(self) -> None:
        """Go on with all that is chosen in the table."""
        if chosen := self.table.chosen(SEVERAL):
            self.navigate("bulk", records=" ".join(chosen), back="records")
        else:
            self.session.say(tr("Choose records first: Shift or Ctrl with the arrows or a click, or Ctrl+A for all."))

    def close_record(self) -> None:
        """Back to the table alone; from there to the Dashboard, where one came from it."""
        if not self._open and self._panel:
            self._to_dashboard()
            return
        self._open = ""
        self._arrange()
        self.table.setFocus()

    def show_start(self) -> None:
        """The list."""
        if self._open:
            self.close_record()

    def refresh(self, touched: Touched) -> None:
        """Follow what was committed, at a calm pace."""
        if self._open in touched.records or (touched.journal and self._open):
            self.view.show_record(self._open)
        if not self._stale.isActive():
            self._stale.start()

    def go(self, **where: str) -> None:
        """`record` opens one, at its `paper`; `text`, `service`, `kind`, `ward`, `mine`, `here` set the filters;
        `panel` is the Dashboard's, whose line led here."""
        record, paper, panel = (where.pop(one, "") for one in ("record", "paper", "panel"))
        if where or panel:  # back from a form all is as it was
            self._panel = panel
            self.back.setVisible(bool(panel))
        if where:
            self.filters.restore(where)
        if record:
            self.open_record(record)
            if paper:
                self.view.show_paper(paper)
        elif not self._open and not self.table.currentIndex().isValid():
            self.filters.text.setFocus()

    def where(self) -> dict[str, str]:
        """The open record and the filters."""
        return {**self.filters.kept(), "record": self._open, "panel": self._panel}

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside or over, as there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        self.body.addWidget(self._head)
        self.body.addWidget(self.filters)
        card = Card(padding=0)
        clear = Button(tr("Show all records"))
        clear.clicked.connect(self.filters.clear)
        self._none = EmptyState("file-search", tr("No record answers this"), tr("Try fewer words or filters."), clear)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._none)
        card.body.addWidget(self._stack)
        self._card = card
        self._side = Card(padding=0)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(card, 11)
        row.addWidget(self._side, 10)
        self.body.addLayout(row, 1)
        self._side.hide()

    def _arrange(self) -> None:
        beside = self.width() >= theme.px(BESIDE)
        self._side.setVisible(bool(self._open))
        self._card.setVisible(beside or not self._open)
        self.filters.setVisible(beside or not self._open)
        self._head.setVisible(beside or not self._open)

    def _to_dashboard(self) -> None:
        self.navigate("dashboard", panel=self._panel)

    def _ask(self) -> None:
        """Show what is asked for. In a large store the list of all comes a moment later, from another thread."""
        self._asked = query = self.filters.query()
        store = self.session.store
        if not store.is_large():
            self._show(store.ids(query))
            return
        if query == Query() and not self.model.rowCount():
            self.model.show_all(store.ids(query, FIRST))
        self.session.bridge.work(partial(store.ids, query), partial(self._came, query))

    def _came(self, query: Query, found: object) -> None:
        """The list is here; one that nobody asks for any more is let go."""
        if query != self._asked:
            return
        if isinstance(found, FieldAppError):
            self.session.say(str(found))
        elif isinstance(found, BaseException):
            raise found
        elif isinstance(found, array):
            self._show(found)

    def _show(self, numbers: array[int]) -> None:
        kept, place = self.table.current(), self.table.verticalScrollBar().value()
        stays = self._following
        self._following = False
        self.model.show_all(numbers)
        self._say(len(numbers))
        if kept:
            self._mark(kept)
        if stays:
            self.table.verticalScrollBar().setValue(place)  # what one reads stays where it is

    def _follow(self) -> None:
        self._following = True
        self._ask()

    def _say(self, number: int) -> None:
        self._stack.setCurrentIndex(0 if number else 1)
        words = plural(number, "{shown} record on this laptop", "{shown} records on this laptop", shown=grouped(number))
        self._head.say(tr("Records"), words)

    def _mark(self, record_id: str) -> None:
        line = self.session.store.row(record_id)
        if line is not None:
            self.table.mark(self.model.row_of(line.n))

    def _into_table(self) -> None:
        self.table.setFocus()
        if not self.table.currentIndex().isValid():
            self.table.mark(0)

    def _marked(self, record_id: str) -> None:
        if self._open and record_id and self._side.isVisible() and self._card.isVisible():
            self._open = record_id
            self.view.show_record(record_id)
