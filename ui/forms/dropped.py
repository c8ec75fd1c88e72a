"""Photos that were dropped on a form, beside the place that asks for them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from ui.forms.editor import FormEditor
from ui.forms.fields.image import ImageField


def take_photos(editor: FormEditor, files: list[Path]) -> bool:
    """Give them to the photo where the focus is, else to the only empty one in sight; False where neither is."""
    fields = [field for field in editor.findChildren(ImageField) if field.isVisible() and field.isEnabled()]
    focus = QApplication.focusWidget()
    meant = [field for field in fields if focus is not None and field.isAncestorOf(focus)]
    empty = [field for field in fields if not field.node().value]
    field = meant[0] if meant else empty[0] if len(empty) == 1 else None
    if field is not None:
        field.take_files(files)
    return field is not None
