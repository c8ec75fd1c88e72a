"""Columns: misspelt ones, which would be passed over without a word, and what stands in our own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fieldapp.errors import Place
from fieldapp.forms.lint.findings import Finding, finding
from fieldapp.forms.lint.sheets import Sheets
from fieldapp.forms.lint.spelling import SURE
from fieldapp.forms.xlsform.headers import LAYOUT_WORDS, OWN, PRIVACY_CLASSES, STANDARD, canonical, cells, value
from fieldapp.forms.xlsform.workbook import Row
from fieldapp.texts import tr

_FORMER = re.compile(r"[^\W\d][\w.\-]*(/[^\W\d][\w.\-]*)*")  # a name, or its way from the root
# What Acrobat's partial field names cannot hold: the point separates their levels, the rest is XFDF's and ours.
_NO_FIELD = re.compile(r"[.\[\]<>\x00-\x1f]")


def column_faults(sheets: Sheets) -> Iterator[Finding]:
    """The faults of the survey's columns."""
    yield from _headers(sheets)
    yield from _default_language(sheets)
    fields: dict[str, Row] = {}
    for row in sheets.survey:
        for header, column, text in cells(row):
            if column in OWN and "::" in header and text.strip():
                yield from _own(column, text.strip(), row, header, sheets)
                if column == "pdf":
                    yield from _same_field(text.strip(), row, header, fields)


def _headers(sheets: Sheets) -> Iterator[Finding]:
    """Authors may add columns for themselves; only what looks like a slip is one."""
    for header in sheets.book.headers.get("survey", []):
        name = canonical(header)
        place = Place(sheets.book.file, "survey", 1, header)
        if name in OWN and "::" not in header:
            message = tr("the column “{column}” has no effect under this name", column=header)
            yield finding("unknown-column", place, message, tr("Write {name}.", name=f"“{OWN[name]}”"))
        elif name not in STANDARD and name not in OWN and "::" not in header.removeprefix(f"{name}::"):
            meant = sheets.speller.nearest(name, STANDARD, SURE)
            if meant:
                message, suggestion = (
                    tr("there is no column “{column}”", column=header),
                    tr("Did you mean {name}?", name=f"“{meant}”"),
                )
                yield finding("unknown-column", place, message, suggestion)


def _default_language(sheets: Sheets) -> Iterator[Finding]:
    """A default language in which there is no column. Columns without a language are the default's."""
    headers = [header for sheet in ("survey", "choices") for header in sheets.book.headers.get(sheet, [])]
    labels = [header for header in headers if canonical(header).partition(":")[0] == "label"]
    languages = dict.fromkeys(header.partition(":")[2].strip(": ") for header in labels)
    for row in sheets.book.rows("settings")[:1]:
        name = value(row, "default_language")
        if name and languages and "" not in languages and name not in languages:
            message = tr("no column is in the default language “{name}”", name=name)
            guess = sheets.speller.meant(name, languages) or tr(
                "The form's languages are {known}.", known=", ".join(languages)
            )
            yield finding("unknown-language", row.at("default_language"), message, guess)


def _own(column: str, text: str, row: Row, header: str, sheets: Sheets) -> Iterator[Finding]:
    place = row.at(header)
    if column == "privacy" and text not in PRIVACY_CLASSES:
        message = tr("“{text}” is no privacy class; they are {known}", text=text, known=" ".join(PRIVACY_CLASSES))
        yield finding("bad-privacy", place, message, sheets.speller.meant(text, PRIVACY_CLASSES))
    if column == "layout":
        for word in sorted(set(text.split()) - LAYOUT_WORDS):
            message = tr("“{text}” is no layout; it is of {known}", text=word, known=" ".join(sorted(LAYOUT_WORDS)))
            yield finding("bad-layout", place, message, sheets.speller.meant(word, LAYOUT_WORDS))
    if column == "was" and not all(_FORMER.fullmatch(name) for name in text.split()):
        yield finding("bad-former-name", place, tr("“{text}” is no name that a question can have had", text=text))
    if column == "pdf" and _NO_FIELD.search(text):
        message = tr("“{text}” is no name of a field in a PDF: it may hold no . [ ] < >", text=text)
        yield finding("bad-pdf-field", place, message)


def _same_field(text: str, row: Row, header: str, fields: dict[str, Row]) -> Iterator[Finding]:
    """Two questions cannot fill the same field; `fields` learns it."""
    first = fields.setdefault(text, row)
    if first is not row:
        name = value(first, "name")
        message = tr("the PDF's field “{text}” belongs to {name} already", text=text, name=f"${{{name}}}")
        yield finding("bad-pdf-field", row.at(header), message)
