"""What fills the window: practice banner, rail, top bar and the pages."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from ui.session import Session
from ui.shell.ground import Ground
from ui.shell.practice_bar import PracticeBar
from ui.shell.rail import Rail
from ui.shell.top_bar import TopBar
from ui.widgets.room import Room


class Whole(Ground):
    """The parts in their places; the window connects them."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.bar, self.rail, self.top = PracticeBar(), Rail(session), TopBar()
        self.pages = QStackedWidget()
        self.pages.setObjectName("Pages")
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.top)
        self.room = Room(self.pages)
        column.addWidget(self.room, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(column, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.bar)
        rows.addLayout(middle, 1)
