"""`fieldapp selftest`: whether the program works on this computer, one line a part; the window is the last of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from fieldapp import __version__
from fieldapp.machine import system
from fieldapp.texts import plural, tr
from sync import selftest
from sync.selftest import FailedError, Room, Step
from ui import theme
from ui.app import application
from ui.records.pdf_pages import pages_of

SIZE, SCREEN = (320, 120), 96  # px; dots per inch


def run(tell: Callable[[str], None]) -> bool:
    """Try all parts, telling a line of each; whether all of them work."""
    tell(f"FieldApp {__version__}, {system()}")
    steps = (*selftest.steps(), Step(tr("pages"), pages), Step(tr("window"), window))
    with TemporaryDirectory(prefix="fieldapp-selftest-", ignore_cleanup_errors=True) as folder:
        good = selftest.run(Path(folder), steps, tell)
    tell(tr("Everything works here.") if good else tr("Something does not work here: see above."))
    return good


def pages(room: Room) -> str:
    """The paper's pages are drawn as the program shows them."""
    drawn = pages_of(room.paper, SCREEN)
    if not drawn or not all(page.words for page in drawn):
        raise FailedError(tr("the pages stay empty"))
    return plural(len(drawn), "{n} page", "{n} pages")


def window(_room: Room) -> str:
    """Qt shows a window with the program's own letters and icons."""
    application()
    shown = QLabel("FieldApp")
    shown.resize(*SIZE)
    shown.show()
    picture = shown.grab().toImage()
    shown.close()
    colours = {picture.pixelColor(x, y).rgb() for x in range(0, SIZE[0], 2) for y in range(0, SIZE[1], 2)}
    if len(colours) < 2:
        raise FailedError(tr("the window stays empty"))
    return f"{QGuiApplication.platformName()}, {theme.load_fonts()}"
