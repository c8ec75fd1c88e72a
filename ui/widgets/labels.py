"""Text on the screen in the four sizes and two weights, so that nobody sets fonts by hand."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui import theme

STYLES = {
    "title": (theme.TITLE, True, "ink"),
    "heading": (theme.HEADING, True, "ink"),
    "strong": (theme.BODY, True, "ink"),
    "body": (theme.BODY, False, "ink"),
    "sub": (theme.BODY, False, "ink2"),
    "small": (theme.SMALL, False, "ink2"),
    "caption": (theme.SMALL, True, "ink2"),
}


def label(text: str = "", style: str = "body", *, tone: str = "", wrap: bool = False) -> QLabel:
    """A plain-text label. Styles: title heading strong body sub small caption; `tone` = another colour role."""
    size, bold, default = STYLES[style]
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(theme.font(size, bold=bold))
    made.setWordWrap(wrap)
    set_tone(made, tone or default)
    return made


def names(widget: QWidget, text: str, parent: QWidget) -> None:
    """Name a widget that shows no label, a combo box above all: on Linux its own name is its value, and screen
    readers ask for the label beside it. So there is one, which is not seen; naming again changes its words. `parent`
    is the widget's parent."""
    unseen = next((one for one in parent.findChildren(QLabel) if one.buddy() is widget), None)
    if unseen is None:
        unseen = QLabel(parent)
        unseen.hide()
        unseen.setBuddy(widget)
    unseen.setText(text)
    widget.setAccessibleName(text)


def set_tone(made: QLabel, tone: str) -> None:
    """Change a label's colour role."""
    made.setProperty("tone", tone)
    made.style().unpolish(made)
    made.style().polish(made)


def line() -> QFrame:
    """A hairline between two parts of a card."""
    made = QFrame()
    made.setObjectName("Line")
    return made


class Elided(QWidget):
    """One line of text that ends in an ellipsis where there is no room; the whole text shows on hover. With
    `show_whole` it takes as many lines as it needs instead."""

    def __init__(self, text: str = "", style: str = "body", tone: str = "") -> None:
        super().__init__()
        size, bold, default = STYLES[style]
        self._tone = tone or default
        self.setFont(theme.font(size, bold=bold))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._text, self._whole = "", False
        self.setText(text)

    def show_whole(self, whole: bool) -> None:
        """All of it on several lines, or one line that may end early."""
        if whole == self._whole:
            return
        self._whole = whole
        high = QSizePolicy.Policy.Minimum if whole else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, high)
        policy.setHeightForWidth(whole)
        self.setSizePolicy(policy)
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        """How high all of it is in `width` px; one line where it may end early."""
        room = QRect(0, 0, width, 10_000)
        high = self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._text).height()
        return (high if self._whole else self.fontMetrics().height()) + 2

    def setText(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The whole text."""
        return self._text

    def sizeHint(self) -> QSize:
        """The whole text's size."""
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + 2, self.fontMetrics().height() + 2)

    def minimumSizeHint(self) -> QSize:
        """It may shrink to a few letters."""
        return QSize(theme.px(40), self.fontMetrics().height() + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        painter.setPen(theme.role(self._tone))
        where = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if self._whole:
            painter.drawText(self.rect(), where | int(Qt.TextFlag.TextWordWrap), self._text)
        else:
            shown = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(self.rect(), where, shown)
        painter.end()
