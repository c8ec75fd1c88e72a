"""Tiles: a choice as a radio button or a check box whose words may take several lines and stand below a picture."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy

from ui import theme
from ui.forms.fields.drawn import Drawn
from ui.widgets import icons
from ui.widgets.focus import ring

MARK, GAP, SIDE = 18, 10, 12  # px at scale 1
LOW, HIGH = 32, 40  # px a line without and with an edge
ENOUGH = 420  # px: no choice asks for more width; longer words take a second line
WRAP = int(Qt.TextFlag.TextWordWrap)


class Face:
    """How a tile looks and how much room it takes. `card` has an edge, `bare` no mark, a `picture` stands above."""

    def __init__(self, *, round_mark: bool, card: bool, bare: bool) -> None:
        self._round, self._card, self._bare = round_mark, card, bare
        self.picture = QPixmap()

    def hint(self, button: QAbstractButton) -> QSize:
        """Words on one line where they are short, below the picture where there is one."""
        words = min(_metrics(bold=self._card).horizontalAdvance(button.text()) + 2, theme.px(ENOUGH))
        wide = max(words + self._indent(), self._picture_size().width()) + 2 * self._side()
        return QSize(wide, self.height(wide, button.text()))

    def least(self) -> QSize:
        """A few words wide."""
        side = max(theme.px(96), self._picture_size().width()) + 2 * self._side() + self._indent()
        return QSize(side, theme.px(HIGH if self._card else LOW))

    def height(self, width: int, text: str) -> int:
        """How high at that width."""
        room = max(20, width - 2 * self._side() - self._indent())
        words = _metrics(bold=self._card).boundingRect(QRect(0, 0, room, 10_000), WRAP, text).height() if text else 0
        picture = self._picture_size().height()
        inner = words + picture + (theme.px(8) if words and picture else 0)
        return max(theme.px(HIGH if self._card else LOW), inner + theme.px(20 if self._card else 10))

    def paint(self, button: QAbstractButton) -> None:
        """Draw it."""
        painter = QPainter(button)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, button)
        inner = button.rect().adjusted(self._side(), 0, -self._side(), 0)
        if not self.picture.isNull():
            inner = self._paint_picture(painter, inner)
        self._paint_mark(painter, button, inner)
        words = inner.adjusted(self._indent(), 0, 0, 0)
        centre = Qt.AlignmentFlag.AlignHCenter if self._bare and self._card else Qt.AlignmentFlag.AlignLeft
        painter.setFont(theme.font(bold=self._card and button.isChecked()))
        painter.setPen(theme.role("ink" if button.isEnabled() else "ink2"))
        painter.drawText(words, WRAP | int(Qt.AlignmentFlag.AlignVCenter | centre), button.text())
        if button.hasFocus():
            ring(painter, button.rect(), 8 if self._card else 7)
        painter.end()

    def _paint_ground(self, painter: QPainter, button: QAbstractButton) -> None:
        chosen, hover = button.isChecked(), button.underMouse()
        if not self._card:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.role("hover") if hover else Qt.BrushStyle.NoBrush)
        else:
            painter.setPen(QPen(theme.role("pri" if chosen else "field"), 2 if chosen else 1))
            painter.setBrush(theme.role("pri_soft" if chosen else "hover" if hover else "card"))
        edge = 1 if chosen else 0.5
        painter.drawRoundedRect(QRectF(button.rect()).adjusted(edge, edge, -edge, -edge), 8, 8)

    def _paint_picture(self, painter: QPainter, inner: QRect) -> QRect:
        size, top = self._picture_size(), theme.px(10)
        painter.drawPixmap(QPoint(inner.center().x() - size.width() // 2 + 1, top), self.picture)
        return inner.adjusted(0, top + size.height(), 0, 0)

    def _paint_mark(self, painter: QPainter, button: QAbstractButton, inner: QRect) -> None:
        if self._bare:
            return
        size = theme.px(MARK)
        left = inner.x() if button.text() else inner.center().x() - size // 2 + 1
        box = QRectF(left, inner.center().y() - size // 2 + 1, size, size).adjusted(1, 1, -1, -1)
        chosen = button.isChecked()
        painter.setPen(QPen(theme.role("pri" if chosen or button.underMouse() else "field"), 2))
        filled = chosen and not self._round
        painter.setBrush(theme.role("pri" if filled else "card"))
        radius = box.height() / 2 if self._round else 5
        painter.drawRoundedRect(box, radius, radius)
        if filled:
            icons.paint(painter, "check", box.adjusted(1, 1, -1, -1), theme.role("on_pri"))
        elif chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.role("pri"))
            painter.drawEllipse(box.adjusted(4, 4, -4, -4))

    def _picture_size(self) -> QSize:
        return QSize() if self.picture.isNull() else self.picture.deviceIndependentSize().toSize()

    def _indent(self) -> int:
        return 0 if self._bare else theme.px(MARK + GAP)

    def _side(self) -> int:
        return theme.px(SIDE if self._card else 4)


class _Tile(Drawn):
    """What both kinds share. Of Qt's own classes they keep the behaviour and what a screen reader hears."""

    face: Face

    def dress(self, face: Face) -> None:
        self.face = face
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_picture(self, picture: QPixmap) -> None:
        """A picture above the words."""
        self.face.picture = picture
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self.face.hint(self)

    def minimumSizeHint(self) -> QSize:
        return self.face.least()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.face.height(width, self.text())

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.face.paint(self)


class RadioTile(_Tile, QRadioButton):
    """One of several. `taken` tells that a person chose it by a click or with Space, not on the way with an arrow."""

    taken = Signal()

    def __init__(self, text: str, *, card: bool = False, bare: bool = False) -> None:
        super().__init__(text)
        self.dress(Face(round_mark=True, card=card, bare=bare))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click takes it."""
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()):
            self.taken.emit()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space takes it."""
        super().keyReleaseEvent(event)
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.taken.emit()


class CheckTile(_Tile, QCheckBox):
    """One that can be chosen beside others."""

    def __init__(self, text: str, *, card: bool = False, bare: bool = False) -> None:
        super().__init__(text)
        self.dress(Face(round_mark=False, card=card, bare=bare))


Tile = RadioTile | CheckTile


def _metrics(*, bold: bool) -> QFontMetrics:
    return QFontMetrics(theme.font(bold=bold))
