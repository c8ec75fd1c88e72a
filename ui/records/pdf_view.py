"""A PDF on the screen: its pages below each other, each read aloud by its words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from fieldapp.texts import tr
from ui.records.pdf_pages import PdfPage
from ui.records.pdf_sheet import Sheet
from ui.widgets import Scroll
from ui.widgets.clearing import clear

SCREEN_DPI = 150


class PdfView(Scroll):
    """Shows pages, or what stands there while none is open."""

    def __init__(self, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> None:
        super().__init__(margins=margins, spacing=12)
        self.words = ""  # of all pages

    def show_pages(self, pages: list[PdfPage]) -> None:
        """Show these pages in place of what was there."""
        clear(self.body)
        self.words = "\n".join(page.words for page in pages)
        for number, page in enumerate(pages, start=1):
            self.body.addWidget(Sheet(page, tr("Page {n} of {many}", n=number, many=len(pages))))
        self.body.addStretch(1)

    def show_instead(self, widget: QWidget) -> None:
        """Show no page."""
        clear(self.body)
        self.words = ""
        self.body.addWidget(widget)
