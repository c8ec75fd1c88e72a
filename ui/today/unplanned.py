"""Starting without a visit: find the permit or file by typing, and begin an inspection of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt

from fieldapp.services import Service, workflow
from fieldapp.store import Query
from fieldapp.store import Row as Line
from fieldapp.texts import language, tr
from ui.session import Session
from ui.titles import title_of_row
from ui.widgets import Card, ListCard, Row, SearchField, label

MOST = 30


class Unplanned(Card):
    """A search among the records that have inspections. `started` tells service and permit, `left` that one gave up."""

    started = Signal(str, str)
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Unplanned visit"), padding=12)
        self._session = session
        self.search = SearchField(tr("Number, address or name"))
        self.list = ListCard(tr("Records found"), flat=True)
        self._none = label("", "sub", wrap=True)
        for widget in (self.search, self.list, self._none):
            self.body.addWidget(widget)
        self.search.searched.connect(self._search)
        self.search.down.connect(self.list.setFocus)
        self.search.returnPressed.connect(self._take_first)
        self.list.opened.connect(self._take)

    def begin(self) -> None:
        """Start anew: nothing typed, the newest permits below."""
        self.search.clear()
        self._search("")
        self.search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _search(self, text: str) -> None:
        rows = [self._row(service, line) for service in self.services() for line in self._permits(service, text)]
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self._none.setText(
            tr("Nothing here fits that. A place without a record: Ctrl+K, and record there first what you saw.")
            if text
            else tr("There is no such record on this laptop yet.")
        )

    def services(self) -> list[Service]:
        """The visits that this person may start and finish: a supervisor plans visits, and makes none. What is no
        work for somebody to go to (an order, a report) begins on its case's own page."""
        person = self._session.person
        visits = [one for one in self._session.catalogue.startable(person) if one.parent and _is_visit(one)]
        return [one for one in visits if workflow.may_finish(one, person)]

    def _permits(self, service: Service, text: str) -> list[Line]:
        store = self._session.store
        query = Query(text=text, service=service.parent, state_kinds=("review", "done"))
        return store.rows(store.ids(query)[:MOST])

    def _row(self, service: Service, line: Line) -> Row:
        what = service.title.text(language())
        subtitle = " · ".join(part for part in (line.address, line.reference, what) if part)
        title = title_of_row(self._session.desk, line) or line.reference
        return Row(f"{service.id} {line.id}", title, subtitle, icon=service.icon)

    def _take_first(self) -> None:
        self.search.search_now()
        first = self.list.model().index(0, 0).data(Qt.ItemDataRole.UserRole)
        if isinstance(first, Row):
            self._take(first.id)

    def _take(self, row_id: str) -> None:
        service, permit = row_id.split(" ", 1)
        self.started.emit(service, permit)


def _is_visit(service: Service) -> bool:
    return service.state(service.first_state).kind == "open"
