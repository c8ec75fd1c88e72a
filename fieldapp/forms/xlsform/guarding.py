"""What of a file is looked at before a spreadsheet reader gets it: its size unpacked, and the encoding of its text."""

from __future__ import annotations

import io
import zipfile

from fieldapp.errors import FormError, Place
from fieldapp.texts import tr

LARGEST_TEXT = 32 << 20  # bytes of a Markdown or CSV form
LARGEST_BOOK = 96 << 20  # bytes of a workbook's parts unpacked: about 300,000 rows of choices
_ENCODINGS = ("utf-8-sig", "cp1252")  # as ODK writes it; as spreadsheets save a CSV on Windows
# What people name .md or .csv, and is none: by how it begins.
_OTHERS = {
    b"\x89PNG": ".png",
    b"\xff\xd8\xff": ".jpg",
    b"GIF8": ".gif",
    b"%PDF": ".pdf",
    b"PK\x03\x04": ".xlsx / .zip",
    b"\xd0\xcf\x11\xe0": ".xls / .doc",
}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def text_of(content: bytes, file: str) -> bytes:
    """The text of a Markdown or CSV form as UTF-8 without a mark. FormError when it is too large or no text."""
    if len(content) > LARGEST_TEXT:
        raise FormError(tr("this form is too large: more than {n} MB", n=LARGEST_TEXT >> 20), Place(file=file))
    kind = next((kind for begins, kind in _OTHERS.items() if content.startswith(begins)), "")
    if kind:
        raise FormError(tr("this is no text: it is a file of the kind {kind}", kind=kind), Place(file=file))
    for encoding in ("utf-16",) if content.startswith(_UTF16) else _ENCODINGS:
        try:
            return content.decode(encoding).encode()
        except (UnicodeDecodeError, UnicodeEncodeError):
            continue
    message = tr("this is no readable text: save it as UTF-8")
    raise FormError(message, Place(file=file))


def check_book(content: bytes, file: str) -> None:
    """FormError when an .xlsx would unpack to more than can be read; a damaged one is left to its reader to name.

    The sizes that an archive states are binding: its reader never unpacks more than they say.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        return
    if size > LARGEST_BOOK:
        message = tr(
            "this workbook is too large: it unpacks to {n} MB, at most {most} can be read",
            n=size >> 20,
            most=LARGEST_BOOK >> 20,
        )
        raise FormError(message, Place(file=file))
