"""A file of any kind: a plan, a report, a recording."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui.forms.fields.blob import ChosenBlobField
from ui.forms.sheet import Sheet
from ui.widgets import label


class FileField(ChosenBlobField):
    """A button that chooses; what is attached stands beside it."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node, "paperclip")
        self.remove.clicked.connect(lambda: self.clear(tr("File removed")))
        self.caption = label("", "small")
        for widget in (self.choose, self.remove, self.caption):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self.retranslate()

    def show_node(self, node: Node) -> None:
        """Show whether a file is attached."""
        self.choose.show_as(tr("Replace…") if node.value else tr("Choose a file…"))
        self.remove.setVisible(bool(node.value))
        suffix = Path(node.value).suffix.removeprefix(".").upper()
        attached = tr("{kind} file attached", kind=suffix) if suffix else tr("File attached")
        self.caption.setText(attached if node.value else tr("or drop it here"))

    def retranslate(self) -> None:
        """All its words."""
        self.remove.show_as(tr("Remove"))
        self.show_node(self.node())

    def _ask(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, tr("Choose a file…"))
        if name:
            self.take_file(Path(name))
