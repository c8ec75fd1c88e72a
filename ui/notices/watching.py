"""Watching for notices beside the screen: how many are unread, and which came since."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from fieldapp.notices import Notice, forget_gone, notices
from fieldapp.settings import NOTICES, setting
from fieldapp.texts import tr
from ui.notices.words import told
from ui.session import Session

Tell = Callable[[str, str], None]  # title and words, to the system


class NoticeWatch(QObject):
    """`changed` carries all notices that stand now. What came since the first look is told to the system once."""

    changed = Signal(list)

    def __init__(self, session: Session, tell: Tell) -> None:
        super().__init__()
        self._session, self._tell = session, tell
        self._known: set[str] | None = None  # None until the first look
        self._looking = self._again = False
        self.notices: list[Notice] = []

    @property
    def unread(self) -> int:
        """How many were not read."""
        return sum(not one.read for one in self.notices)

    def look(self) -> None:
        """Read them anew; several wishes while one look is under way are one more look."""
        if self._looking:
            self._again = True
            return
        self._looking = True
        self._session.bridge.work(self._read, self._came)

    def _read(self) -> list[Notice]:
        """In another thread."""
        desk = self._session.desk
        first = notices(desk)
        forget_gone(desk, first)
        return notices(desk)

    def _came(self, outcome: list[Notice] | BaseException) -> None:
        self._looking = False
        if not isinstance(outcome, BaseException):  # the store is being locked: they are read when it is open again
            self._show(outcome)
        if self._again:
            self._again = False
            self.look()

    def _show(self, found: list[Notice]) -> None:
        fresh = [one for one in found if not one.read and self._known is not None and one.key not in self._known]
        self._known = {one.key for one in found}
        self.notices = found
        self.changed.emit(found)
        if fresh and setting(NOTICES).value(self._session.store.setting(NOTICES)) == "on":
            self._tell(tr("FieldApp"), told(fresh))
