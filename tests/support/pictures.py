"""Pictures of the screens: a window of a given size, theme and language, grabbed offscreen into a PNG file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from ui import theme
from ui.map.view import MapView


def settle(rounds: int = 6) -> None:
    """Let layouts, queued signals and first paints happen."""
    for _ in range(rounds):
        QApplication.processEvents()


def drawn(widget: QWidget) -> None:
    """Wait until the maps in it, or itself where it is one, are drawn to the end: they draw a little at a time, and
    only what is not scrolled away."""
    maps = [one for one in (widget, *widget.findChildren(MapView)) if isinstance(one, MapView)]
    while any(one.view() and not one.is_sharp() and not one.visibleRegion().isEmpty() for one in maps):
        QApplication.processEvents()


def grab(widget: QWidget, path: Path, *, size: tuple[int, int] = (1440, 900), look: str = "light") -> Path:
    """Show `widget` at `size` in one look and save what it looks like. QT_SCALE_FACTOR=2 gives 200 %."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if theme.look() != look:
        theme.apply(app, look)
    widget.resize(*size)
    widget.show()
    settle()
    drawn(widget)
    path.parent.mkdir(parents=True, exist_ok=True)
    assert widget.grab().save(str(path))
    return path
