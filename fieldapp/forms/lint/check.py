"""Checking a form as a whole: the sheets, the conversion, every expression and circle, and advice to its author."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.errors import FormError
from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.files import SUFFIXES, default_blocks, media_folders, read_bytes
from fieldapp.forms.lint.doubles import doubles
from fieldapp.forms.lint.faults import rule_faults, stray_faults
from fieldapp.forms.lint.findings import ERROR, Finding, finding, new_among
from fieldapp.forms.lint.places import Places, SheetPlaces, XFormPlaces
from fieldapp.forms.lint.rows import lint_sheets
from fieldapp.forms.lint.sheets import Sheets
from fieldapp.forms.lint.spelling import Speller
from fieldapp.forms.undisturbed import undisturbed
from fieldapp.forms.xform.reader import read_xform
from fieldapp.forms.xlsform.compose import composed
from fieldapp.forms.xlsform.convert import convert
from fieldapp.forms.xlsform.workbook import Workbook, read_workbook


@dataclass
class Report:
    """What a check found; `definition`, `xform` and `places` are there when the form could be read at all."""

    findings: list[Finding] = field(default_factory=list)
    definition: FormDefinition | None = None
    xform: bytes = b""
    places: Places | None = None

    @property
    def errors(self) -> list[Finding]:
        """The findings for which a form is refused."""
        return [finding for finding in self.findings if finding.severity == ERROR]

    @property
    def warnings(self) -> list[Finding]:
        """The findings with which a form can be used."""
        return [finding for finding in self.findings if finding.severity != ERROR]


def check_form(path: Path, blocks: Path | None = None) -> list[Finding]:
    """All errors, and all advice, in the order of the form's sheets and rows; [] for a form that cannot be better."""
    return report(path, blocks, advice=True).findings


def report(path: Path, blocks: Path | None = None, *, advice: bool = False) -> Report:
    """The findings together with the form that was checked. Without `advice`, the form as a whole is not thought
    over: that is for authors, and loading need not wait for it."""
    try:
        content = read_bytes(path)
        with undisturbed():
            if path.suffix.lower() not in SUFFIXES:
                return _of_xform(content, path, advice=advice)
            return of_workbook(read_workbook(path, content), path, blocks or default_blocks(), advice=advice)
    except FormError as error:
        return Report([_refused("unreadable", error)])


def of_workbook(book: Workbook, path: Path, blocks: Path | None, *, advice: bool = False) -> Report:
    """The check of an XLSForm that could be read."""
    whole, faults = composed(book, blocks)
    sheets = Sheets(whole)
    findings = [_refused("bad-include", fault) for fault in faults] + lint_sheets(sheets)
    try:
        xform = convert(whole, path.stem)
        definition = read_xform(xform, path.name, media_folders(path))
    except FormError as error:
        return Report(_sorted(_with_refusal(findings, error, sheets, path, advice=advice), book))
    places = SheetPlaces(sheets, definition)
    findings += new_among(findings, rule_faults(definition, places, sheets.speller))
    if advice:
        findings += _advice(definition, places, sheets.speller)
    return Report(_sorted(findings, book), definition, xform, places)


def _of_xform(content: bytes, path: Path, *, advice: bool) -> Report:
    definition = read_xform(content, path.name, media_folders(path))
    places, speller = XFormPlaces(path.name, definition), Speller()
    findings = [*stray_faults(definition, places, speller), *rule_faults(definition, places, speller)]
    if advice:
        findings += doubles(definition, places)
        findings += _advice(definition, places, speller)
    return Report(findings, definition, content, places)


def _advice(definition: FormDefinition, places: Places, speller: Speller) -> Iterator[Finding]:
    from fieldapp.forms.lint.advice import advice_on

    return advice_on(definition, places, speller)


def _with_refusal(known: list[Finding], error: FormError, sheets: Sheets, path: Path, *, advice: bool) -> list[Finding]:
    from fieldapp.forms.lint.refusal import in_spite_of, refused_at

    findings = refused_at(error, sheets, known)
    return [*findings, *in_spite_of(findings, sheets, path)] if advice else findings


def _refused(code: str, error: FormError) -> Finding:
    return finding(code, error.place, str(error.args[0]))


def _sorted(findings: list[Finding], book: Workbook) -> list[Finding]:
    sheets = ["", "settings", "survey", "choices"]

    def key(finding: Finding) -> tuple[bool, int, str, int]:
        place = finding.place
        sheet = sheets.index(place.sheet) if place.sheet in sheets else len(sheets)
        return place.file != book.file, sheet, place.file, place.row or 0

    return sorted(findings, key=key)
