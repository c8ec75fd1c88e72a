"""The program's screen: one QApplication, one window. Everything heavy is imported at its first use."""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

import ui.features  # noqa: F401  before all that is imported below
from fieldapp import __version__
from fieldapp.garbage import keep_all
from fieldapp.paths import resources
from fieldapp.updates.place import running
from ui import speaking, theme
from ui.bridge import first_window
from ui.collector import collect_here
from ui.session import Session
from ui.shell.ahead import Ahead
from ui.shell.fitting import show_fitting
from ui.shell.pages import first_page
from ui.window import MainWindow

log = logging.getLogger(__name__)
STANDS = "the window stands"  # in the log, with how long the start took; a slow laptop tells so by itself
SYSTEM_FONTS = Path("/etc/fonts/fonts.conf")
SETTLED = 5_000  # ms after which all is loaded that a person's first moments need


def application() -> QApplication:
    """The one QApplication, made now if need be; offscreen where there is no display."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    choose_platform()
    made = QApplication(sys.argv[:1])
    made.setApplicationName("FieldApp")
    made.setApplicationDisplayName("FieldApp")
    made.setDesktopFileName("fieldapp")  # by which a desktop finds name and icon of our windows
    made.setWindowIcon(QIcon(str(resources() / "program" / "fieldapp.svg")))
    collect_here(made)
    theme.follow_system(made)
    speaking.speak_too()
    return made


def choose_platform() -> None:
    """Draw offscreen where there is no display: Qt would abort. A bare system that was told nothing of fonts is told
    where they lie; the program's own are in it anyway."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.platform.startswith("linux") and not SYSTEM_FONTS.exists():
        os.environ.setdefault("FONTCONFIG_FILE", str(resources() / "program" / "fonts.conf"))


def starting() -> QApplication:
    """The QApplication of a program that starts now: what its first window can do without waits for that."""
    first_window.clear()
    return application()


def open_window(session: Session, *, page: str = "") -> MainWindow:
    """Show a window for `session`, dressed as its person left it, at `page` or where that person's day begins."""
    application()
    window = MainWindow(session, page=page or first_page(session.person))
    FirstPainting(window)
    show_fitting(window)
    QTimer.singleShot(SETTLED, window, _works)
    return window


class FirstPainting(QObject):
    """Notes when a window has been painted for the first time: from then on it can be used."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window's own painting comes before that of all in it, and both in one go."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._painted)
        return False

    def _painted(self) -> None:
        _note_the_start()
        keep_all()
        Ahead(self)


def _works() -> None:
    """The window has stood for a while over an open store: a version that is new here has shown that it works."""
    from fieldapp.updates.starting import (
        confirm,  # long after the start, which waits for nothing that it can do without
    )

    confirm(__version__, running())


def _note_the_start() -> None:
    first_window.set()
    log.info("%s, after %.2f s of the processor", STANDS, time.process_time())


def show(session_factory: Callable[[], Session], *, closing: Callable[[], None] | None = None) -> int:
    """Open the window for the session that the factory makes and work until it is closed; the exit code.

    The factory is called after the QApplication stands, in its thread, so that the Bridge belongs to it.
    `closing` runs after the window has closed: stop the worker and close the store there.
    """
    application()
    window = open_window(session_factory())

    def close() -> None:
        window.session.bridge.close()
        if closing is not None:
            closing()

    return work(close)


def work(closing: Callable[[], None]) -> int:
    """Work until the last window is closed, then do `closing`; the exit code."""
    app = application()
    try:
        QTimer.singleShot(SETTLED, app, keep_all)
        with _hearing_interrupts(app):
            return app.exec()
    finally:
        closing()


@contextmanager
def _hearing_interrupts(app: QApplication) -> Iterator[None]:
    """Ctrl+C in the terminal closes the window: Python hears signals only when it runs, so let it run now and then."""
    before = signal.signal(signal.SIGINT, lambda *_: app.closeAllWindows())
    timer = QTimer(app, interval=250)
    timer.timeout.connect(lambda: None)
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        signal.signal(signal.SIGINT, before)
