"""Windows of tests end with their test: one that lives on makes each later one slower, and its signals go on acting."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget


def put_away(*windows: QWidget) -> None:
    """Close them as a person does, and let nothing of them remain."""
    for window in windows:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
