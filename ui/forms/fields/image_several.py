"""Several: photos that came together. Each is read and looked at beside the screen, and durable before the next is
read: nobody waits for them before a window that stands still, and a program that ends has lost none that it took."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSize

from fieldapp.sniffing import mime_of
from fieldapp.texts import tr
from ui.forms.fields.blob import MOST
from ui.forms.fields.image_data import fitted, is_cut_off, load
from ui.forms.sheet import Sheet

LOOK = QSize(256, 256)  # px: as much of a photo as tells whether it can be shown
MANY = 4  # from so many on it takes long enough to be told how far it is


@dataclass(frozen=True)
class Came:
    """A photo that was read: as it is kept, and as it came."""

    name: str
    kept: bytes
    came: bytes
    mime: str
    cut: bool


def read_photo(file: Path, most: int) -> Came | None:
    """A file as a photo with no side longer than `most` px (0 = any); None where it is none, or cannot be read."""
    try:
        data = file.read_bytes() if file.stat().st_size <= MOST else b""
    except OSError:
        return None
    if load(data, LOOK).isNull():
        return None
    kept, mime = fitted(data, mime_of(data), most)
    return Came(file.name, kept, data, mime, is_cut_off(data))


class Several(QObject):
    """Takes in `files` one after the other; `place` makes the place of the next and says its path, "" for none left. It
    belongs to the form, not to a field: the field may be gone before the last is here."""

    def __init__(self, sheet: Sheet, files: list[Path], most: int, source: str, place: Callable[[], str]) -> None:
        super().__init__(sheet.entry)
        self._sheet, self._most, self._source, self._place = sheet, most, source, place
        self._files = list(files)
        self._all = len(files) + 1  # with the one whose place was there already
        self._strange: list[str] = []
        self._cut: list[str] = []
        sheet.entry.coming += len(files)

    def go_on(self) -> None:
        """Read the next one; with the last, say what was not taken."""
        if not self._files:
            self._end()
            return
        file = self._files.pop(0)
        self._sheet.host.writer.write(partial(read_photo, file, self._most), partial(self._take, file.name))

    def _take(self, name: str, outcome: Came | BaseException | None) -> None:
        self._sheet.entry.coming -= 1
        path = self._place() if isinstance(outcome, Came) else ""
        if isinstance(outcome, Came) and path:
            if self._sheet.host.saw is not None:
                self._sheet.host.saw(outcome.kept, outcome.came, self._source)
            self._sheet.entry.attach(path, lambda: outcome.kept, outcome.mime, outcome.name)
            self._cut += [name] if outcome.cut else []
            if self._all >= MANY:
                self._sheet.undoable(tr("{n} of {all} photos taken", n=self._all - len(self._files), all=self._all))
        else:
            self._strange.append(name)
        self.go_on()

    def _end(self) -> None:
        if self._strange:
            names = ", ".join(self._strange)
            self._sheet.undoable(tr("Not taken: {names}. Choose JPEG or PNG files.", names=names))
        elif self._cut:
            names = ", ".join(self._cut)
            self._sheet.undoable(tr("“{name}” is cut off: part of the photo is missing. Copy it anew.", name=names))
        self.deleteLater()
