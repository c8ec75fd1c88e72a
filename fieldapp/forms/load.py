"""Any form file to a FormDefinition."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fieldapp.errors import FormError
from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.files import SUFFIXES, default_blocks, media_folders, read_bytes
from fieldapp.forms.undisturbed import undisturbed
from fieldapp.forms.xform.reader import read_xform
from fieldapp.forms.xlsform.cache import Kept, cached
from fieldapp.texts import plural


def load_form(
    path: Path, *, cache: Path | None = None, blocks: Path | None = None, media: Sequence[Path] = ()
) -> FormDefinition:
    """The form in an XLSForm (.md .xlsx .xls .csv) or XForm (.xml), ready to be filled.

    `cache` keeps converted XLSForms and what is made of long tables; `blocks` is the folder of shared question blocks
    (default: the services' own); `media` are further folders in which the form's tables and pictures lie.
    FormError, with file, sheet, row and column where they are known, for a form that cannot be used.
    """
    made = usable_form(path, cache=cache, blocks=blocks).definition
    made.media.look_in((*media, *media_folders(path)), cache)
    return made


@dataclass(frozen=True)
class UsableForm:
    """A form that a check found no error in, as it was read and as it is kept."""

    definition: FormDefinition
    xform: bytes


def usable_form(path: Path, *, cache: Path | None = None, blocks: Path | None = None) -> UsableForm:
    """The form at `path` without its media, converted once for all that share the cache. FormError as `load_form`."""
    content = read_bytes(path)
    kept = cached(path, content, blocks or default_blocks(), cache) if path.suffix.lower() in SUFFIXES else None
    made = _from_cache(kept, path) if kept is not None else None
    if made is None:
        made = _checked(path, blocks)
        if kept is not None:
            kept.write(made.xform)
    return made


def _from_cache(kept: Kept, path: Path) -> UsableForm | None:
    """The form as it was converted before; None when there is none, or when the file was damaged since."""
    with contextlib.suppress(FormError), undisturbed():
        xform = kept.read()
        return UsableForm(read_xform(xform, path.name), xform)
    return None


def _checked(path: Path, blocks: Path | None) -> UsableForm:
    """The form when a check finds no error; else its first error, with how many more there are."""
    from fieldapp.forms.lint.check import report

    checked = report(path, blocks)
    if checked.definition is not None and not checked.errors:
        return UsableForm(checked.definition, checked.xform)
    first, *more = checked.errors
    message = first.message
    if more:
        message = plural(len(more), "{first} (and {n} more error)", "{first} (and {n} more errors)", first=message)
    raise FormError(message, first.place)
