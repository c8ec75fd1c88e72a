"""Which colours, how large the letters: what a person chooses, keeps for the next start, and finds in the palette."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from fieldapp.settings import LETTERS, LOOK, MOTION, SIZES, STILL
from fieldapp.store import Store
from fieldapp.texts import tr
from ui import theme

ICONS = {"light": "sun", "dark": "moon", "contrast": "eye"}


def wear(store: Store) -> None:
    """Dress as this store's person left it; where nothing was chosen, all stays as it is."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    size, look = store.setting(LETTERS), store.setting(LOOK)
    if size in map(str, SIZES) and int(size) != percent():
        theme.enlarge(app, int(size) / 100)
    theme.hold_still(app, still=store.setting(MOTION) == STILL)
    if look and look != theme.choice():
        theme.choose(app, look)


def percent() -> int:
    """How large letters are now, in per cent."""
    return round(theme.scale() * 100)


def beside(step: int) -> int:
    """The size after (1) or before (-1) the one that is on; the same at the ends."""
    others = [size for size in SIZES if (size - percent()) * step > 0]
    return percent() if not others else min(others) if step > 0 else max(others)


def words(look: str) -> str:
    """What a look is called."""
    return {"light": tr("Light colours"), "dark": tr("Dark colours"), "contrast": tr("High contrast")}[look]
