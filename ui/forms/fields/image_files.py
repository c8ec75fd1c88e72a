"""FilesPane: choosing a photo without the mouse, in its place on the page: a file's path typed, or one of the photos of
a folder, such as a camera's card. What comes into the folder while it is shown appears in the list."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from fieldapp.photos import FoundPhoto, photos_in
from fieldapp.texts import tr
from ui.forms.fields.blob import size_of
from ui.widgets import Button, ListCard, Row, label
from ui.widgets.flow import Flow
from ui.widgets.sight import bring_into_sight

ROWS = 4  # seen at once
PAUSE = 400  # ms after a change in the folder: a camera writes a photo piece by piece
KINDS = "*.jpg *.jpeg *.png *.webp *.bmp *.gif"


class FilesPane(QWidget):
    """`taken` tells the path that was chosen, `moved` the folder that is shown, `closed` that nobody wants one."""

    taken = Signal(str)
    moved = Signal(str)
    closed = Signal()

    def __init__(self, folder: Path, cameras: list[Path]) -> None:
        super().__init__()
        self._folder, self._cameras = folder, cameras
        self._watcher = QFileSystemWatcher(self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.look)
        self._watcher.directoryChanged.connect(lambda _path: self._pause.start())
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Path of a photo or of a folder, then Enter"))
        self.line.returnPressed.connect(self._typed)
        self.list = ListCard("", flat=True)
        self.list.opened.connect(self._open)
        self.said = label("", "small", wrap=True)
        self.browse = Button(tr("Browse…"), icon="search")
        self.browse.clicked.connect(self._browse)
        self.cancel = Button(tr("Cancel"), "quiet", hint="Esc")
        self.cancel.clicked.connect(self.closed)
        self._lay_out()
        self.look()

    def name(self, name: str) -> None:
        """Line, list and buttons say the question."""
        self.line.setAccessibleName(tr("{name}: path of a photo", name=name))
        self.list.setAccessibleName(tr("{name}: photos of the folder", name=name))
        for button in (self.browse, self.cancel):
            button.setAccessibleName(f"{name}: {button.text()}")

    def look(self) -> None:
        """List what the folder has now, the newest first; above it the cameras that are plugged in."""
        found = photos_in(self._folder)
        others = [one for one in self._cameras if one != self._folder]
        cameras = [Row(str(one), tr("Camera or card"), str(one), icon="camera") for one in others]
        rows = cameras + [_row(one) for one in found]
        self.list.show_rows(rows)
        self.list.fit(ROWS)
        self.list.setVisible(bool(rows))
        self.said.setText(str(self._folder) if found else tr("No photo in {folder}", folder=self._folder))
        watched = self._watcher.directories()
        if watched:
            self._watcher.removePaths(watched)
        self._watcher.addPath(str(self._folder))

    def refuse(self, why: str) -> None:
        """Say why what was chosen was not taken; one may choose again."""
        self.said.setText(why)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes, Down goes from the line into the list. Enter was the line's, and ends here."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        elif event.key() == Qt.Key.Key_Down and self.line.hasFocus() and self.list.isVisible():
            self.list.setFocus()
            bring_into_sight(self)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        buttons = QWidget()  # below the line, which would have no room beside them in half a card
        flow = Flow(8)
        buttons.setLayout(flow)
        flow.addWidget(self.browse)
        flow.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.line)
        column.addWidget(buttons)
        column.addWidget(self.said)
        column.addWidget(self.list)

    def _typed(self) -> None:
        """A file is taken, a folder is shown. A name without a folder is looked for in the one that is shown."""
        text = self.line.text().strip().strip("\"'")  # as other programs copy a path
        if text.startswith("file:"):
            text = QUrl(text).toLocalFile()
        if text:
            self._open(str(self._folder / Path(text).expanduser()))

    def _open(self, chosen: str) -> None:
        path = Path(chosen)
        if path.is_dir():
            self._folder = path
            self.line.clear()
            self.look()
            bring_into_sight(self)
            self.moved.emit(chosen)
        elif path.is_file():
            self.taken.emit(chosen)
        else:
            self.refuse(tr("There is no “{name}”. Correct the path, or choose a photo from the list.", name=path.name))

    def _browse(self) -> None:
        title, kinds = tr("Choose a photo…"), f"{tr('Photos')} ({KINDS})"
        name, _kind = QFileDialog.getOpenFileName(self, title, str(self._folder), kinds)
        if name:
            self._open(name)


def _row(found: FoundPhoto) -> Row:
    below = f"{found.written:%Y-%m-%d %H:%M} · {size_of(found.size)}"
    return Row(str(found.path), found.path.name, below, icon="image")
