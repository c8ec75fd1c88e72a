"""The gallery's window: the specimens one under the other, and buttons for look, language and size of letters."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp import texts
from fieldapp.settings import SIZES
from fieldapp.texts import tr
from ui import speaking, theme
from ui.app import application
from ui.gallery.specimens import SPECIMENS
from ui.shell import looks
from ui.widgets import Button, Card, Scroll
from ui.widgets.clearing import clear
from ui.widgets.flow import Flow

WIDE, HIGH = 1180, 800
SMALL = ("Button", "Chip", "Icon", "KeyHint", "Pill", "Segmented")  # these stand side by side


class GalleryWindow(QWidget):
    """What designers and testers look at. It opens no store and asks no gateway."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Page")
        self.resize(WIDE, HIGH)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 16, 24, 16)
        self._column.setSpacing(12)
        self.show_all()

    def show_all(self) -> None:
        """Build every specimen anew, in the language, look and size of now."""
        clear(self._column)
        self.setWindowTitle(tr("Gallery"))
        self._column.addLayout(self._switches())
        scroll = Scroll()
        for name in SPECIMENS:
            scroll.body.addWidget(_card(name))
        scroll.body.addStretch(1)
        self._column.addWidget(scroll, 1)

    def _switches(self) -> QHBoxLayout:
        offered = theme.next_look()
        self.look = Button(looks.words(offered), icon=looks.ICONS[offered])
        self.language = Button("Français" if texts.language() == "en" else "English", icon="languages")
        size = next((size for size in SIZES if size > looks.percent()), SIZES[0])
        self.letters = Button(f"{size} %", name=tr("Letters at {size} %", size=size))
        self.look.clicked.connect(lambda: theme.choose(_app(), offered))
        self.language.clicked.connect(speaking.other)
        self.letters.clicked.connect(lambda: theme.enlarge(_app(), size / 100))
        row = QHBoxLayout()
        row.setSpacing(12)
        for button in (self.look, self.language, self.letters):
            button.clicked.connect(self.show_all)
            row.addWidget(button)
        row.addStretch(1)
        return row


def _card(name: str) -> Card:
    card = Card(name)
    specimens = SPECIMENS[name]()
    if name not in SMALL:
        for one in specimens:
            card.body.addWidget(one)
        return card
    strip, flow = QWidget(), Flow(12)
    strip.setLayout(flow)
    for one in specimens:
        flow.addWidget(one)
    card.body.addWidget(strip)
    return card


def _app() -> QApplication:
    return application()
