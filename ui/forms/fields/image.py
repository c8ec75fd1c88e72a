"""A photo: from the camera, chosen from a file, dropped, or pasted. Its original bytes are kept as they are, unless the
form bounds its pixels (`max-pixels`)."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldapp.forms import Node
from fieldapp.photos.evidence import CAMERA, DROPPED, FILE, PASTED
from fieldapp.texts import tr
from ui import theme
from ui.forms.fields.blob import ChosenBlobField, size_of, thumbnail
from ui.forms.fields.image_camera import CameraPane
from ui.forms.fields.image_data import encoded, fitted, is_cut_off, load, max_pixels, png
from ui.forms.fields.image_files import FilesPane
from ui.forms.fields.image_refused import why_refused
from ui.forms.fields.image_several import LOOK, Several
from ui.forms.shape import begun_by
from ui.forms.sheet import Sheet
from ui.widgets import Button, label
from ui.widgets.dropping import accept_a_copy
from ui.widgets.flow import Flow
from ui.widgets.sight import bring_into_sight

WIDE, HIGH = 128, 96  # px of the thumbnail at scale 1


class ImageField(ChosenBlobField):
    """A thumbnail with what it is, or an invitation to take, choose, drop or paste one."""

    OTHERWISE = "image/jpeg"

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node, "image")
        self._value = "?"
        self.question = ""
        self._came = FILE
        self.picture = QLabel()
        self.picture.setFixedSize(theme.px(WIDE), theme.px(HIGH))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.caption = label("", "small", wrap=True)
        self.remove.clicked.connect(lambda: self.clear(tr("Photo removed")))
        self.take_photo = Button("", icon="camera")
        self.take_photo.clicked.connect(self._open_camera)
        self.camera: CameraPane | None = None
        self.files: FilesPane | None = None
        self.column = QVBoxLayout()
        self._row.addLayout(self.column)
        self._lay_out()
        if not sheet.host.devices.has_camera():
            self.take_photo.hide()
        self.retranslate()

    def show_node(self, node: Node) -> None:
        """Show the photo; its bytes are read once."""
        if node.value == self._value:
            return
        self._value = node.value
        data = self.bytes_of(node.value)
        picture = thumbnail(data, WIDE, HIGH)
        self.picture.setPixmap(picture)
        self.picture.setVisible(not picture.isNull())
        self.picture.setAccessibleName(tr("Photo"))
        self.caption.setText(self._caption(node.value, data, picture.isNull()))
        self.remove.setVisible(bool(node.value))
        self.choose.show_as(tr("Replace…") if node.value else tr("Choose a photo…"))

    def retranslate(self) -> None:
        """All its words."""
        self._value = "?"
        self.remove.show_as(tr("Remove"))
        self.take_photo.show_as(tr("Take a photo"))
        self.show_node(self.node())

    def name(self, name: str, description: str) -> None:
        """All buttons say the question."""
        super().name(name, description)
        self.question = name
        self.take_photo.setAccessibleName(f"{name}: {self.take_photo.text()}")

    def take(self, mime: QMimeData) -> bool:
        """Keep what was dropped or pasted; False when it holds no photo."""
        self._came = DROPPED
        taken = super().take(mime)
        self._came = FILE
        if taken:
            return True
        image = mime.imageData() if mime.hasImage() else None
        if not isinstance(image, QImage):
            return False
        self.keep_photo(png(image), "image/png", tr("pasted picture") + ".png", PASTED)
        return True

    def keep_photo(self, data: bytes, mime: str, name: str, source: str = FILE) -> None:
        """Keep a photo, made smaller where the form asks for it, and have noted what is known of it now."""
        small, kind = fitted(data, mime, max_pixels(self.node().question))
        if self.sheet.host.saw is not None:
            self.sheet.host.saw(small, data, source)
        self.keep(small, kind, name)
        self._close_files()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pictures that are no files may be dropped, too."""
        super().dragEnterEvent(event)
        if event.mimeData().hasImage():
            accept_a_copy(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V pastes a photo."""
        if not (event.matches(QKeySequence.StandardKey.Paste) and self.take(QApplication.clipboard().mimeData())):
            super().keyPressEvent(event)

    def _take_more(self, files: list[Path]) -> None:
        """Where photos are asked for one after the other, each further one gets a place of its own; what is none gets
        no place, which would stand empty and in the way."""
        instance = begun_by(self.node())
        if files and instance is not None and instance.parent is not None:
            place = partial(_next_place, self.sheet, instance.parent.path, self.path.removeprefix(instance.path))
            Several(self.sheet, files, max_pixels(self.node().question), self._came, place).go_on()
            return
        super()._take_more(files)

    def _take_bytes(self, data: bytes, mime: str, name: str) -> None:
        if load(data, LOOK).isNull():
            self.refused.emit(why_refused(data, name))
        else:
            self.keep_photo(data, mime, name, self._came)
            if is_cut_off(data):
                self.sheet.undoable(tr("“{name}” is cut off: part of the photo is missing. Copy it anew.", name=name))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        buttons = QWidget()
        flow = Flow(8)
        buttons.setLayout(flow)
        for button in self._tools():
            flow.addWidget(button)
        words.addWidget(buttons)
        words.addWidget(self.caption)
        words.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.picture)
        top.addLayout(words, 1)
        self.column.setSpacing(8)
        self.column.addLayout(top)

    def _tools(self) -> tuple[Button, ...]:
        """The buttons, in their order."""
        return self.take_photo, self.choose, self.remove

    def _open_camera(self) -> None:
        frames = self.sheet.host.devices.camera()
        if frames is None:
            self.sheet.undoable(tr("There is no camera any more. Choose a file instead."))
        elif self.camera is None:
            self.camera = CameraPane(frames)
            self.camera.taken.connect(self._photographed)
            self.camera.closed.connect(self._close_camera)
            self.camera.name(self.question)
            self.column.addWidget(self.camera)
            self.camera.show()
            self.camera.cancel.setFocus()

    def _photographed(self, image: QImage) -> None:
        self.keep_photo(encoded(image, b"jpeg"), "image/jpeg", "photo.jpg", CAMERA)
        self._close_camera()

    def _close_camera(self) -> None:
        pane, self.camera = self.camera, None
        if pane is not None:
            self.choose.setFocus()
            pane.hide()
            pane.deleteLater()

    def _caption(self, value: str, data: bytes, unseen: bool) -> str:
        if not value:
            return tr("or drop it here, or paste it with Ctrl+V")
        if not data:
            return tr("The photo is with the City; it is not on this laptop.")
        return tr("File attached") if unseen else size_of(len(data))

    def _ask(self) -> None:
        """Open the choice of files in its place, or close it; it begins where photos were chosen last."""
        if self.files is not None:
            self._close_files()
            return
        host = self.sheet.host
        places = host.devices.photo_folders()
        last = Path(host.photo_folder.get() or places[0])
        self.files = FilesPane(last if last.is_dir() else places[-1], [one for one in places if one.is_dir()])
        self.files.taken.connect(lambda path: self.take_file(Path(path)))
        self.files.moved.connect(host.photo_folder.keep)
        self.files.closed.connect(self._close_files)
        self.refused.connect(self.files.refuse)  # the words below the question stand under a long list
        self.files.name(self.question)
        self.column.addWidget(self.files)
        self.files.show()
        self.files.line.setFocus()
        self.sheet.grew.emit()
        bring_into_sight(self.files)

    def _close_files(self) -> None:
        pane, self.files = self.files, None
        if pane is not None:
            self.choose.setFocus()
            pane.hide()
            pane.deleteLater()


def _next_place(sheet: Sheet, repeat: str, below: str) -> str:
    """The path of a photo's question in one more instance; "" where no more is taken."""
    return sheet.entry.add(repeat).path + below if sheet.entry.node(repeat) is not None else ""
