"""Button: primary (one a page), plain, danger, quiet; with an icon and the key that does the same."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import theme
from ui.widgets import icons, keys
from ui.widgets.focus import ring

KINDS = ("plain", "primary", "danger", "quiet")
PADDING, QUIET, GAP, ICON = 14, 8, 8, 18  # px; what has no edge of its own stands nearer to that of the page


class Button(QPushButton):
    """A push button. `hint` shows a key beside the text; `shortcut` also makes that key press it."""

    def __init__(
        self, text: str = "", kind: str = "plain", *, icon: str = "", hint: str = "", shortcut: str = "",
        name: str = "", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(text, parent)
        self._kind, self._icon, self._hint = kind, icon, keys.named(hint)
        self.setFont(theme.font(theme.BODY, bold=True))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name or text)
        if not text:
            self.setToolTip(name)
        if shortcut:
            self.setShortcut(QKeySequence(shortcut))

    @property
    def kind(self) -> str:
        """plain, primary, danger or quiet."""
        return self._kind

    @property
    def hint(self) -> str:
        """The key that is shown beside the text, "" for none."""
        return self._hint

    def show_as(self, text: str, *, kind: str | None = None, icon: str | None = None, hint: str | None = None) -> None:
        """Change the text and, where given, the kind, icon and key hint."""
        self._kind = self._kind if kind is None else kind
        self._icon = self._icon if icon is None else icon
        self._hint = self._hint if hint is None else keys.named(hint)
        shortcut = self.shortcut()  # setText would drop it
        self.setText(text)
        self.setShortcut(shortcut)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for icon, text and key."""
        parts = [width for width in self._widths() if width]
        inner = sum(parts) + theme.px(GAP) * (len(parts) - 1)
        return QSize(inner + 2 * theme.px(self._padding()), theme.px(theme.CONTROL))

    def minimumSizeHint(self) -> QSize:
        """A button never cuts its text."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, too, as everywhere else; a key that is held presses once."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, contents and, with the focus, the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_contents(painter)
        if self.hasFocus():
            ring(painter, self.rect(), 8, "ink" if self._kind == "primary" else "pri")
            if self._kind == "primary":
                ring(painter, self.rect(), 6, "card", 2.5)
        painter.end()

    def _padding(self) -> int:
        if not self.text():
            return (theme.CONTROL - ICON) // 2
        return QUIET if self._kind == "quiet" else PADDING

    def _widths(self) -> tuple[int, int, int]:
        text = QFontMetrics(self.font()).horizontalAdvance(self._words()) + 2 if self.text() else 0
        return (theme.px(ICON) if self._icon else 0, text, keys.width_of(self._hint) if self._hint else 0)

    def _words(self) -> str:
        return self.text().replace("&", "")

    def _paint_ground(self, painter: QPainter) -> None:
        ground, edge = {"primary": ("pri", "pri"), "quiet": ("", "")}.get(self._kind, ("card", "line"))
        if not self.isEnabled():
            ground, edge = ("bg", "line") if ground else ("", "")
        elif self._kind == "primary" and (self.isDown() or self.underMouse()):
            ground = edge = "pri_press"
        elif self.isChecked():
            ground, edge = "pri_soft", "pri"
        elif self.isDown() or self.underMouse():
            ground = "hover"
        painter.setPen(theme.role(edge) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(theme.role(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _paint_contents(self, painter: QPainter) -> None:
        ink = {"primary": "on_pri", "danger": "bad", "quiet": "pri"}.get(
            self._kind, "pri" if self.isChecked() else "ink"
        )
        colour = theme.role(ink if self.isEnabled() else "ink2")
        icon, text, key = self._widths()
        gap, middle = theme.px(GAP), self.height() // 2
        parts = [width for width in (icon, text, key) if width]
        x = max(0, (self.width() - sum(parts) - gap * (len(parts) - 1)) // 2)
        if icon:
            icons.paint(painter, self._icon, QRect(x, middle - icon // 2, icon, icon), colour)
            x += icon + gap
        if text:
            painter.setPen(colour)
            painter.setFont(self.font())
            painter.drawText(QRect(x, 0, text, self.height()), int(Qt.AlignmentFlag.AlignCenter), self._words())
            x += text + gap
        if key:
            high = theme.px(keys.HEIGHT)
            keys.paint(painter, QRect(x, middle - high // 2, key, high), self._hint)


class Deciding(Button):
    """A button of a decision: a double click decides once. After the first the next record's button lies there."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second press of two in a hurry is none."""
        event.accept()
