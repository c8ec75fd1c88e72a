"""The resident's side, at hand from the first moment and built only when it is wanted: most starts never need it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow, QWidget

from fieldapp.records import Edits
from fieldapp.store import Touched
from fieldapp.texts import tr
from ui.resident.screens import Screens
from ui.session import Session

if TYPE_CHECKING:
    from ui.resident.facing import Facing


class AtHand:
    """Stands for the Facing of one person at one window."""

    def __init__(self, window: QMainWindow, session: Session, screens: Screens) -> None:
        self._window, self._session, self._screens = window, session, screens
        self.made: Facing | None = None

    def toggle(
        self, record: str, *, focus: QWidget | None = None, keep: Callable[[str, Edits], None] | None = None
    ) -> None:
        """Show this record to the resident, or put away what is shown of it."""
        if self.made is None:
            from ui.resident.facing import Facing  # forms and papers, for which the window need not wait

            self.made = Facing(self._window, self._session, self._screens)
        self.made.toggle(record, focus=focus, keep=keep)

    def tell(self, by: str) -> None:
        """They agree, by this hand: where nothing is shown to them, nothing is agreed to."""
        if self.made is None or not self.made.record:
            self._session.say(tr("Nothing is shown to the resident. F6 shows them what was recorded."))
        else:
            self.made.tell(by)

    def switch(self) -> None:
        """Their other language."""
        if self.made is not None:
            self.made.switch()

    def only(self, *records: str) -> None:
        """Nothing of anybody's, unless one of these records is shown."""
        if self.made is not None and self.made.record not in {"", *records}:
            self.made.blank()

    def blank(self) -> None:
        """Nothing of anybody's."""
        if self.made is not None:
            self.made.blank()

    def refresh(self, touched: Touched) -> None:
        """What was answered meanwhile stands there too."""
        if self.made is not None:
            self.made.refresh(touched)

    def put_away(self) -> None:
        """Somebody else works here now, or nobody."""
        if self.made is not None:
            self.made.put_away()
            self.made.deleteLater()
            self.made = None
