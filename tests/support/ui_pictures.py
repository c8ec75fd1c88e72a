"""Pictures that tests are made of: photos with EXIF data, and pictures of codes."""

from __future__ import annotations

import struct

import zxingcpp
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from ui.forms.fields.image_data import encoded, with_exif

LEFT_DOWN = 8  # EXIF: turn it by 270 degrees to see it upright


def taken(wide: int, high: int, *, orientation: int = 1, colour: str = "#667788") -> bytes:
    """A JPEG as a camera takes it: with an EXIF segment that says how it was held."""
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(colour)
    return with_exif(encoded(image, b"jpeg"), exif(orientation))


def exif(orientation: int) -> bytes:
    """An EXIF segment with nothing but the orientation, in big-endian order."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    body = b"Exif\0\0" + b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def code(text: str, kind: zxingcpp.BarcodeFormat = zxingcpp.BarcodeFormat.QRCode) -> QImage:
    """The picture of a code, with white around it."""
    svg = zxingcpp.write_barcode_to_svg(zxingcpp.create_barcode(text, kind))
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    size = renderer.defaultSize() * 5
    paper = QImage(size.width() + 80, size.height() + 80, QImage.Format.Format_RGB32)
    paper.fill("#ffffff")
    painter = QPainter(paper)
    renderer.render(painter, QRectF(40, 40, size.width(), size.height()))
    painter.end()
    return paper
