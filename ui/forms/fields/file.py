"""A file of any kind: a plan, a report, a recording."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui.forms.fields.blob import BlobField
from ui.forms.sheet import Sheet
from ui.widgets import Button, label


class FileField(BlobField):
    """A button that chooses; what is attached stands beside it."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self.setAcceptDrops(True)
        self.choose = Button("", icon="paperclip")
        self.choose.clicked.connect(self._ask)
        self.remove = Button("", "quiet")
        self.remove.clicked.connect(lambda: self.clear(tr("File removed")))
        self.caption = label("", "small")
        for widget in (self.choose, self.remove, self.caption):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self.retranslate()

    def target(self) -> QWidget:
        """The button that chooses."""
        return self.choose

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

    def name(self, name: str, description: str) -> None:
        """Both buttons say the question."""
        self.choose.setAccessibleName(f"{name}: {self.choose.text()}")
        self.choose.setAccessibleDescription(description)
        self.remove.setAccessibleName(f"{name}: {self.remove.text()}")

    def mark(self, wrong: bool) -> None:
        """The message below says it."""

    def take_file(self, path: Path) -> None:
        """Keep a file."""
        try:
            data = path.read_bytes()
        except OSError:
            self.refused.emit(tr("“{name}” cannot be read. Choose another file.", name=path.name))
            return
        self.keep(data, mimetypes.guess_type(path.name)[0] or "application/octet-stream", path.name)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep the first dropped file."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.take_file(files[0])
            event.acceptProposedAction()

    def _ask(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, tr("Choose a file…"))
        if name:
            self.take_file(Path(name))
