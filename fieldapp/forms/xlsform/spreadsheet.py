"""The spreadsheet behind a workbook, read through pyxform, whatever state it is in."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from fieldapp.errors import FormError, Place
from fieldapp.texts import tr

# What the readers of spreadsheets raise on damaged ones, as far as it has no name of its own.
_UNREADABLE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    OSError,
    EOFError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    SyntaxError,  # of both XML readers, also for entities without end
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
_BEGINNINGS = {b"PK\x03\x04": ".xlsx", b"\xd0\xcf\x11\xe0": ".xls"}


def read_spreadsheet(path: Path, content: bytes) -> Any:
    """pyxform's own form of the sheets: an attribute a sheet. FormError when it is cut, or no spreadsheet at all."""
    with redirect_stdout(io.StringIO()):  # xlrd reports on the output that stands when it is imported
        from pyxform.errors import PyXFormError
        from pyxform.xls2json_backends import get_xlsform
        from xlrd.compdoc import CompDocError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a spreadsheet holds besides its cells
            return get_xlsform(content, file_type=_kind(path, content))
    except PyXFormError as error:
        raise FormError(_plain(str(error), path), Place(file=path.name)) from error
    except (*_UNREADABLE, CompDocError) as error:
        raise FormError(_unreadable(path), Place(file=path.name)) from error


def _kind(path: Path, content: bytes) -> str:
    """The kind of a spreadsheet by how it begins, else by its name: many a workbook is an .xlsx named .xls."""
    return next((kind for begins, kind in _BEGINNINGS.items() if content.startswith(begins)), path.suffix.lower())


def _unreadable(path: Path) -> str:
    return tr("this is no readable {kind} file; it may be cut or of another kind", kind=path.suffix)


def _plain(message: str, path: Path) -> str:
    if "was not recognized as a supported type" in message:
        if path.suffix.lower() in _BEGINNINGS.values():
            return _unreadable(path)
        return tr("this is no XLSForm: no table with a survey sheet can be read from it")
    return message
