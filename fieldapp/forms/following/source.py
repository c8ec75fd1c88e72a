"""A form as it is kept for later: its XForm. The standard outlives every change of the sheets that forms are written
in, and reading it needs no check: what was good enough to be answered stays readable."""

from __future__ import annotations

from pathlib import Path

from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.files import SUFFIXES, media_folders, read_bytes
from fieldapp.forms.load import usable_form
from fieldapp.forms.xform.reader import read_xform

FORM = "form.xml"
_LEFT_OUT = frozenset({FORM, "service.toml"})


def xform_of(path: Path, *, cache: Path | None = None, blocks: Path | None = None) -> bytes:
    """The form at `path` as an XForm, as `load_form` converts it. FormError when it cannot be used."""
    if path.suffix.lower() not in SUFFIXES:
        return read_bytes(path)
    return usable_form(path, cache=cache, blocks=blocks).xform


def companions(path: Path) -> list[Path]:
    """The tables and pictures of the form at `path`: what lies beside it and in its media folder, each name once."""
    found: dict[str, Path] = {}
    for folder in media_folders(path):
        for file in sorted(folder.glob("*.*")):
            if file.is_file() and _belongs(file, path):
                found.setdefault(file.name, file)
    return list(found.values())


def read_kept(folder: Path) -> FormDefinition:
    """The form that was kept in `folder`, with its tables. FormError when it is no form."""
    path = folder / FORM
    return read_xform(read_bytes(path), path.name, media_folders(path))


def _belongs(file: Path, form: Path) -> bool:
    hidden = file.name.startswith(".") or file.suffix.lower() == ".md"
    return not hidden and file.name not in _LEFT_OUT and file.name != form.name
