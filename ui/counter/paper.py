"""A receipt on paper: printed on the desk's printer, or kept as a PDF file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from fieldapp.errors import DiskError
from fieldapp.texts import tr
from ui import theme

MARGIN = 18.0  # mm


def save_pdf(page: str, path: Path, title: str) -> None:
    """Write an HTML page as a PDF on letter paper. DiskError when the file cannot be written."""
    writer = QPdfWriter(str(path))
    writer.setTitle(title)
    writer.setCreator("FieldApp")
    _draw(page, writer)
    if not path.is_file() or not path.stat().st_size:
        raise DiskError(tr("The file could not be written to {folder}.", folder=path.parent))


def write_pdf(data: bytes, path: Path) -> None:
    """Write a PDF that is made already. DiskError when the file cannot be written."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise DiskError(tr("The file could not be written to {folder}.", folder=path.parent)) from error


def print_page(page: str) -> bool:
    """Print on the default printer; False where there is none."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    if QPrinterInfo.defaultPrinter().isNull():
        return False
    _draw(page, QPrinter(QPrinterInfo.defaultPrinter(), QPrinter.PrinterMode.HighResolution))
    return True


def _draw(page: str, device: QPagedPaintDevice) -> None:
    margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    letter = QPageSize(QPageSize.PageSizeId.Letter)
    device.setPageLayout(QPageLayout(letter, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter))
    document = QTextDocument()
    font = theme.font(theme.BODY)
    font.setPointSizeF(10)
    document.setDefaultFont(font)
    document.setHtml(page)
    document.print_(device)
