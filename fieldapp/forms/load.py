"""Any form file to a FormDefinition."""

from __future__ import annotations

from pathlib import Path

from fieldapp.errors import FormError, Place
from fieldapp.forms.convert import converted
from fieldapp.forms.definition import FormDefinition
from fieldapp.forms.workbook import SUFFIXES
from fieldapp.forms.xform import read_xform
from fieldapp.paths import resources
from fieldapp.texts import tr


def load_form(path: Path, *, cache: Path | None = None, blocks: Path | None = None) -> FormDefinition:
    """The form in an XLSForm (.md .xlsx .xls .csv) or XForm (.xml), ready to be filled.

    `cache` keeps converted XLSForms; `blocks` is the folder of shared question blocks (default: the services' own).
    FormError, with file, sheet, row and column where they are known, for a form that cannot be used.
    """
    content = read_bytes(path)
    if path.suffix.lower() in SUFFIXES:
        content = converted(path, content, blocks or default_blocks(), cache)
    definition = read_xform(content, path.name, media_folders(path))
    for fault in definition.rules.faults:
        raise FormError(fault.message, Place(file=path.name, field=f"/{definition.root_name}/{fault.path}"))
    return definition


def read_bytes(path: Path) -> bytes:
    """The file's content. FormError when it is missing, no file, empty or of a kind that holds no forms."""
    if path.suffix.lower() not in SUFFIXES | {".xml"}:
        known = " ".join(sorted(SUFFIXES | {".xml"}))
        raise FormError(tr("this is no form file; forms are {known}", known=known), Place(file=path.name))
    try:
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
