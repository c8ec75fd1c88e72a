"""The program's icon, from its one drawing to what each system wants: PNGs, .ico, .icns."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

from PIL import Image

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)  # px, as icon themes of Linux desktops have them
WINDOWS = (16, 24, 32, 48, 64, 128, 256)
LARGEST = 1024  # px, of macOS


def draw(drawing: Path, folder: Path, ico: Path, icns: Path) -> None:
    """Draw the SVG `drawing` in all sizes: `folder`/48x48/apps/fieldapp.png and so on, `ico`, `icns`."""
    for size in SIZES:
        path = folder / f"{size}x{size}" / "apps" / "fieldapp.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_png(drawing, size))
    scalable = folder / "scalable" / "apps" / "fieldapp.svg"
    scalable.parent.mkdir(parents=True, exist_ok=True)
    scalable.write_bytes(drawing.read_bytes())
    largest = _image(drawing, LARGEST)
    largest.save(ico, sizes=[(size, size) for size in WINDOWS], append_images=[_image(drawing, n) for n in WINDOWS])
    largest.save(icns)


def _image(drawing: Path, size: int) -> Image.Image:
    return Image.open(BytesIO(_png(drawing, size)))


def _png(drawing: Path, size: int) -> bytes:
    """The drawing as a square PNG, transparent around it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # its stub wants bytes, which PySide6 refuses
    return bytes(buffer.data().data())
