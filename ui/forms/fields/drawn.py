"""Drawn: a button of Qt's that we paint ourselves. It is hit anywhere in it, and shows that the pointer is on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QAbstractButton

if TYPE_CHECKING:
    Base = QAbstractButton
else:
    Base = object  # the other base of each subclass is one of Qt's buttons


class Drawn(Base):
    """Goes before QRadioButton or QCheckBox, whose behaviour and accessibility stay as they are."""

    def hitButton(self, _pos: QPoint) -> bool:
        """The words are the button too."""
        return True

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be taken."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Calm again."""
        super().leaveEvent(event)
        self.update()
