"""Card: a white surface with a hairline border; the unit every page is laid out in."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.beside import Beside
from ui.widgets.labels import label

NARROWEST = 160  # px at scale 1 of a title beside what else stands in a card's head


class Card(QFrame):
    """A surface. `body` is its layout; a `title` gets a head of its own with room for widgets at the right."""

    def __init__(self, title: str = "", *, padding: int = 16, spacing: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self._outer = outer
        self.head: Beside | None = None
        self.title = label(title, "strong", wrap=theme.is_large())
        if theme.is_large():
            self.title.setMinimumWidth(theme.px(NARROWEST))
        if title:
            self.head = self._strip("CardHead")
            self.head.addWidget(self.title, 1)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(spacing)
        outer.addLayout(self.body, 1)
        outer.addStretch(0)  # takes the room that a body of fixed height leaves

    def foot(self) -> Beside:
        """A strip at the bottom, separated by a hairline: where a card's actions stand."""
        return self._strip("CardFoot")

    def _strip(self, name: str) -> Beside:
        strip = QFrame()
        strip.setObjectName(name)
        strip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # higher where its words wrap
        row = Beside(0)
        strip.setLayout(row)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        self._outer.addWidget(strip)
        return row
