"""Where a person's window stood, how large it was, and that it stands there again: never off the screens of today."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from fieldapp.errors import FieldAppError
from ui.session import Session

PLACE = "window.place"  # setting
FULL = "full"


@dataclass(frozen=True)
class WindowPlace:
    """The window's frame on all screens together, in px, and whether it filled its screen."""

    box: QRect
    full: bool = False

    @classmethod
    def of(cls, window: QMainWindow) -> WindowPlace:
        """Where it stands; of one that fills its screen, where it stood before."""
        full = window.isMaximized()
        plain = window.normalGeometry()
        return cls(plain if full else QRect(window.pos(), window.size()), full)

    @classmethod
    def read(cls, text: str) -> WindowPlace | None:
        """What `__str__` wrote; None for anything else."""
        parts = text.split()
        try:
            left, top, width, height = map(int, parts[:4])
        except ValueError:
            return None
        return cls(QRect(left, top, width, height), parts[4:] == [FULL])

    def __str__(self) -> str:
        box = self.box
        numbers = (box.x(), box.y(), box.width(), box.height())
        return " ".join([*map(str, numbers), *([FULL] if self.full else [])])

    def within(self, screens: Sequence[QRect]) -> QRect:
        """The box, moved and made smaller so that all of it is on one screen: on that which holds most of it, else on
        the first."""
        room = max(screens, key=lambda one: _shared(one, self.box))
        width, height = min(self.box.width(), room.width()), min(self.box.height(), room.height())
        left = min(max(self.box.x(), room.x()), room.x() + room.width() - width)
        top = min(max(self.box.y(), room.y()), room.y() + room.height() - height)
        return QRect(left, top, width, height)


def stand_again(window: QMainWindow, session: Session) -> None:
    """Put the window where this person left it; where they never did, all stays as it is."""
    place = WindowPlace.read(session.store.setting(PLACE))
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    if place is None or not screens:
        return
    box = place.within(screens)
    window.resize(box.size())
    window.move(box.topLeft())
    if place.full:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def keep_place(window: QMainWindow, session: Session) -> None:
    """Keep it for the next start. A disk that takes nothing more keeps nobody from closing."""
    told = str(WindowPlace.of(window))
    with suppress(FieldAppError):
        if told != session.store.setting(PLACE):
            session.saved(partial(session.store.keep_setting, PLACE, told))


def _shared(one: QRect, other: QRect) -> int:
    both = one.intersected(other)
    return max(0, both.width()) * max(0, both.height())
