"""A file of any kind: a plan, a report, a video. Audio has more: see `audio`."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from fieldapp.forms import Node
from fieldapp.sniffing import is_family
from fieldapp.texts import tr
from ui.forms.fields.blob import ChosenBlobField, size_of
from ui.forms.fields.blob_open import open_copy
from ui.forms.shape import kind_of
from ui.forms.sheet import Sheet
from ui.widgets import Button, label


class FileField(ChosenBlobField):
    """Buttons that choose, open and remove; what is attached stands below."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node, "paperclip")
        self._value = "?"
        self.remove.clicked.connect(lambda: self.clear(tr("File removed")))
        self.open = Button("", icon="external-link")
        self.open.clicked.connect(self._open)
        self.caption = label("", "small", wrap=True)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(self.buttons)
        column.addWidget(self.caption)
        for widget in (self.choose, self.open, self.remove):
            self.buttons.addWidget(widget)
        self.buttons.addStretch(1)
        self._row.addLayout(column)
        self.retranslate()

    def show_node(self, node: Node) -> None:
        """Show what is attached; its bytes are read once."""
        if node.value == self._value:
            return
        self._value = node.value
        data = self.bytes_of(node.value)
        self.choose.show_as(tr("Replace…") if node.value else tr("Choose a file…"))
        self.open.setVisible(bool(data))
        self.remove.setVisible(bool(node.value))
        self.caption.setText(self._caption(node.value, data))

    def retranslate(self) -> None:
        """All its words."""
        self._value = "?"
        self.open.show_as(tr("Open"))
        self.remove.show_as(tr("Remove"))
        self.show_node(self.node())

    def name(self, name: str, description: str) -> None:
        """All buttons say the question."""
        super().name(name, description)
        self.open.setAccessibleName(f"{name}: {self.open.text()}")

    def _take_bytes(self, data: bytes, mime: str, name: str) -> None:
        wanted = self._family()
        if wanted and not is_family(mime, wanted):
            words = {
                "audio": tr("“{name}” is no sound file.", name=name),
                "video": tr("“{name}” is no video.", name=name),
            }
            self.refused.emit(words[wanted])
        else:
            super()._take_bytes(data, mime, name)

    def _family(self) -> str:
        """audio or video where only those are taken."""
        kind = kind_of(self.node())
        return kind if kind in {"audio", "video"} else ""

    def _caption(self, value: str, data: bytes) -> str:
        if not value:
            return tr("or drop it here")
        if not data:
            return tr("The file is with the City; it is not on this laptop.")
        suffix = Path(value).suffix.removeprefix(".").upper()
        attached = tr("{kind} file attached", kind=suffix) if suffix else tr("File attached")
        return f"{attached} · {size_of(len(data))}"

    def _open(self) -> None:
        value = self.node().value
        if open_copy(self.bytes_of(value), Path(value).suffix):
            self.sheet.undoable(tr("A copy is opened. Changes to it are not kept; it goes when FieldApp is closed."))
        else:
            self.sheet.undoable(tr("This computer has no program that opens it."))

    def _ask(self) -> None:
        kinds = {"audio": tr("Sound") + " (*.m4a *.mp3 *.wav *.ogg *.flac *.aac)"}
        kinds["video"] = tr("Video") + " (*.mp4 *.mov *.webm *.mkv *.avi)"
        name, _kind = QFileDialog.getOpenFileName(self, tr("Choose a file…"), "", kinds.get(self._family(), ""))
        if name:
            self.take_file(Path(name))
