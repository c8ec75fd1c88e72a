"""Lucide icons as SVG, painted in any colour role and sharp at any scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from fieldapp.paths import resources
from ui import theme

UNKNOWN = "file-text"  # what a service shows whose icon we do not have


def paint(painter: QPainter, name: str, where: QRect | QRectF, colour: QColor) -> None:
    """Draw the icon `name` into `where`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, colour.name()).render(painter, QRectF(where))
    painter.restore()


def icon(name: str, role: str = "ink2") -> QIcon:
    """A QIcon for Qt's own widgets (menus, line edits). Its colour follows the theme."""
    return QIcon(_Engine(name, role))


def exists(name: str) -> bool:
    """Whether an icon of this name ships with the program."""
    return bool(name) and (resources() / "icons" / f"{name}.svg").is_file()


class Icon(QWidget):
    """One icon as decoration: it says nothing to a screen reader, the word beside it does."""

    def __init__(self, name: str, role: str = "ink2", size: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role, self._size = name, role, size
        self.setFixedSize(theme.px(size), theme.px(size))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, name: str, role: str | None = None) -> None:
        """Change what is drawn."""
        self._name, self._role = name, role or self._role
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint(painter, self._name, self.rect(), theme.role(self._role))
        painter.end()


class _Engine(QIconEngine):
    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        faded = mode == QIcon.Mode.Disabled
        paint(painter, self._name, rect, theme.role("line" if faded else self._role))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role)


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    path = resources() / "icons" / f"{name if exists(name) else UNKNOWN}.svg"
    return QSvgRenderer(QByteArray(path.read_text("utf-8").replace("currentColor", colour).encode()))
