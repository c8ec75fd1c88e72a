"""The form's own keys: they act wherever the focus is in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def bind(widget: QWidget, acts: Mapping[str, Callable[[], None]]) -> None:
    """Let each key do its act while the focus is in `widget`."""
    for keys, act in acts.items():
        shortcut = QShortcut(QKeySequence(keys), widget, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
