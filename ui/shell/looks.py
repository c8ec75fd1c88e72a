"""Which colours, how large the letters: what a person chooses, keeps for the next start, and finds in the palette."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QApplication

from fieldapp.store import Store
from fieldapp.texts import tr
from ui import theme
from ui.search.finds import Find
from ui.widgets import Row

THEME, LETTERS = "ui.theme", "ui.letters"  # settings in the person's store: a look or `system`; per cent
SIZES = (100, 125, 150, 200)  # per cent
ICONS = {"light": "sun", "dark": "moon", "contrast": "eye"}


def wear(store: Store) -> None:
    """Dress as this store's person left it; where nothing was chosen, all stays as it is."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    size, look = store.setting(LETTERS), store.setting(THEME)
    if size in map(str, SIZES) and int(size) != percent():
        theme.enlarge(app, int(size) / 100)
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


def finds(use_look: Callable[[str], None], use_size: Callable[[int], None]) -> list[Find]:
    """The looks and sizes that are not on, as actions of the palette."""
    switch = {
        "light": tr("Switch to light colours"), "dark": tr("Switch to dark colours"),
        "contrast": tr("Switch to high contrast"),
    }  # fmt: skip
    found = [
        Find(Row(f"look-{name}", text, icon=ICONS[name], trailing=_key(name)), partial(use_look, name))
        for name, text in switch.items()
        if name != theme.look()
    ]
    if theme.choice() != theme.SYSTEM:
        system = Row("look-system", tr("Colours as the system has them"), icon="monitor")
        found.append(Find(system, partial(use_look, theme.SYSTEM)))
    for step, text, key in ((1, tr("Larger letters"), "Ctrl +"), (-1, tr("Smaller letters"), "Ctrl -")):
        if (size := beside(step)) != percent():
            row = Row(f"letters-{size}", f"{text}: {size} %", icon="scale", trailing=key)
            found.append(Find(row, partial(use_size, size)))
    return found


def _key(look: str) -> str:
    return "Ctrl Shift D" if look == theme.next_look() else ""
