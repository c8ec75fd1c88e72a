"""A paper kept as a PDF file."""

from __future__ import annotations

from pathlib import Path

from fieldapp.errors import DiskError
from fieldapp.texts import tr


def write_pdf(data: bytes, path: Path) -> None:
    """Write a PDF that is made already. DiskError when the file cannot be written."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise DiskError(tr("The file could not be written to {folder}.", folder=path.parent)) from error
