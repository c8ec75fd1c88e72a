"""A folder that is typed, or chosen in the system's dialog; taken only where it is there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from fieldapp.texts import tr
from ui.widgets import Button
from ui.widgets.labels import label


class FolderEdit(QWidget):
    """`chosen` tells the folder when a person has given one that is there, or "" for none."""

    chosen = Signal(str)

    def __init__(self, name: str, folder: str) -> None:
        super().__init__()
        self._name = name
        self.edit = QLineEdit(folder)
        self.edit.setAccessibleName(name)
        self.edit.editingFinished.connect(self._take)
        self.ask = Button(tr("Choose a folder…"), icon="folder-open")
        self.ask.setAccessibleName(f"{name}: {self.ask.text()}")
        self.ask.clicked.connect(self._ask)
        self.wrong = label("", "small", tone="bad")
        self.wrong.hide()
        self._kept = folder
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(self.ask)
        row.addWidget(self.wrong)
        self.setFocusProxy(self.edit)

    def _ask(self) -> None:
        if folder := QFileDialog.getExistingDirectory(self, self._name, self.edit.text()):
            self.edit.setText(folder)
            self._take()

    def _take(self) -> None:
        folder = self.edit.text().strip()
        there = not folder or Path(folder).is_dir()
        self.wrong.setText("" if there else tr("There is no such folder."))
        self.wrong.setVisible(not there)
        self.edit.setAccessibleDescription(self.wrong.text())
        if there and folder != self._kept:
            self._kept = folder
            self.chosen.emit(folder)
