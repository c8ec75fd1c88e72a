"""Printing: the system's printer behind a small interface. Where there is none, that is said; PDF is the other way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from fieldapp.settings import PRINTER
from fieldapp.texts import tr

if TYPE_CHECKING:
    from ui.session import Session


class Printer(Protocol):
    """What prints a paper. It is asked anew each time: a printer may be switched on at any moment."""

    def print(self, pdf: bytes, wanted: str = "") -> bool:
        """Print these pages on the printer that is `wanted`, else on the system's own; False where there is none."""
        ...


class SystemPrinter:
    """The printers that the system knows, through Qt."""

    def print(self, pdf: bytes, wanted: str = "") -> bool:
        """Print, each page as large as the sheet. Where the one that is wanted is away, the system's own does it."""
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        from ui.records.pdf_pages import PAPER_DPI, draw_pages, pages_of

        own = QPrinterInfo.defaultPrinter()
        found = QPrinterInfo.printerInfo(wanted) if wanted else own
        found = own if found.isNull() else found
        if found.isNull():
            return False
        printer = QPrinter(found, QPrinter.PrinterMode.HighResolution)
        printer.setFullPage(True)
        draw_pages(pages_of(pdf, PAPER_DPI), printer)
        return True


def print_out(session: Session, pdf: bytes) -> None:
    """Print a paper, and say what came of it."""
    done, none = tr("Sent to the printer"), tr("This laptop has no printer. Save it as PDF instead.")
    session.say(done if session.printer.print(pdf, session.store.setting(PRINTER)) else none)
