"""XLSForm to XForm through pyxform, which is imported only when the cache has no converted form."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from fieldapp.errors import FormError, Place
from fieldapp.forms.compose import composed, place_of_row
from fieldapp.forms.workbook import Workbook, read_workbook
from fieldapp.texts import tr

_MAKE = "1"  # rises when conversion itself changes, so that older caches are not used
_ROW = re.compile(r"\[row : (\d+)\]\s*")
_SHEET = re.compile(r"'(survey|choices|settings|external_choices|entities|osm)' sheet|(?:on|in) the (\w+) sheet")
_COLUMN = re.compile(r"the '([\w: ()]+)' (?:value|column)")


def converted(path: Path, content: bytes, blocks: Path | None, cache: Path | None) -> bytes:
    """The XForm of an XLSForm: from the cache, or made now and kept there. FormError with its place when broken."""
    kept = cache / f"{_key(path, content, blocks)}.xml" if cache is not None else None
    if kept is not None and kept.is_file():
        return kept.read_bytes()
    book = composed(read_workbook(path, content), blocks)
    xform = convert(book, path.stem)
    if kept is not None:
        _keep(kept, xform)
    return xform


def convert(book: Workbook, name: str) -> bytes:
    """The XForm of a whole workbook. FormError with sheet, row and column where pyxform names them."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert as pyxform

    sheets: dict[str, object] = {"sheet_names": list(book.sheets), "fallback_form_name": name}
    for sheet, rows in book.sheets.items():
        sheets[sheet] = [dict(row.cells) for row in rows]
        sheets[f"{sheet}_header"] = [dict.fromkeys(book.headers.get(sheet, []))]
    try:
        xform: str = pyxform(sheets, warnings=[]).xform
    except PyXFormError as error:
        raise located(str(error), book) from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise FormError(tr("this form cannot be converted: {why}", why=str(error)), Place(file=book.file)) from error
    return xform.encode()


def located(message: str, book: Workbook) -> FormError:
    """pyxform's message as ours: the row number out of the text and into the place."""
    row, sheet, column = _ROW.search(message), _SHEET.search(message), _COLUMN.search(message)
    name = next((part for part in sheet.groups() if part), "survey") if sheet else "survey"
    text = " ".join(_ROW.sub("", message).split())
    if row is None:
        return FormError(text, Place(file=book.file, sheet=name if sheet else ""))
    place = place_of_row(book, name, int(row[1]))
    return FormError(text, Place(place.file, place.sheet, place.row, column[1] if column else ""))


def _key(path: Path, content: bytes, blocks: Path | None) -> str:
    """A hash of all that the XForm depends on."""
    hashed = hashlib.sha256(f"{_MAKE} {version('pyxform')} {path.stem}{path.suffix.lower()} ".encode())
    hashed.update(hashlib.sha256(content).digest())
    for block in _block_files(blocks):
        hashed.update(block.name.encode() + hashlib.sha256(block.read_bytes()).digest())
    return hashed.hexdigest()


def _block_files(blocks: Path | None) -> Iterator[Path]:
    return iter(sorted(blocks.glob("*.md")) if blocks is not None and blocks.is_dir() else ())


def _keep(path: Path, xform: bytes) -> None:
    """Write the cache whole or not at all; a cache that cannot be written is only slower."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(xform)
        Path(name).replace(path)
