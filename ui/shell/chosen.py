"""What a person chooses of the window: language, look, size of letters, the lock. It holds at once, and is kept."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from PySide6.QtWidgets import QApplication

from fieldapp import texts
from fieldapp.errors import FieldAppError
from fieldapp.settings import LANGUAGE, LETTERS, LOCK, LOOK, MOTION, STILL
from ui import speaking, theme
from ui.focus import let_go
from ui.session import Session
from ui.shell import looks


class Chosen:
    """Of one window. `session` says who works there now; `rebuild` builds all anew, and one stays where one was."""

    def __init__(self, session: Callable[[], Session], rebuild: Callable[[], None], looked: Callable[[], None]) -> None:
        """`looked` is called when another look is worn."""
        self._session, self._rebuild, self._looked = session, rebuild, looked

    def language(self, language: str) -> None:
        """Speak it from now on."""
        let_go()
        speaking.use(language)
        self._keep(LANGUAGE, texts.language())
        self._rebuild()

    def other_language(self) -> None:
        """English or French, whichever is not on."""
        self.language("fr" if texts.language() == "en" else "en")

    def look(self, choice: str) -> None:
        """Wear light, dark or contrast from now on, or what the system wears."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.choose(app, choice)
        self._keep(LOOK, theme.choice())
        self._looked()

    def next_look(self) -> None:
        """Light, dark, high contrast, and round again."""
        self.look(theme.next_look())

    def size(self, percent: int) -> None:
        """Letters and controls of this size from now on."""
        let_go()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.enlarge(app, percent / 100)
        self._keep(LETTERS, str(looks.percent()))
        self._rebuild()

    def motion(self, choice: str) -> None:
        """As little as possible, or as the system, from now on."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.hold_still(app, still=choice == STILL)
        self._keep(MOTION, choice)

    def choose(self, key: str, value: str) -> None:
        """Choose a setting's value: it holds at once where that can be, and is kept."""
        deeds: dict[str, Callable[[str], object]] = {
            LANGUAGE: self.language,
            LOOK: self.look,
            MOTION: self.motion,
            LETTERS: lambda percent: self.size(int(percent)),
        }
        if (keeper := self._session().keeper) is not None:
            deeds[LOCK] = lambda minutes: keeper.lock_after(int(minutes))
        deeds.get(key, partial(self._keep, key))(value)

    def _keep(self, name: str, value: str) -> None:
        """Keep a choice for the next start. A disk that takes nothing more keeps nobody from choosing."""
        session = self._session()
        with suppress(FieldAppError):
            session.saved(partial(session.store.keep_setting, name, value))
