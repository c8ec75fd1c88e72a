"""From a sheet to its PDF: pictures made small and upright, and without what a camera writes beside them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from fieldapp.documents.city import city
from fieldapp.documents.issued.code import write_code
from fieldapp.documents.issued.sheet import Picture, Sheet
from fieldapp.documents.letters import lacks
from fieldapp.documents.typesetting import typeset
from fieldapp.errors import StoreError
from fieldapp.texts import speaking, tr

if TYPE_CHECKING:
    from PIL import Image

TEMPLATE = "issued.typ"
_LONGEST = 1400  # px of a picture's longer side
_MOST_PIXELS = 120_000_000

Read = Callable[[str], bytes]  # a file's content by its SHA-256


def issued_paper(sheet: Sheet, read: Read) -> bytes:
    """The sheet as a tagged PDF: the same bytes for the same sheet. A picture that is not on this laptop is left out,
    its caption says so."""
    with TemporaryDirectory(prefix="fieldapp-paper-") as folder, speaking(sheet.language):
        pictures = [_placed(one, Path(folder), read) for one in sheet.pictures]
        signature = _placed(sheet.signature, Path(folder), read) if sheet.signature else None
        data: dict[str, Any] = {
            **vars(sheet),
            "parts": [vars(part) for part in sheet.parts],
            "pictures": [one for one in pictures if one["file"]],
            "closing": [*sheet.closing, *(str(one["caption"]) for one in pictures if not one["file"])],
            "signature": signature if signature and signature["file"] else None,
            "city": city().name.text(sheet.language),
            "contact": city().contact.text(sheet.language),
            "page": tr("page"),
            "code": write_code(sheet.number[1], Path(folder)),
            "code_words": tr("QR code of {address}", address=sheet.number[1]),
            "pictures_title": tr("Photos"),
            "sign": tr("Signature"),
        }
        if lacks(data):
            said = tr("□ stands for a letter that cannot be printed here. The City's record has it as it was written.")
            data["closing"] = [*data["closing"], said]
        return typeset(TEMPLATE, data, named="sheet", pictures=Path(folder))


def _placed(picture: Picture, folder: Path, read: Read) -> dict[str, object]:
    """The picture in the folder, under its hash."""
    try:
        small = _small(read(picture.sha256))
    except (StoreError, OSError, ValueError, SyntaxError):  # Pillow says SyntaxError of a damaged one
        return {"file": "", "caption": tr("Not on this laptop: photo “{caption}”", caption=picture.caption)}
    name = f"{picture.sha256}.jpg"
    (folder / name).write_bytes(small)
    return {"file": f"/{name}", "caption": picture.caption}


def _opened(data: bytes) -> Image.Image:
    """A picture before it is unpacked. ValueError for one that is too large for that, or says it were."""
    from PIL import Image

    try:
        opened = Image.open(io.BytesIO(data))
    except Image.DecompressionBombError as fault:
        raise ValueError("too large") from fault
    if opened.width * opened.height > _MOST_PIXELS:
        raise ValueError("too large")
    return opened


def _small(data: bytes) -> bytes:
    """A picture as a paper needs it. OSError, ValueError or SyntaxError for what is none."""
    from PIL import Image, ImageOps

    with _opened(data) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGBA")
        ground = Image.new("RGB", upright.size, "white")
        ground.paste(upright, mask=upright)
    ground.thumbnail((_LONGEST, _LONGEST))
    out = io.BytesIO()
    ground.save(out, "JPEG", quality=82)
    return out.getvalue()
