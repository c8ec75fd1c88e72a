"""What kind of question a control and a data type make together."""

from __future__ import annotations

from fieldapp.forms.definition.model import Bind
from fieldapp.forms.xform.body import Control

KINDS_OF_TYPES = {
    "int": "integer",
    "integer": "integer",
    "long": "integer",
    "decimal": "decimal",
    "double": "decimal",
    "float": "decimal",
    "date": "date",
    "time": "time",
    "dateTime": "dateTime",
    "datetime": "dateTime",
    "geopoint": "geopoint",
    "geotrace": "geotrace",
    "geoshape": "geoshape",
    "barcode": "barcode",
}
_BY_TAG = {"select1": "select", "select": "multiple", "rank": "rank", "range": "range", "trigger": "acknowledge"}
_ALWAYS = frozenset({"true()", "true", "1"})


def kind_of(control: Control | None, bind: Bind, *, has_children: bool, is_root: bool) -> str:
    """The kind, by the names in `Question`. What no control shows is a group or a calculate."""
    if control is not None and control.tag == "repeat":
        return "repeat"
    if is_root or has_children or (control is not None and control.tag == "group"):
        return "group"
    if control is None:
        return "calculate"
    if control.tag in _BY_TAG:
        return _BY_TAG[control.tag]
    if control.tag == "upload":
        return _upload(control.extra.get("mediatype", ""))
    return "select" if control.choices is not None else _input(bind)


def _upload(mediatype: str) -> str:
    kind = mediatype.partition("/")[0]
    return kind if kind in {"image", "audio", "video"} else "file"


def _input(bind: Bind) -> str:
    kind = KINDS_OF_TYPES.get(bind.type, "text")
    return "note" if kind == "text" and bind.readonly in _ALWAYS and not bind.calculate else kind
