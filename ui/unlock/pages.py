"""What the pages of the entrance share: a card in the middle, a head, one line for what is wrong, and buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.widgets import Button, Card, FieldBox, Icon, label
from ui.widgets.flow import Flow

WIDTH = 460


class EntrancePage(QWidget):
    """A card in the middle of the window. `body` takes what the page is about, `actions` its buttons."""

    def __init__(self, icon: str, title: str, text: str = "") -> None:
        super().__init__()
        self.card = Card(padding=28, spacing=12)
        self.card.setFixedWidth(theme.px(WIDTH))
        self.card.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        self.body = self.card.body
        self.body.addWidget(Icon(icon, "pri", 28))
        self.title = label(title, "title", wrap=True)
        self.text = label(text, "sub", wrap=True)
        self.text.setVisible(bool(text))
        self.note = label("", "body", tone="warn", wrap=True)
        self.note.hide()
        for words in (self.title, self.text, self.note):
            self.body.addWidget(words)
        self.setAccessibleName(title)
        self._strip = QWidget()
        self._actions = Flow()
        self._strip.setLayout(self._actions)

    def say(self, note: str) -> None:
        """One thing more that a person should know; "" for nothing."""
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def offer(self, *buttons: Button) -> None:
        """The page's buttons, the primary one first."""
        if self._strip.parent() is not self.card:
            self.body.addSpacing(4)
            self.body.addWidget(self._strip)
        for button in buttons:
            self._actions.addWidget(button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing passes through to what is below."""
        event.accept()


def secret_box(text: str, hint: str = "") -> tuple[FieldBox, QLineEdit]:
    """A field for a PIN or passphrase: it shows dots, and no screen reader says what is in it."""
    edit = QLineEdit()
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    edit.setMaxLength(256)
    edit.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    return FieldBox(text, edit, hint=hint), edit
