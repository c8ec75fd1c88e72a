"""A whole number that is counted up and down: with the buttons, or with the arrow keys in the line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui import theme
from ui.forms.fields.number import NumberField
from ui.forms.sheet import Sheet
from ui.widgets import Button

WIDE = 84  # px at scale 1


class CounterField(NumberField):
    """It counts from nothing to 1, and not below 0: what is counted cannot be less."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self.less = Button("", icon="minus", name=tr("One less"))
        self.more = Button("", icon="plus", name=tr("One more"))
        self.less.clicked.connect(lambda: self._count(-1))
        self.more.clicked.connect(lambda: self._count(1))
        self.edit.setFixedWidth(theme.px(WIDE))
        self.edit.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._row.insertWidget(0, self.less)
        self._row.insertWidget(2, self.more)
        self._row.addStretch(1)

    def name(self, name: str, description: str) -> None:
        """The buttons say the question too."""
        super().name(name, description)
        self.less.setAccessibleName(f"{name}: {tr('One less')}")
        self.more.setAccessibleName(f"{name}: {tr('One more')}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down count."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if step and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._count(step)
        else:
            super().keyPressEvent(event)

    def _count(self, step: int) -> None:
        now = self._answer(self.edit.text()) or "0"
        number = int(now) + step if now.lstrip("+-").isdecimal() else 0
        if number >= 0:
            self.edit.setText(self._text(str(number)))
            self.flush()
