"""Asking where a paper is to be saved as PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldapp.texts import tr


def ask_for_pdf(parent: QWidget, name: str) -> Path | None:
    """Where the person wants it, among their documents at first; None when they do not. `name` must name nobody."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    proposed = str(Path(folder) / f"{name}.pdf")
    chosen, _kind = QFileDialog.getSaveFileName(parent, tr("Save as PDF"), proposed, "PDF (*.pdf)")
    return Path(chosen) if chosen else None
