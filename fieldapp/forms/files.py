"""Form files: which there are, their bytes, and the folders that belong to them."""

from __future__ import annotations

from pathlib import Path

from fieldapp.errors import FormError, Place
from fieldapp.paths import resources
from fieldapp.texts import tr

LARGEST = 64 << 20  # bytes of a form's file
SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".md", ".csv"})  # of XLSForms


def read_bytes(path: Path) -> bytes:
    """The file's content. FormError when it is missing, no file, empty, too large or of a kind that holds no forms."""
    if path.suffix.lower() not in SUFFIXES | {".xml"}:
        known = " ".join(sorted(SUFFIXES | {".xml"}))
        raise FormError(tr("this is no form file; forms are {known}", known=known), Place(file=path.name))
    try:
        if path.stat().st_size > LARGEST:
            raise FormError(tr("this form is too large: more than {n} MB", n=LARGEST >> 20), Place(file=path.name))
        content = path.read_bytes()
    except OSError as error:
        raise FormError(
            tr("this file cannot be read: {why}", why=error.strerror or ""), Place(file=path.name)
        ) from error
    if not content.strip():
        raise FormError(tr("this file is empty"), Place(file=path.name))
    return content


def default_blocks() -> Path:
    """The folder of question blocks that ships with the program."""
    return resources() / "services" / "_blocks"


def media_folders(path: Path) -> tuple[Path, ...]:
    """Where a form's own tables and pictures may lie: beside it, and in its media folder (as in ODK)."""
    return (path.parent, path.parent / f"{path.stem}-media")
