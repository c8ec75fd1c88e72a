"""Going to what a code names: scanned, or read from a picture that was chosen, pasted or dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from fieldapp.records import Record
from fieldapp.texts import tr
from ui.choosing import which_file
from ui.session import Navigate, Session

NUMBER = re.compile(r"[A-Za-z]{1,6}\d{0,4}-[\w-]*\d")  # HAM-TOUGH-07-261123-009, RC26-000001
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif"})
MOST = 40 * 1024 * 1024  # bytes of a picture


class CodeFinder:
    """Opens what a code names. `navigate` is the window's."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        self._session, self._navigate = session, navigate

    def open(self, code: str) -> bool:
        """Go to the record with this number; False where this laptop has none."""
        from fieldapp.actions.by_code import find_by_code

        record = find_by_code(self._session.desk, code)
        if record is not None:
            self._show(record)
        return record is not None

    def unknown(self, code: str) -> bool:
        """Say that nothing has this number, where it is one like ours: else a search would take it for words."""
        if not NUMBER.fullmatch(code):
            return False
        self._session.say(tr("Nothing on this laptop has the number {code}.", code=code[:64]))
        return True

    def choose(self, parent: QWidget) -> None:
        """From a picture that somebody chooses."""
        kinds = tr("Photos") + " (*.jpg *.jpeg *.png *.webp *.bmp *.gif)"
        if chosen := which_file(self._session, parent, tr("Find by a code in a picture…"), kinds):
            self.from_file(chosen)

    def paste(self) -> None:
        """From what is on the clipboard: a picture, a picture's file, or the number itself."""
        mime = QApplication.clipboard().mimeData()
        files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        image = mime.imageData() if mime.hasImage() else None
        if isinstance(image, QImage):
            self.from_image(image)
        elif files:
            self.from_file(files[0])
        elif not self.open(mime.text()):
            self._session.say(tr("No code and no number of a record here is on the clipboard."))

    def from_file(self, path: Path) -> None:
        """From a picture's file. What is none is said."""
        try:
            data = path.read_bytes() if path.stat().st_size <= MOST else b""
        except OSError:
            data = b""
        image = QImage.fromData(data)
        if image.isNull():
            self._session.say(tr("“{name}” is no photo. Choose a JPEG or PNG file.", name=path.name))
        else:
            self.from_image(image)

    def from_image(self, image: QImage) -> None:
        """From a picture: the first of its codes that names something here."""
        from ui.scanning.codes import codes_in

        codes = [code.text for code in codes_in(image)]
        if not codes:
            self._session.say(tr("No code was found in this picture. Take it closer and straight, or type the code."))
        elif not any(self.open(code) for code in codes):
            self._session.say(tr("Nothing on this laptop has the number {code}.", code=codes[0][:64]))

    def _show(self, record: Record) -> None:
        from fieldapp.counter import visit as visits  # with the money of a visit, for which no start waits
        from fieldapp.money import payment as pay

        if record.service == pay.SERVICE:
            self._navigate("money", shown=record.id)
        elif record.service == visits.SERVICE and record.state == visits.WAITING:
            self._navigate("counter", visit=record.id)
        else:
            self._navigate("records", record=record.id)


def pictures_among(files: Sequence[Path]) -> list[Path]:
    """The pictures among files that were dropped."""
    return [file for file in files if file.suffix.lower() in PICTURES]
