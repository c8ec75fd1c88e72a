"""XLSForms of other houses in plain XLSForm: what KoBo, SurveyCTO, Survey123 and the CHT add, as far as it can be said.

What cannot be said stays in the form as a hidden value that names its type, so that the form loads and a check tells
what it will do without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fieldapp.errors import Place
from fieldapp.forms.xlsform.kobo import unfolded
from fieldapp.forms.xlsform.rows import Row, Workbook, changed

DIALECT = "urn:fieldapp:dialect"  # the namespace of the attribute that names what could not be said
_TYPE = "bind::dialect:type"
_NAMESPACES = {"esri": "http://esri.com/xforms", "kobo": "http://kobotoolbox.org/xforms", "dialect": DIALECT}
_DECLARED = frozenset({"jr", "orx", "odk", "xsd", "ev", "h", "entities", "xml"})  # what pyxform declares by itself
_PREFIXED = re.compile(r"(?:bind|body|instance|control)::?([A-Za-z_][\w.\-]*):[^:\s]+\s*")
_SAYS = re.compile(r"([A-Za-z_][\w.\-]*)\s*=")

# SurveyCTO's types that are another's, and those that are about the device in a field team's hands.
_ALIKE = {"calculate_here": "calculate", "simid": "simserial", "devicephonenum": "phonenumber"}
_DEVICE = re.compile(
    r"(text audit|audio audit|speed violations (count|list|audit)|sensor_statistic .*|sensor_stream .*|comments|caseid"
    r"|enumerator.*)",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"db:[\w-]+|tel")  # of the Community Health Toolkit: a person or place it knows, by its key


def portable(book: Workbook) -> Workbook:
    """The same form in plain XLSForm; the book itself where it is plain already."""
    survey = list(unfolded(_plain(book.rows("survey")), book.rows("choices")))
    sheets = {**book.sheets, "survey": survey} if "survey" in book.sheets else dict(book.sheets)
    headers = {**book.headers, "survey": _headers(book.headers.get("survey", []), survey)}
    _declare(sheets, headers, book.file)
    used = {row.get("kobo--matrix_list").strip() for row in book.rows("survey")} - {""}
    return Workbook(book.file, sheets, headers, frozenset(used))


def _plain(rows: list[Row]) -> Iterator[Row]:
    for row in rows:
        kind = row.get("type").strip()
        if kind in _ALIKE:
            yield changed(row, type=_ALIKE[kind])
        elif kind.startswith("select_one_external") and not row.get("choice_filter").strip():
            yield changed(row, choice_filter="true()")  # without a filter pyxform looks for the list elsewhere
        elif _DEVICE.fullmatch(kind):
            yield changed(row, {_TYPE: kind}, type="hidden")
        elif _CONTACT.fullmatch(kind):
            yield changed(row, {_TYPE: kind}, type="text")
        else:
            yield row


def _headers(known: list[str], rows: list[Row]) -> list[str]:
    names = dict.fromkeys(known)
    for row in rows:
        names.update(dict.fromkeys(row.cells))
    return list(names)


def _declare(sheets: dict[str, list[Row]], headers: dict[str, list[str]], file: str) -> None:
    """Namespaces for the prefixes of `bind::esri:fieldType` and its like: without them the XForm would be no XML."""
    found = (_PREFIXED.fullmatch(header) for header in headers.get("survey", []))
    prefixes = {match[1] for match in found if match is not None} - _DECLARED
    settings = sheets.get("settings") or [Row({}, Place(file, "settings", 2))]
    said = settings[0].get("namespaces")
    missing = sorted(prefixes - set(_SAYS.findall(said)))
    if missing:
        added = " ".join(f'{prefix}="{_NAMESPACES.get(prefix, f"urn:prefix:{prefix}")}"' for prefix in missing)
        sheets["settings"] = [changed(settings[0], namespaces=f"{said} {added}".strip()), *settings[1:]]
        headers["settings"] = _headers(headers.get("settings", []), sheets["settings"])
