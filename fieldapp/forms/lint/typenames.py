"""Question types that do not exist: which they are, and which was meant."""

from __future__ import annotations

import re

from fieldapp.errors import Place
from fieldapp.forms.lint.findings import Finding, finding
from fieldapp.forms.lint.spelling import Speller
from fieldapp.texts import tr

_UNKNOWN = re.compile(r"[Uu]nknown question type '([^']*)'")
_TYPES = (
    *("text", "integer", "decimal", "range", "date", "time", "dateTime", "note", "calculate", "hidden", "acknowledge"),
    *("select_one", "select_multiple", "select_one_from_file", "select_multiple_from_file", "rank", "barcode"),
    *("geopoint", "geotrace", "geoshape", "image", "audio", "video", "file", "background-audio", "start-geopoint"),
    *("begin_group", "end_group", "begin_repeat", "end_repeat", "include", "csv-external", "xml-external", "audit"),
    *("start", "end", "today", "deviceid", "username", "phonenumber", "email"),
)
# What other programs call them, and what no spelling leads to.
_OTHERS = {
    **dict.fromkeys(("number", "numeric", "numerical", "whole_number"), "integer"),
    **dict.fromkeys(("float", "double", "money", "currency"), "decimal"),
    **dict.fromkeys(("dropdown", "drop_down", "radio", "choice", "single_choice", "select"), "select_one"),
    **dict.fromkeys(("checkbox", "checkboxes", "multiselect", "multiple_choice", "select_many"), "select_multiple"),
    **dict.fromkeys(("signature", "draw", "drawing", "sketch"), "image"),
    **dict.fromkeys(("boolean", "bool", "yesno", "yes_no", "confirm"), "acknowledge"),
    **dict.fromkeys(("paragraph", "textarea", "memo", "long_text"), "text"),
    **dict.fromkeys(("map", "point", "gps_point"), "geopoint"),
    **dict.fromkeys(("page", "section"), "begin_group"),
}
_WITH_LIST = frozenset({"select_one", "select_multiple", "rank"})
_APPEARANCES = {"signature": "signature", "draw": "draw", "drawing": "draw", "sketch": "draw", "dropdown": "minimal"}


def is_known_type(kind: str) -> bool:
    """Whether pyxform knows the type; asked only of forms that it refused, since it says so of the first alone."""
    from pyxform.aliases import _type_alias_map, settings_header
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
    from pyxform.xls2json import RE_BEGIN_CONTROL, RE_END_CONTROL, RE_OSM, RE_SELECT

    patterns = (RE_SELECT, RE_BEGIN_CONTROL, RE_END_CONTROL, RE_OSM)
    names = (QUESTION_TYPE_DICT, _type_alias_map, settings_header, {"include", "entity"})
    return any(kind in known for known in names) or any(pattern.search(kind) for pattern in patterns)


def untold_type(message: str) -> str:
    """The type that a message of pyxform's calls unknown, "" where it says something else."""
    match = _UNKNOWN.search(message)
    return match[1] if match else ""


def unknown_type(kind: str, place: Place, speller: Speller) -> Finding:
    """A type that there is not, with the one that was meant."""
    message = tr("there is no question type “{type}”", type=kind)
    return finding("unknown-type", place, message, _meant(kind, speller))


def _meant(kind: str, speller: Speller) -> str:
    word, _, rest = kind.partition(" ")
    word = word.strip(",;:")
    name = "_".join(word.casefold().split("-"))
    if name in _WITH_LIST and not rest:
        return tr("A choice list's name belongs behind it: {example}.", example=f"“{name} list”")
    meant = _OTHERS.get(name) or (name if name in _TYPES else speller.nearest(word, _TYPES))
    if not meant:
        return ""
    words = [meant, rest.strip()] if rest.strip() or meant not in _WITH_LIST else [meant, "list"]
    guess = tr("Did you mean {name}?", name=f"“{' '.join(part for part in words if part)}”")
    return f"{guess} {_appearance(name)}".strip()


def _appearance(name: str) -> str:
    look = _APPEARANCES.get(name)
    return tr("With the appearance “{name}”.", name=look) if look else ""
