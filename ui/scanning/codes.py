"""Codes in a picture: QR, DataMatrix, PDF417, Code 128, EAN and the other kinds that zxing-cpp reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from zxingcpp import Barcode

MOST = QSize(2600, 2600)  # px: a code that a person photographs is read well below this


@dataclass(frozen=True)
class Code:
    """What a code says, and its kind in the standard's own name."""

    text: str
    kind: str


def codes_in(image: QImage) -> list[Code]:
    """The codes in a picture, the largest first; the same text is told once."""
    import zxingcpp  # 20 ms that a form without codes need not wait for

    if image.isNull():
        return []
    room = image.size().boundedTo(image.size().scaled(MOST, Qt.AspectRatioMode.KeepAspectRatio))
    grey = image.scaled(room).convertToFormat(QImage.Format.Format_Grayscale8)
    found = zxingcpp.read_barcodes(grey, text_mode=zxingcpp.TextMode.Plain)
    codes = [Code(code.text, str(code.format)) for code in sorted(found, key=_size, reverse=True)]
    return list({code.text: code for code in codes if code.text}.values())


def _size(code: Barcode) -> int:
    first, second = code.position.top_left, code.position.bottom_right
    return abs(int(first.x) - int(second.x)) + abs(int(first.y) - int(second.y))
