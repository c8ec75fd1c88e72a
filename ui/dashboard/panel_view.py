"""One panel: its picture above, its table below, the map beside the picture where it is about wards."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from fieldapp.clock import today
from fieldapp.reports.board import Panel
from fieldapp.texts import tr
from ui.dashboard.bars import Bars
from ui.dashboard.table import PanelTable
from ui.dashboard.ward_map import WardMap
from ui.map.caption import caption
from ui.session import Session
from ui.widgets import Button, Card, EmptyState, label
from ui.widgets.labels import line
from ui.widgets.scroll import Scroll

WARDS, PEOPLE = "wards", "people"


class PanelView(Card):
    """`asked` tells what the Records page shall show, `away_asked` whose work is to be shared out."""

    asked = Signal(dict)
    away_asked = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Dashboard"), padding=0, spacing=0)
        self._session = session
        self._panel: Panel | None = None
        self.bars, self.table, self.map = Bars(), PanelTable(), WardMap(session.layers)
        self.away = Button(tr("Somebody is away"), icon="users")
        self._note = label("", "small", wrap=True)
        self._lay_out()
        self.table.opened.connect(self._open)
        self.table.marked.connect(self._mark)
        self.bars.opened.connect(self._open)
        self.map.ward_picked.connect(self._pick)

    def show_panel(self, panel: Panel) -> None:
        """Show another panel, or the same with other figures."""
        self._panel = panel
        self.title.setText(panel.title)
        self._note.setText(" · ".join(filter(None, (panel.note, self._how(panel)))))
        self.bars.show_panel(panel)
        self.table.show_panel(panel)
        self._nothing.setVisible(not panel.lines)
        self.bars.setVisible(bool(panel.lines))
        self.map.setVisible(panel.id == WARDS)
        self.away.setVisible(panel.id == PEOPLE)
        if panel.id == WARDS:
            self.map.say(caption(self._session.layers, today(self._session.clock)))
            self.map.show_counts({one.key: one.values[0] or 0 for one in panel.lines})

    def _how(self, panel: Panel) -> str:
        """How one comes to the records, where there is a way."""
        return tr("Enter opens the records of a line.") if any(one.where for one in panel.lines) else ""

    def _lay_out(self) -> None:
        if self.head is not None:
            self.head.addWidget(self.away)
        self.away.clicked.connect(self._ask_away)
        scroll = Scroll(margins=(16, 12, 16, 12))
        self._nothing = EmptyState(
            "calendar-days", tr("Nothing in this time"), tr("A longer period may have something.")
        )
        scroll.body.addWidget(self._nothing)
        scroll.body.addWidget(self.bars)
        scroll.body.addStretch(1)
        above = QHBoxLayout()
        above.setSpacing(0)
        above.addWidget(self.map, 1)
        above.addWidget(scroll, 1)
        self.body.addLayout(above, 3)
        self.body.addWidget(line())
        self.body.addWidget(self.table, 2)
        self.foot().addWidget(self._note, 1)

    def _open(self, number: int) -> None:
        if self._panel and 0 <= number < len(self._panel.lines):
            self.table.setCurrentCell(number, 0)
            if where := self._panel.lines[number].where:
                self.asked.emit(dict(where))

    def _mark(self, number: int) -> None:
        self.bars.choose(number)
        if self._panel and self._panel.id == WARDS and 0 <= number < len(self._panel.lines):
            self.map.choose_ward(self._panel.lines[number].key)

    def _ask_away(self) -> None:
        """With the person of the current line."""
        number = self.table.currentRow()
        lines = self._panel.lines if self._panel else ()
        self.away_asked.emit(lines[number].key if 0 <= number < len(lines) else "")

    def _pick(self, ward: str) -> None:
        lines = self._panel.lines if self._panel else ()
        number = next((n for n, one in enumerate(lines) if one.key == ward), -1)
        if number >= 0:
            self.table.setCurrentCell(number, 0)
            self.table.setFocus()
