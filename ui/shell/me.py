"""Who is signed in: name and role at the foot of the rail, with a menu to lock, to leave, or to be another."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from fieldapp.texts import tr
from ui import theme
from ui.ports import Practice
from ui.session import Session
from ui.shell.ways import offer_ways
from ui.widgets import icons
from ui.widgets.focus import ring


class Me(QPushButton):
    """`chosen` tells the id of the person to become, in practice. With a real city its menu asks the keeper."""

    chosen = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._narrow = session, False
        self._lines = (session.person.name, role_words(session), scope_words(session))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Signed in: {who}", who=", ".join(line for line in self._lines if line)))
        self.setToolTip("\n".join(line for line in self._lines if line))
        if self._has_menu:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setAccessibleDescription(tr("Switch person"))
            self.clicked.connect(self._offer)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def _has_menu(self) -> bool:
        return self._session.practice is not None or self._session.keeper is not None

    def compact(self, narrow: bool) -> None:
        """Initials only."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Three short lines."""
        return QSize(theme.px(52 if self._narrow else 190), theme.px(52 if self._narrow else 72))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return QSize(theme.px(48), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.fillRect(QRect(0, 0, self.width(), 1), theme.role("line"))
        if self._has_menu and self.underMouse():
            painter.fillRect(self.rect().adjusted(0, 1, 0, 0), theme.role("hover"))
        if self._narrow:
            self._paint_initials(painter)
        else:
            self._paint_lines(painter)
        if self.hasFocus():
            ring(painter, self.rect().adjusted(0, 2, 0, 0))
        painter.end()

    def _paint_initials(self, painter: QPainter) -> None:
        letters = "".join(word[0] for word in self._session.person.name.replace(".", " ").split()[:2])
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.role("ink"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), letters)

    def _paint_lines(self, painter: QPainter) -> None:
        left, top, room = theme.px(12), theme.px(10), self.width() - theme.px(24)
        if self._has_menu:
            size = theme.px(16)
            where = QRect(self.width() - size - theme.px(8), theme.px(12), size, size)
            icons.paint(painter, "chevrons-up-down", where, theme.role("ink2"))
        for number, line in enumerate(self._lines):
            painter.setFont(theme.font(theme.SMALL if number else theme.BODY, bold=not number))
            painter.setPen(theme.role("ink2" if number else "ink"))
            high = theme.px(16 if number else 20)
            width = room if number else room - theme.px(16)
            shown = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, width)
            painter.drawText(QRect(left, top, width, high), int(Qt.AlignmentFlag.AlignVCenter), shown)
            top += high

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName(tr("Switch person"))
        if self._session.practice is not None:
            self._offer_people(menu, self._session.practice)
        elif self._session.keeper is not None:
            offer_ways(menu, self._session, self._session.keeper)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _offer_people(self, menu: QMenu, practice: Practice) -> None:
        for person in practice.people:
            action = QAction(f"{person.name} · {tr(person.title)}", menu)
            action.setEnabled(person.id != self._session.person.id)
            action.triggered.connect(lambda _on=False, who=person.id: self.chosen.emit(who))
            menu.addAction(action)


def role_words(session: Session) -> str:
    """What the person does, in words."""
    return tr(session.person.title) if session.person.title else ", ".join(sorted(session.person.roles))


def scope_words(session: Session) -> str:
    """For which wards."""
    wards = session.person.wards
    if "*" in wards:
        return tr("All wards")
    return tr("Wards {wards}", wards=", ".join(sorted(ward.lstrip("0") for ward in wards if ward)))
