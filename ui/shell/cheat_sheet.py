"""The cheat sheet (F1): the keys of the page that is open and of the whole program, made of the acts themselves."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QDialog, QMainWindow, QVBoxLayout, QWidget

from fieldapp.texts import tr
from ui import theme
from ui.widgets import Button, ListCard, Row, label
from ui.widgets.acts import acts_in
from ui.widgets.keys import named

WIDTH, HIGH = 560, 560
SHARE = 0.92  # of the window, at most
FEW, MANY = 2, 6  # keys of the page that are shown without scrolling


class CheatSheet(QDialog):
    """Lists name and key. Escape, Enter or F1 closes it, and the focus is where it was."""

    def __init__(self, window: QMainWindow, page: QWidget, title: str) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keys"))
        room = window.size() * SHARE
        self.resize(min(theme.px(WIDTH), room.width()), min(theme.px(HIGH), room.height()))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        self.here = _listed(tr("Keys of this page"), acts_in(page))
        self.everywhere = _listed(tr("Keys of the whole program"), _of_window(window))
        self.here.fit(FEW if theme.is_large() else MANY)
        column.addWidget(label(title, "strong"))
        column.addWidget(self.here)
        column.addWidget(label(tr("Everywhere"), "strong"))
        column.addWidget(self.everywhere, 1)
        close = Button(tr("Close"), "primary", hint="Esc", shortcut="F1")
        close.clicked.connect(self.accept)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def _of_window(window: QMainWindow) -> Iterable[tuple[str, str]]:
    """The window's own acts."""
    own = window.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [(one.key().toString(), one.whatsThis()) for one in own if one.whatsThis() and one.isEnabled()]


def _listed(name: str, acts: Iterable[tuple[str, str]]) -> ListCard:
    keys: dict[str, list[str]] = {}
    for key, does in acts:
        if key not in keys.setdefault(does, []):
            keys[does].append(key)
    rows = [Row(does, does, trailing=_spoken(several)) for does, several in keys.items()]
    return ListCard(name, rows or [Row("none", tr("No keys of its own: Tab and Enter do everything."))])


def _spoken(several: list[str]) -> str:
    apart = [one[:-1].replace("+", " ") + one[-1] for one in several]  # the last sign may be a plus itself
    return " / ".join(dict.fromkeys(map(named, apart)))
