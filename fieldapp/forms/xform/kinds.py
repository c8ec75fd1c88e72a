"""What kind of question a control and a data type make together."""

from __future__ import annotations

from lxml import etree

from fieldapp.forms.xform.body import Control

_BY_TYPE = {
    "int": "integer",
    "integer": "integer",
    "long": "integer",
    "decimal": "decimal",
    "double": "decimal",
    "float": "decimal",
    "date": "date",
    "time": "time",
    "dateTime": "dateTime",
    "geopoint": "geopoint",
    "geotrace": "geotrace",
    "geoshape": "geoshape",
    "barcode": "barcode",
}
_BY_TAG = {"select1": "select", "select": "multiple", "rank": "rank", "range": "range", "trigger": "acknowledge"}


def kind_of(control: Control | None, bind: etree._Element | None, *, has_children: bool, is_root: bool) -> str:
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
    return _input(bind)


def _upload(mediatype: str) -> str:
    kind = mediatype.partition("/")[0]
    return kind if kind in {"image", "audio", "video"} else "file"


def _input(bind: etree._Element | None) -> str:
    if bind is None:
        return "text"
    kind = _BY_TYPE.get((bind.get("type") or "string").rpartition(":")[2], "text")
    readonly = (bind.get("readonly") or "").strip() == "true()"
    return "note" if kind == "text" and readonly and not bind.get("calculate") else kind
