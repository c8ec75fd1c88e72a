"""Question types that do not exist: pyxform says so, we guess which was meant."""

from __future__ import annotations

import re

from fieldapp.errors import FormError
from fieldapp.forms.lint.findings import Finding, finding
from fieldapp.forms.lint.spelling import Speller

_UNKNOWN = re.compile(r"[Uu]nknown question type '([^']*)'")
_TYPES = (
    *("text", "integer", "decimal", "range", "date", "time", "dateTime", "note", "calculate", "hidden", "acknowledge"),
    *("select_one", "select_multiple", "select_one_from_file", "select_multiple_from_file", "rank", "barcode"),
    *("geopoint", "geotrace", "geoshape", "image", "audio", "video", "file", "background-audio", "start-geopoint"),
    *("begin_group", "end_group", "begin_repeat", "end_repeat", "include", "csv-external", "xml-external", "audit"),
    *("start", "end", "today", "deviceid", "username", "phonenumber", "email"),
)


def conversion_fault(error: FormError, speller: Speller) -> Finding:
    """What pyxform refused, as a finding."""
    message = str(error.args[0])
    match = _UNKNOWN.search(message)
    if match is None:
        return finding("conversion", error.place, message)
    kind, _, rest = match[1].partition(" ")
    return finding(
        "unknown-type", error.place, message, speller.meant(kind, _TYPES, after=f" {rest}”" if rest else "”")
    )
