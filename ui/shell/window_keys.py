"""The window's own keys, which act on every page: what each does, and its name in the language of the moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from fieldapp.access import COUNTER, SUPERVISOR
from fieldapp.texts import tr
from ui.session import Session
from ui.shell import asked, looks
from ui.shell.pages import RAIL, title
from ui.widgets.acts import act

if TYPE_CHECKING:
    from ui.window import MainWindow

NEXT = "Ctrl+N"


class WindowKeys:
    """Made once for a window; named anew for each person and language."""

    def __init__(self, window: MainWindow) -> None:
        whole = Qt.ShortcutContext.WindowShortcut
        self._keys = {keys: act(window, keys, "", deed, context=whole) for keys, deed in _deeds(window).items()}

    def name(self, session: Session) -> None:
        """Say what each does, as far as this person can do it here."""
        for combination, name in _names(session).items():
            self._keys[combination].setWhatsThis(name)

    def allow(self, combination: str, on: bool) -> None:
        """Whether a page leaves this key to the window."""
        self._keys[combination].setEnabled(on)


def _deeds(window: MainWindow) -> dict[str, Callable[[], object]]:
    deeds: dict[str, Callable[[], object]] = {
        "F1": partial(asked.show_keys, window),
        "Shift+F1": partial(asked.show_help, window),
        "Ctrl+K": window.open_palette,
        "Ctrl+Shift+L": window.chosen.other_language,
        "Ctrl+Shift+D": window.chosen.next_look,
        "Ctrl++": lambda: window.chosen.size(looks.beside(1)),
        "Ctrl+=": lambda: window.chosen.size(looks.beside(1)),
        "Ctrl+-": lambda: window.chosen.size(looks.beside(-1)),
        "Ctrl+Shift+N": partial(asked.plug, window),
        "Ctrl+L": partial(asked.lock, window),
        NEXT: window.next_resident,
        "Ctrl+,": partial(window.navigate, "settings"),
        "Ctrl+Shift+B": partial(window.navigate, "notices"),
        "Ctrl+Shift+F": partial(asked.show_fleet, window),
        "Ctrl+Shift+V": window.paste_code,
    }
    for number, one in enumerate(RAIL, start=1):
        deeds[f"Ctrl+{number}"] = partial(window.navigate, one.id)
    return deeds


def _names(session: Session) -> dict[str, str]:
    return {
        "F1": tr("This list of keys"),
        "Shift+F1": tr("Help for this question or page"),
        "Ctrl+K": tr("Search everything"),
        "Ctrl+Shift+L": tr("The other language"),
        "Ctrl+Shift+D": tr("Light, dark or high contrast"),
        "Ctrl++": tr("Larger letters"),
        "Ctrl+-": tr("Smaller letters"),
        "Ctrl+Shift+N": tr("Practice: pull the network out, or plug it in") if session.practice is not None else "",
        "Ctrl+L": tr("Lock now") if session.keeper is not None else "",
        "Ctrl+,": tr("Settings"),
        "Ctrl+Shift+B": tr("Notices"),
        NEXT: tr("Next resident") if COUNTER in session.person.roles else "",
        "Ctrl+Shift+V": tr("Find by what is on the clipboard"),
        "Ctrl+Shift+F": tr("Fleet") if SUPERVISOR in session.person.roles else "",
        **{f"Ctrl+{number}": title(one.id) for number, one in enumerate(RAIL, start=1)},
    }
