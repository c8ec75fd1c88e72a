"""A barcode or QR code: from a scanner, typed, read from a picture, or by the camera where there is one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QGridLayout, QVBoxLayout, QWidget

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui import theme
from ui.forms.fields.base import WIDE, Field
from ui.forms.fields.blob import MOST
from ui.forms.fields.image_camera import CameraPane
from ui.forms.fields.image_data import load
from ui.forms.sheet import Sheet
from ui.scanning.codes import Code, codes_in
from ui.scanning.line import ScanLine
from ui.widgets import Button, label
from ui.widgets.dropping import accept_a_copy

PAUSE = 150  # ms without typing until a code is kept
NARROW = 320  # px of the question below which the buttons stand under the line


class BarcodeField(Field):
    """A line that scanners type into; a picture with a code may be chosen, dropped or pasted instead."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self.setAcceptDrops(True)
        self._question = ""
        self._narrow: bool | None = None  # how line and buttons stand; not at all yet
        self.edit = ScanLine()
        self.edit.editingFinished.connect(self.flush)
        self.edit.scanned.connect(lambda _code: self._say(tr("Scanned")))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.flush)
        self.edit.textEdited.connect(self._typed)
        self.camera: CameraPane | None = None
        self.look = Button("", icon="scan-barcode")
        self.look.clicked.connect(self._open_camera)
        self.choose = Button("", icon="image")
        self.choose.clicked.connect(self._ask)
        self.said = label("", "small", wrap=True)
        self._lay_out()
        if not sheet.host.devices.has_camera():
            self.look.hide()
        self.retranslate()

    def target(self) -> QWidget:
        """The line."""
        return self.edit

    def show_node(self, node: Node) -> None:
        """Show the code, but never over what is being typed."""
        if not self._pause.isActive() and node.value != self.edit.text():
            self.edit.setText(node.value)

    def flush(self) -> None:
        """Tell what was typed or scanned."""
        self._pause.stop()
        self.entered.emit(self.edit.text().strip())

    def retranslate(self) -> None:
        """All its words."""
        self.edit.setPlaceholderText(tr("Scan or type the code"))
        self.look.show_as(tr("Use the camera"))
        self.choose.show_as(tr("From a picture…"))
        self.show_node(self.node())

    def name(self, name: str, description: str) -> None:
        """Line and buttons say the question."""
        self._question = name
        super().name(name, description)
        for button in (self.look, self.choose):
            button.setAccessibleName(f"{name}: {button.text()}")

    def take(self, mime: QMimeData) -> bool:
        """Read the codes of what was dropped or pasted; False when it is no picture."""
        files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        image = mime.imageData() if mime.hasImage() else None
        if files:
            self.take_file(files[0])
        elif isinstance(image, QImage):
            self.take_image(image)
        return bool(files) or isinstance(image, QImage)

    def take_file(self, path: Path) -> None:
        """Read the codes in a picture's file; what has none is refused in words."""
        try:
            data = path.read_bytes() if path.stat().st_size <= MOST else b""
        except OSError:
            data = b""
        image = load(data)
        if image.isNull():
            self.refused.emit(tr("“{name}” is no photo. Choose a JPEG or PNG file.", name=path.name))
        else:
            self.take_image(image)

    def take_image(self, image: QImage) -> None:
        """Read the codes in a picture."""
        codes = codes_in(image)
        if codes:
            self._found(codes)
        else:
            self.refused.emit(tr("No code was found in this picture. Take it closer and straight, or type the code."))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pictures may be dropped here."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            accept_a_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        if self.take(event.mimeData()):
            accept_a_copy(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V on a button pastes a picture; in the line it pastes words."""
        if not (event.matches(QKeySequence.StandardKey.Paste) and self.take(QApplication.clipboard().mimeData())):
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self._line = QGridLayout()
        self._line.setSpacing(8)
        self._line.setColumnStretch(0, 1)
        self._arrange(narrow=False)
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        self._column.addLayout(self._line)
        self._column.addWidget(self.said)
        self.said.hide()
        self._row.addLayout(self._column)
        self.setMaximumWidth(theme.px(WIDE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In half a column the buttons stand below: what is typed is to be read."""
        super().resizeEvent(event)
        self._arrange(narrow=self.width() < theme.px(NARROW))

    def _arrange(self, *, narrow: bool) -> None:
        if narrow is self._narrow:
            return
        self._narrow = narrow
        for one in (self.edit, self.look, self.choose):
            self._line.removeWidget(one)
        self._line.addWidget(self.edit, 0, 0, 1, 3 if narrow else 1)
        for column, button in enumerate((self.choose, self.look) if narrow else (self.look, self.choose)):
            row, place = (1, column) if narrow else (0, column + 1)
            self._line.addWidget(button, row, place, Qt.AlignmentFlag.AlignLeft)

    def _found(self, codes: list[Code]) -> None:
        """Take the largest code; of others nearby the person is told, for a label often has several."""
        self.edit.setText(codes[0].text)
        self.flush()
        others = ", ".join(code.text for code in codes[1:4])
        read = tr("{kind} read", kind=codes[0].kind)
        self._say(read + " · " + tr("also in the picture: {codes}", codes=others) if others else read)

    def _typed(self, _text: str) -> None:
        self.said.hide()
        self._pause.start()

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()

    def _open_camera(self) -> None:
        frames = self.sheet.host.devices.camera()
        if frames is None:
            self.sheet.undoable(tr("There is no camera any more. Choose a file instead."))
        elif self.camera is None:
            self.camera = CameraPane(frames, tr("Read the code"))
            self.camera.taken.connect(self._seen)
            self.camera.closed.connect(self._close_camera)
            self.camera.name(self._question)
            frames.frame.connect(self._watch)
            self._column.addWidget(self.camera)
            self.camera.show()
            self.camera.cancel.setFocus()

    def _watch(self, image: QImage) -> None:
        """A code that comes into sight is read by itself."""
        codes = codes_in(image)
        if codes and self.camera is not None:
            self._found(codes)
            self._close_camera()

    def _seen(self, image: QImage) -> None:
        self.take_image(image)
        self._close_camera()

    def _close_camera(self) -> None:
        pane, self.camera = self.camera, None
        if pane is not None:
            self.edit.setFocus()
            pane.hide()
            pane.deleteLater()

    def _ask(self) -> None:
        kinds = tr("Photos") + " (*.jpg *.jpeg *.png *.webp *.bmp *.gif)"
        name, _kind = QFileDialog.getOpenFileName(self, tr("From a picture…"), "", kinds)
        if name:
            self.take_file(Path(name))
