"""What kind a file is, by its content alone: a name, or what another program says of it, is never believed."""

from __future__ import annotations

import re

OTHERWISE = "application/octet-stream"
BEGINNINGS: tuple[tuple[bytes, str], ...] = (  # the first that fits; `.` is any byte
    (rb"\xff\xd8\xff", "image/jpeg"),
    (rb"\x89PNG\r\n\x1a\n", "image/png"),
    (rb"GIF8[79]a", "image/gif"),
    (rb"RIFF....WEBP", "image/webp"),
    (rb"RIFF....WAVE", "audio/wav"),
    (rb"RIFF....AVI ", "video/x-msvideo"),
    (rb"BM....\x00\x00\x00\x00", "image/bmp"),
    (rb"II\*\x00|MM\x00\*", "image/tiff"),
    (rb"....ftyp(?:heic|heix|mif1|msf1)", "image/heic"),
    (rb"....ftypavif", "image/avif"),
    (rb"....ftypM4[AB] ", "audio/mp4"),
    (rb"....ftypqt  ", "video/quicktime"),
    (rb"....ftyp", "video/mp4"),
    (rb"\x1aE\xdf\xa3.{0,64}webm", "video/webm"),
    (rb"\x1aE\xdf\xa3", "video/x-matroska"),
    (rb"OggS", "audio/ogg"),
    (rb"fLaC", "audio/flac"),
    (rb"ID3|\xff[\xfb\xf3\xf2]", "audio/mpeg"),
    (rb"\xff[\xf1\xf9]", "audio/aac"),
    (rb"%PDF-", "application/pdf"),
    (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", "application/vnd.oasis.opendocument"),
    (rb"PK\x03\x04", "application/zip"),
    (rb"MZ|\x7fELF|#!|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe", "application/x-executable"),
)
SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/bmp": ".bmp",
    "image/tiff": ".tif",
    "image/heic": ".heic",
    "image/avif": ".avif",
    "audio/wav": ".wav",
    "audio/mp4": ".m4a",
    "audio/ogg": ".ogg",
    "audio/flac": ".flac",
    "audio/mpeg": ".mp3",
    "audio/aac": ".aac",
    "video/x-msvideo": ".avi",
    "video/quicktime": ".mov",
    "video/mp4": ".mp4",
    "video/webm": ".webm",
    "video/x-matroska": ".mkv",
    "application/pdf": ".pdf",
}
_patterns = tuple((re.compile(pattern, re.DOTALL), mime) for pattern, mime in BEGINNINGS)


def mime_of(data: bytes) -> str:
    """The kind of a file that begins so; `OTHERWISE` for what is not known, text among it."""
    return next((mime for pattern, mime in _patterns if pattern.match(data)), OTHERWISE)


def suffix_of(data: bytes) -> str:
    """The suffix under which this content may be opened; "" where its kind is not known."""
    return SUFFIXES.get(mime_of(data), "")
