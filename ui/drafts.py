"""Text that was begun and not handed in: kept in the person's encrypted store while it is typed.

It is given back when the same thing is begun again, and gone when it is done. Closing, locking or a crash loses
no more than the last word.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from fieldapp.texts import tr
from ui.session import Session
from ui.typing_pause import TypingPause

PAUSE = 300  # ms without typing
DRAFT = "draft."  # how the settings begin that hold it


class TextDraft(QObject):
    """Of one field. `begin` says what the text is about, `done` that it was handed in."""

    def __init__(self, session: Session, edit: QPlainTextEdit | QLineEdit) -> None:
        super().__init__(edit)
        self._session, self._edit, self._name = session, edit, ""
        self._kept: str | None = ""  # what the store has; None where the last could not be kept
        self._text = ""  # what is typed
        self._told = False  # whether the person heard that
        self._pause = TypingPause(self, PAUSE)
        self._pause.timeout.connect(self.keep)
        edit.textChanged.connect(self._typed)
        edit.installEventFilter(self)

    def begin(self, about: str) -> bool:
        """Put what was begun about this into the field, which is empty otherwise; whether there was anything."""
        self.keep()
        self._name = ""
        text = self._session.store.setting(DRAFT + about)
        self._put(text)
        self._name, self._kept = about, text
        return bool(text)

    def done(self) -> None:
        """It was handed in: the field is empty and nothing is kept."""
        self._put("")
        self.keep()
        self._name = ""

    def keep(self) -> None:
        """Keep it now, behind the screen."""
        self._pause.stop()
        text = self._text  # never asked of the field here: it may be on its way out, with its window
        if self._name and text != self._kept and not self._session.bridge.closed:
            self._kept = text
            job = partial(self._session.store.keep_setting, DRAFT + self._name, text)
            self._session.bridge.write(job, partial(self._came, self._name))

    def _came(self, name: str, outcome: object) -> None:
        """Where the disk takes nothing more, one goes on typing, is told once, and it is tried again."""
        failed = isinstance(outcome, BaseException)
        if failed and name == self._name:
            self._kept = None
        if failed and not self._told:
            self._session.say(f"{outcome} " + tr("What you are typing is not kept yet."))
        self._told = failed

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Who leaves the field, or closes the window, has it kept at once."""
        if event.type() in {QEvent.Type.FocusOut, QEvent.Type.Hide}:
            self.keep()
        return False

    def _typed(self) -> None:
        self._text = self._edit.text() if isinstance(self._edit, QLineEdit) else self._edit.toPlainText()
        if self._name:
            self._pause.typed()

    def _put(self, text: str) -> None:
        if isinstance(self._edit, QLineEdit):
            self._edit.setText(text)
        else:
            self._edit.setPlainText(text)
