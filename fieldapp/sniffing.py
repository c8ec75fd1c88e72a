"""What kind a file is, by its content alone: a name, or what another program says of it, is never believed."""

from __future__ import annotations

import re

OTHERWISE = "application/octet-stream"
PROGRAM = "application/x-executable"
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
    (rb"%PDF", "application/pdf"),
    (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", "application/vnd.oasis.opendocument"),
    (rb"PK\x03\x04", "application/zip"),
    (rb"MZ[^ -~]|\x7fELF|#!|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe|\[Desktop Entry\]|L\x00\x00\x00\x01\x14\x02", PROGRAM),
)
BOTH = frozenset({"audio/mp4", "video/mp4", "video/quicktime", "video/webm", "video/x-matroska", "audio/ogg"})
OFFICE = frozenset({".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".zip"})  # all of them are archives inside
TEXTS = frozenset({".txt", ".csv"})
SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")  # as the value of an answer may have one
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


def is_family(mime: str, family: str) -> bool:
    """Whether a file of this kind may be `audio` or `video`: what holds one of them mostly can hold the other."""
    return mime.partition("/")[0] == family or mime in BOTH


def suffix_of(data: bytes, name: str = "") -> str:
    """The suffix that this content is kept under: its own where its kind is known, else that of its name."""
    said = name[name.rfind(".") :].lower() if "." in name else ""
    return SUFFIXES.get(mime_of(data), said if SUFFIX.fullmatch(said) else "")


def opening_suffix(data: bytes, suffix: str) -> str:
    """The suffix under which the system may open this content; "" where it should not: it may be a program."""
    mime = mime_of(data)
    if known := SUFFIXES.get(mime):
        return known
    allowed = OFFICE if mime in {"application/zip", "application/vnd.oasis.opendocument"} else TEXTS
    return suffix if suffix in allowed and mime != PROGRAM else ""
