"""The bar at the top of every page: search, where the work is, language, which colours."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy

from fieldapp.texts import language, plural, tr
from ui import theme
from ui.shell import looks
from ui.widgets import Button, Pill, icons, keys
from ui.widgets.focus import ring

WITH_KEY = 80  # px at scale 1: narrower than this and its key, the search button shows its icon only


class TopBar(QFrame):
    """Signals say what was pressed; the window does it."""

    search = Signal()
    sync = Signal()
    switch_language = Signal()
    switch_theme = Signal()
    notices = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("TopBar")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(12)
        self.setFixedHeight(theme.px(56))
        self.line = SearchButton()
        self.line.clicked.connect(self.search)
        self.pill = Pill()
        self.pill.clicked.connect(self.sync)
        self._language = LanguageButton()
        self._language.clicked.connect(self.switch_language)
        self._theme = Button(kind="quiet", icon="moon", name=tr("Dark colours"))
        self._theme.clicked.connect(self.switch_theme)
        self._bell = Button(kind="quiet", icon="bell", name=tr("Notices"))
        self._bell.clicked.connect(self.notices)
        row.addWidget(self.line, 1)
        row.addStretch(0)
        for widget in (self._bell, self.pill, self._language, self._theme):
            row.addWidget(widget)
        self.show_theme()

    def show_notices(self, unread: int) -> None:
        """How many notices are new."""
        name = plural(unread, "Notices: {n} is new", "Notices: {n} are new") if unread else tr("Notices")
        self._bell.show_as(str(unread) if unread else "", icon="bell")
        self._bell.setAccessibleName(name)
        self._bell.setToolTip(f"{name}  Ctrl+Shift+B")

    def show_theme(self) -> None:
        """The button offers the look that comes next."""
        offered = theme.next_look()
        name = looks.words(offered)
        self._theme.show_as("", icon=looks.ICONS[offered])
        self._theme.setAccessibleName(name)
        self._theme.setToolTip(name)


class SearchButton(QPushButton):
    """Looks like the search field that it opens."""

    def __init__(self) -> None:
        super().__init__(tr("Search records, places, actions"))
        self.setAccessibleDescription("Ctrl+K")
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(theme.px(560))

    def sizeHint(self) -> QSize:
        """Its icon, a few words and its key; it takes what room there is."""
        return QSize(theme.px(140), theme.px(theme.CONTROL))

    def minimumSizeHint(self) -> QSize:
        """It may shrink to its icon."""
        return QSize(theme.px(40), theme.px(theme.CONTROL))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.role("field" if self.underMouse() else "line"))
        painter.setBrush(theme.role("bg"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        size, middle = theme.px(16), self.height() // 2
        icons.paint(painter, "search", QRect(theme.px(12), middle - size // 2, size, size), theme.role("ink2"))
        hint = tr("Ctrl K")
        wide, high = keys.width_of(hint), theme.px(keys.HEIGHT)
        if self.width() >= theme.px(WITH_KEY) + wide:
            self._paint_words(painter, wide)
            keys.paint(painter, QRect(self.width() - wide - theme.px(10), middle - high // 2, wide, high), hint)
        if self.hasFocus():
            ring(painter, self.rect())
        painter.end()

    def _paint_words(self, painter: QPainter, wide: int) -> None:
        painter.setPen(theme.role("ink2"))
        painter.setFont(theme.font())
        room = QRect(theme.px(38), 0, self.width() - theme.px(56) - wide, self.height())
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


class LanguageButton(QPushButton):
    """EN · FR, the one that is on in bold."""

    def __init__(self) -> None:
        super().__init__("EN · FR")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Language: English. Switch to French"))
        self.setToolTip(tr("Français  Ctrl+Shift+L"))

    def sizeHint(self) -> QSize:
        """Two codes."""
        return QSize(theme.px(68), theme.px(28))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.role("field" if self.underMouse() else "line"))
        painter.setBrush(theme.role("bg"))
        half = self.height() / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), half, half)
        middle = self.width() // 2
        align = Qt.AlignmentFlag.AlignVCenter
        for code, side in (("en", Qt.AlignmentFlag.AlignRight), ("fr", Qt.AlignmentFlag.AlignLeft)):
            on = language() == code
            painter.setFont(theme.font(theme.SMALL, bold=on))
            painter.setPen(theme.role("pri" if on else "ink2"))
            gap = theme.px(6)
            left = 0 if code == "en" else middle + gap
            painter.drawText(QRect(left, 0, middle - gap, self.height()), int(align | side), code.upper())
        painter.setPen(theme.role("ink2"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), "·")
        if self.hasFocus():
            ring(painter, self.rect(), half)
        painter.end()
