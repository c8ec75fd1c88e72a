"""Hidden: an answer that is shown only when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldapp.texts import tr
from ui.widgets import Button, label

HIDDEN = "••••••"  # in place of what is shown only when somebody asks


class Hidden(QWidget):
    """Dots, and the way to what is behind them."""

    def __init__(self, question: str, ask: Callable[[], object]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        dots = label(HIDDEN, "body")
        dots.setAccessibleName(tr("Hidden"))
        self.show_it = Button(
            tr("Show"), "quiet", icon="eye", name=tr("Show “{question}”; it is noted", question=question)
        )
        self.show_it.setToolTip(tr("Sensitive. Whoever looks at it is noted, here and with the City."))
        self.show_it.clicked.connect(ask)
        row.addWidget(dots)
        row.addWidget(self.show_it)
        row.addStretch(1)
