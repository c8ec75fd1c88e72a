"""The rail at the left: the workplaces with their counts, and who is signed in."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from fieldapp.texts import tr
from ui import theme
from ui.session import Session
from ui.shell.me import Me
from ui.shell.pages import RAIL, title
from ui.widgets import icons, label
from ui.widgets.focus import ring

WIDE, NARROW = 208, 68


class Rail(QFrame):
    """`asked` tells the id of the page that was pressed; `person` the id of whom to become (practice only)."""

    asked = Signal(str)
    person = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("Rail")
        self.setAccessibleName(tr("Workplaces"))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 9, 8)
        column.setSpacing(4)
        self._brand = self._name_plate(session)
        column.addWidget(self._brand)
        self._buttons: dict[str, NavButton] = {}
        for number, place in enumerate(RAIL, start=1):
            button = NavButton(title(place.id), place.icon, f"Ctrl+{number}")
            button.clicked.connect(lambda _on=False, page=place.id: self.asked.emit(page))
            column.addWidget(button)
            self._buttons[place.id] = button
        column.addStretch(1)
        self._me = Me(session)
        self._me.chosen.connect(self.person)
        column.addWidget(self._me)
        self.compact(False)

    def button(self, page: str) -> NavButton:
        """The button of a page."""
        return self._buttons[page]

    def mark(self, page: str) -> None:
        """Show `page` as the one that is open; none where it has no entry here, as Settings."""
        for page_id, button in self._buttons.items():
            button.setAutoExclusive(False)  # a group of those keeps its last one checked
            button.setChecked(page_id == page)
        for button in self._buttons.values():
            button.setAutoExclusive(True)

    def count(self, page: str, number: int) -> None:
        """Show how much waits on `page`; 0 shows nothing."""
        self._buttons[page].count(number)

    def compact(self, narrow: bool) -> None:
        """Icons only, on small screens."""
        self.setFixedWidth(theme.px(NARROW if narrow else WIDE))
        self._brand.setVisible(not narrow)
        self._me.compact(narrow)
        for button in self._buttons.values():
            button.compact(narrow)

    def _name_plate(self, session: Session) -> QWidget:
        plate = QWidget()
        column = QVBoxLayout(plate)
        column.setContentsMargins(12, 4, 12, 12)
        column.setSpacing(0)
        column.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        column.addWidget(label("FieldApp", "heading"))
        column.addWidget(label(tr(session.city), "small"))
        return plate


class NavButton(QPushButton):
    """One workplace. Its count is part of its name for screen readers."""

    def __init__(self, text: str, icon: str, keys: str) -> None:
        super().__init__(text)
        self._icon, self._keys, self._number, self._narrow = icon, keys, 0, False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.count(0)

    def count(self, number: int) -> None:
        """How much waits there."""
        self._number = number
        self.setAccessibleName(f"{self.text()}, {number}" if number else self.text())
        self.setToolTip(f"{self.text()}  {self._keys}")
        self.update()

    def compact(self, narrow: bool) -> None:
        """Icon and count only."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row of the rail."""
        return QSize(theme.px(52 if self._narrow else 180), theme.px(44 if self._narrow else 36))

    def minimumSizeHint(self) -> QSize:
        """A little lower, on a low screen with large letters."""
        return QSize(theme.px(48), theme.px(36))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, icon, name, count."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.role("pri_soft" if on else "hover"))
            painter.drawRoundedRect(self.rect(), 8, 8)
        ink = theme.role("pri" if on else "ink2")
        size, middle = theme.px(18), self.height() // 2
        left = (self.width() - size) // 2 if self._narrow else theme.px(12)
        icons.paint(painter, self._icon, QRect(left, middle - size // 2, size, size), ink)
        if not self._narrow:
            painter.setPen(ink)
            painter.setFont(theme.font(bold=on))
            where = self.rect().adjusted(theme.px(40), 0, -theme.px(12), 0)
            painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())
        if self._number:
            self._paint_count(painter, on)
        if self.hasFocus():
            ring(painter, self.rect())
        painter.end()

    def _paint_count(self, painter: QPainter, on: bool) -> None:
        text = str(self._number) if self._number < 1000 else "999+"
        painter.setFont(theme.font(theme.SMALL, bold=True))
        high, side = (theme.px(16), theme.px(8)) if self._narrow else (theme.px(20), theme.px(12))
        wide = max(high, painter.fontMetrics().horizontalAdvance(text) + side)
        right = self.width() - theme.px(0 if self._narrow else 10)
        top = 0 if self._narrow else (self.height() - high) // 2
        box = QRect(right - wide, top, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.role("card" if on else "bg"))
        painter.drawRoundedRect(QRectF(box), high / 2, high / 2)
        painter.setPen(theme.role("pri" if on else "ink2"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
