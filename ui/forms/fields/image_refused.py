"""Why a file is no photo that can be kept, in words that say what to do."""

from __future__ import annotations

from fieldapp.sniffing import mime_of
from fieldapp.texts import tr

PHONES = frozenset({"image/heic", "image/avif"})  # photos indeed, in a form that needs a decoder under patents


def why_refused(data: bytes, name: str) -> str:
    """What this file is instead, and how it becomes a photo that can be shown and printed everywhere."""
    kind = mime_of(data)
    if kind in PHONES:
        return tr(
            "“{name}” is a HEIC picture, which cannot be shown or printed here. Send it from the phone as JPEG; for "
            "new photos choose on the phone: Settings, Camera, Formats, Most Compatible.",
            name=name,
        )
    if kind == "image/tiff":
        return tr("“{name}” is a TIFF picture. Save it as JPEG or PNG, and choose that.", name=name)
    return tr("“{name}” is no photo. Choose a JPEG or PNG file.", name=name)
