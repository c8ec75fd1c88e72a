"""What the pages of the entrance share: a card in the middle, a head, one line for what is wrong, and buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.widgets import Button, Card, FieldBox, Icon, Scroll, label
from ui.widgets.flow import Flow
from ui.widgets.labels import set_tone

WIDTH = 460


class EntrancePage(QWidget):
    """A card in the middle of the window. `body` takes what the page is about, `actions` its buttons."""

    def __init__(self, icon: str, title: str, text: str = "") -> None:
        super().__init__()
        self.card = _Whole(padding=28, spacing=12)
        scroll = Scroll()  # on a small screen, or with large letters
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.card)
        middle.addStretch(1)
        scroll.body.addStretch(2)
        scroll.body.addLayout(middle)
        scroll.body.addStretch(3)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.body = self.card.body
        self.body.addWidget(Icon(icon, "pri", 28))
        self.title = label(title, "title", wrap=True)
        self.text = label(text, "sub", wrap=True)
        self.note = label("", "body", tone="warn", wrap=True)
        self.note.hide()
        for words in (self.title, self.text, self.note):
            self.body.addWidget(words)
        self.text.setVisible(bool(text))  # now that it has its place: before, it would be a window of its own
        self.setAccessibleName(title)
        self._strip = QWidget()
        self._actions = Flow()
        self._strip.setLayout(self._actions)

    def say(self, note: str, tone: str = "warn") -> None:
        """One thing more that a person should know; "" for nothing."""
        self.note.setText(note)
        set_tone(self.note, tone)
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


class _Whole(Card):
    """A card of fixed width that is always as high as its words need in it."""

    def __init__(self, *, padding: int, spacing: int) -> None:
        super().__init__(padding=padding, spacing=spacing)
        self.setFixedWidth(theme.px(WIDTH))

    def event(self, event: QEvent) -> bool:
        """What is inside has changed: take the height that it needs."""
        done = super().event(event)
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Show, QEvent.Type.Resize}:
            high = self.heightForWidth(theme.px(WIDTH))
            if high > 0 and high != self.minimumHeight():
                self.setFixedHeight(high)
        return done


def secret_box(text: str, hint: str = "") -> tuple[FieldBox, QLineEdit]:
    """A field for a PIN or passphrase: it shows dots, and no screen reader says what is in it."""
    edit = QLineEdit()
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    edit.setMaxLength(256)
    edit.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    box = FieldBox(text, edit, hint=hint)
    box.label.setWordWrap(False)
    return box, edit
