"""The keys that take an answer back and bring it again, and who keeps them for itself."""

from __future__ import annotations

from PySide6.QtCore import Qt

OWN = "own_undo"  # a widget's property: it takes back its own strokes or words while it has some
KEYS: dict[tuple[int, Qt.KeyboardModifier], str] = {
    (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier): "undo",
    (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier): "redo",
    (Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier): "redo",
}
