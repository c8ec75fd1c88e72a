"""Any form file to a FormDefinition."""

from __future__ import annotations

from pathlib import Path

from fieldapp.errors import FormError, Place
from fieldapp.forms.cache import cached
from fieldapp.forms.check import Report, media_folders, report
from fieldapp.forms.definition import FormDefinition
from fieldapp.forms.workbook import SUFFIXES
from fieldapp.forms.xform import read_xform
from fieldapp.paths import resources
from fieldapp.texts import plural, tr


def load_form(path: Path, *, cache: Path | None = None, blocks: Path | None = None) -> FormDefinition:
    """The form in an XLSForm (.md .xlsx .xls .csv) or XForm (.xml), ready to be filled.

    `cache` keeps converted XLSForms; `blocks` is the folder of shared question blocks (default: the services' own).
    FormError, with file, sheet, row and column where they are known, for a form that cannot be used.
    """
    content = read_bytes(path)
    folders = media_folders(path)
    if path.suffix.lower() not in SUFFIXES:
        return _usable(report(path))
    kept = cached(path, content, blocks or default_blocks(), cache)
    if kept is not None and (xform := kept.read()):
        return read_xform(xform, path.name, folders)
    checked = report(path, blocks)
    definition = _usable(checked)
    if kept is not None:
        kept.write(checked.xform)
    return definition


def _usable(checked: Report) -> FormDefinition:
    """The form of a check that found no error; else its first error, with how many more there are."""
    errors = checked.errors
    if checked.definition is not None and not errors:
        return checked.definition
    first, *more = errors
    message = first.message
    if more:
        message = plural(len(more), "{first} (and {n} more error)", "{first} (and {n} more errors)", first=message)
    raise FormError(message, first.place)


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
