"""Printing: what comes out of a printer, and what is said where there is none."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter

from fieldapp.settings import PRINTER
from tests.support.session import PracticeCity, close
from ui.printing import print_out
from ui.records.pdf_pages import draw_pages, pages_of
from ui.session import Session


class PaperPrinter:
    """A printer whose paper is a PDF: it draws what the system's printer would, and can be switched off."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.on, self.asked = folder, True, ""
        self.sheets: list[Path] = []

    def print(self, pdf: bytes, wanted: str = "") -> bool:
        """One file for each paper."""
        self.asked = wanted
        if not self.on:
            return False
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
        self.sheets.append(self.folder / f"{len(self.sheets)}.pdf")
        printer.setOutputFileName(str(self.sheets[-1]))
        draw_pages(pages_of(pdf, 60), printer)
        return True


@pytest.fixture
def clerk(city: PracticeCity) -> Iterator[tuple[Session, list[str]]]:
    session = city.sign_in("j.osei")
    said: list[str] = []
    session.toast = lambda text, _undo: said.append(text)
    yield session, said
    close(session)


def paper() -> bytes:
    """A paper of two pages."""
    from fieldapp.documents.issued.setting import issued_paper
    from fieldapp.documents.issued.sheet import Part, Sheet

    rows = tuple((f"Question {n}", f"Answer {n}") for n in range(90))
    return issued_paper(
        Sheet("en", "report", "Report", ("Reference", "A-1"), parts=(Part("All", rows),)), lambda _: b""
    )


def test_every_page_comes_out_and_it_is_said(clerk: tuple[Session, list[str]], tmp_path: Path) -> None:
    session, said = clerk
    printer = session.printer = PaperPrinter(tmp_path)
    pdf = paper()
    session.store.keep_setting(PRINTER, "Counter 2")
    print_out(session, pdf)
    assert printer.asked == "Counter 2"
    assert len(PdfReader(printer.sheets[0]).pages) == len(PdfReader(io.BytesIO(pdf)).pages) > 1
    assert said == ["Sent to the printer"]


def test_without_a_printer_the_other_way_is_said(clerk: tuple[Session, list[str]], tmp_path: Path) -> None:
    session, said = clerk
    session.printer = printer = PaperPrinter(tmp_path)
    printer.on = False
    print_out(session, paper())
    assert said == ["This laptop has no printer. Save it as PDF instead."]
    assert printer.sheets == []
