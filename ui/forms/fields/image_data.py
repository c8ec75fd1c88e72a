"""Photos as bytes: read upright, made smaller where a form bounds their pixels, written as PNG.

A photo that is made smaller keeps its EXIF data (when and where it was taken): it is evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from fieldapp.forms import Question
from fieldapp.sniffing import mime_of

QUALITY = 88  # of a JPEG that is written anew
SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp"})  # what a photo may be
MIMES = {b"jpeg": "image/jpeg", b"jpg": "image/jpeg", b"png": "image/png", b"webp": "image/webp"}
END = b"\xff\xd9"
START, APP0, APP1, PIXELS = b"\xff\xd8", 0xE0, 0xE1, 0xDA  # JPEG markers


def load(data: bytes, most: QSize | None = None) -> QImage:
    """The photo upright, as its EXIF orientation says; within `most` where given, which is much quicker to read.
    Null for what no photo may be, whatever the file is called."""
    if mime_of(data) not in SHOWN:
        return QImage()
    with _reading(data) as reader:
        reader.setAutoTransform(True)
        full = reader.size()
        if most is not None and full.isValid():
            turned = reader.transformation().value & 4  # bit 4: the sides change places
            room = most.transposed() if turned else most
            if full.width() > room.width() or full.height() > room.height():
                reader.setScaledSize(full.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
        return reader.read()


def max_pixels(question: Question) -> int:
    """The form's bound for the longer side, 0 for none."""
    text = question.extra.get("max-pixels", "")
    return int(text) if text.isdigit() else 0


def fitted(data: bytes, mime: str, most: int) -> tuple[bytes, str]:
    """The photo with no side longer than `most` px (0 = any), and its kind; one that fits is not touched."""
    with _reading(data) as reader:
        size, kind = reader.size(), bytes(reader.format().data())
        if not most or not size.isValid() or max(size.width(), size.height()) <= most:
            return data, mime
        reader.setScaledSize(size.scaled(most, most, Qt.AspectRatioMode.KeepAspectRatio))
        image = reader.read()
    if image.isNull():
        return data, mime
    kept = kind if kind in MIMES else b"png"
    small = encoded(image, kept)
    return (with_exif(small, exif_of(data)) if kept in {b"jpeg", b"jpg"} else small), MIMES[kept]


def png(image: QImage) -> bytes:
    """An image as PNG."""
    return encoded(image, b"png")


def encoded(image: QImage, kind: bytes) -> bytes:
    """An image as a file of a kind."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind))
    if kind != b"png":
        writer.setQuality(QUALITY)
    writer.write(image)
    return bytes(data.data())


def is_cut_off(jpeg: bytes) -> bool:
    """Whether the end of a JPEG is missing, as when the phone was unplugged while it was copied. It shows half grey."""
    place = len(START)
    while jpeg.startswith(START) and place + 4 <= len(jpeg) and jpeg[place] == 0xFF:
        if jpeg[place + 1] == PIXELS:
            return END not in jpeg[place:]
        place += 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
    return False


def exif_of(jpeg: bytes) -> bytes:
    """The EXIF segment of a JPEG with its marker, b"" when it has none."""
    place = len(START)
    while jpeg.startswith(START) and place + 4 <= len(jpeg) and jpeg[place] == 0xFF and jpeg[place + 1] != PIXELS:
        end = place + 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if jpeg[place + 1] == APP1 and jpeg[place + 4 : place + 10] == b"Exif\0\0":
            return jpeg[place:end]
        place = end
    return b""


def with_exif(jpeg: bytes, segment: bytes) -> bytes:
    """A JPEG with an EXIF segment put in, behind the JFIF segment that comes first."""
    place = len(START)
    if jpeg[place : place + 2] == bytes((0xFF, APP0)):
        place += 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
    return jpeg[:place] + segment + jpeg[place:]


@contextmanager
def _reading(data: bytes) -> Iterator[QImageReader]:
    """A reader that lets go of the bytes before they go: that of TIFF looks at them once more when it ends."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    try:
        yield reader
    finally:
        reader.setFileName("")
        buffer.close()
