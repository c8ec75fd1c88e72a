"""Pages of a PDF as pictures, form fields and all: to be looked at, and to be printed. pdfium draws them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument
    from PySide6.QtPrintSupport import QPrinter

INCH = 72  # points
PAPER_DPI, MOST_PAGES = 300, 60
_one = Lock()  # pdfium knows one thread at a time


@dataclass(frozen=True)
class PdfPage:
    """A page: its picture, and its words for who does not see it."""

    picture: QImage
    words: str


def pages_of(pdf: bytes, dpi: int) -> list[PdfPage]:
    """The pages of a PDF, sixty at most. May be called in any thread."""
    import pypdfium2

    with _one:
        document = pypdfium2.PdfDocument(pdf)
        try:
            document.init_forms()
            return list(_pages(document, dpi))
        finally:
            document.close()


def _pages(document: PdfDocument, dpi: int) -> Iterator[PdfPage]:
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        drawn = page.render(scale=dpi / INCH, may_draw_forms=True, rev_byteorder=True, force_bitmap_format=4)
        data = bytes(drawn.buffer)
        image = QImage(data, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGBX8888).copy()
        text = page.get_textpage()
        yield PdfPage(image, text.get_text_range())
        text.close()
        page.close()


def draw_pages(pages: list[PdfPage], printer: QPrinter) -> None:
    """A page of the PDF on each sheet of a printer, as large as the sheet."""
    painter = QPainter(printer)
    try:
        for number, page in enumerate(pages):
            if number:
                printer.newPage()
            room = painter.viewport()
            size = page.picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRect(room.topLeft(), size), page.picture)
    finally:
        painter.end()
