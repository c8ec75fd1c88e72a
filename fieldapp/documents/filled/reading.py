"""What stands in the fields of a PDF that came from outside. Nothing in it is believed, run or followed.

qpdf mends what it can; what is locked, no form, or no form of ours is refused with its reason.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldapp.documents.blank.paper import MARK, Mark
from fieldapp.errors import InputError, Place
from fieldapp.sniffing import mime_of
from fieldapp.texts import tr

if TYPE_CHECKING:
    import pikepdf

MOST_BYTES = 20 * 1024 * 1024
_MOST_FIELDS = 10_000
_MOST_SIGNS = 20_000  # characters of one answer
_DEEPEST = 12  # levels of fields inside one another


@dataclass(frozen=True)
class Filled:
    """A form that came back: which one it is, and the text in each field that is not blank. A box that is ticked holds
    the name of its mark; a circle that of its option."""

    mark: Mark
    values: Mapping[str, str]


def read_filled(data: bytes, name: str = "") -> Filled:
    """The fields of a PDF. InputError, with the file's `name` and the reason, for what is no filled form of ours."""
    place = Place(file=name)
    if len(data) > MOST_BYTES:
        raise InputError(tr("this file is larger than {n} MB: no form is", n=MOST_BYTES // 1024 // 1024), place)
    if mime_of(data) != "application/pdf":
        raise InputError(tr("this is no PDF: take the form as it was saved, not a picture of it"), place)
    found = _values(data, place)
    mark = Mark.read(found.pop(MARK, ""))
    if mark is None and not found:
        raise InputError(
            tr("this PDF has no fields: it was printed or scanned. Type its answers into the form here."), place
        )
    if mark is None:
        raise InputError(tr("this form is none of the City's: it lacks the mark that all of them bear"), place)
    return Filled(mark, {field: value for field, value in found.items() if value})


def _values(data: bytes, place: Place) -> dict[str, str]:
    """The value of every field by its whole name; the mark from the metadata where its field is lost."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            found = dict(_fields(pdf, place))
            if not found.get(MARK) and found:
                found[MARK] = _stamp(pdf)
            return found
    except pikepdf.PasswordError as error:
        raise InputError(tr("this PDF is locked with a password: ask for one without"), place) from error
    # What is odd in a file shows as an error of any of these kinds, wherever one looks.
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, RecursionError) as error:
        raise InputError(tr("this PDF is damaged: ask for it once more"), place) from error


def _fields(pdf: pikepdf.Pdf, place: Place) -> Iterator[tuple[str, str]]:
    form = pdf.Root.get("/AcroForm")
    top = form.get("/Fields") if form is not None else None
    waiting = [(field, "", "", 1) for field in reversed(list(top or ()))]
    for _ in range(_MOST_FIELDS):
        if not waiting:
            return
        field, above, kind, depth = waiting.pop()
        named = str(field["/T"]) if "/T" in field else ""
        name = f"{above}.{named}" if above and named else above or named
        kind = str(field.get("/FT", kind))
        kids = [kid for kid in field.get("/Kids", ()) if "/T" in kid]
        if kids and depth < _DEEPEST:
            waiting += [(kid, name, kind, depth + 1) for kid in reversed(kids)]
        elif name:
            yield name, _value(field, kind)
    raise InputError(tr("this PDF has more than {n} fields: no form has", n=_MOST_FIELDS), place)


def _value(field: pikepdf.Object, kind: str) -> str:
    """What stands in a field; of a button the name of the mark that is on, which some readers write nowhere else."""
    if kind == "/Btn":
        states = [field.get("/V"), field.get("/AS"), *(kid.get("/AS") for kid in field.get("/Kids", ()))]
        on = (str(state).removeprefix("/") for state in states if state is not None)
        return next((state for state in on if state not in {"", "Off"}), "")
    value = field.get("/V")
    if value is None:
        return ""
    import pikepdf

    if isinstance(value, pikepdf.Array):  # a list that takes several
        value = value[0] if len(value) else pikepdf.String("")
    if isinstance(value, pikepdf.Stream):
        return value.read_bytes()[: 4 * _MOST_SIGNS].decode("utf-8", "replace")[:_MOST_SIGNS]
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
    return text[:_MOST_SIGNS]


def _stamp(pdf: pikepdf.Pdf) -> str:
    """The mark in the metadata, "" without one."""
    from fieldapp.documents.blank.widgets import NAMESPACE

    metadata = pdf.open_metadata()
    said = [metadata.get(f"{{{NAMESPACE}}}{name}") for name in ("service", "version", "language")]
    return str(Mark(*map(str, said))) if all(said) else ""
