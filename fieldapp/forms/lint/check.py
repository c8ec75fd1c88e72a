"""Checking a form as a whole: the sheets, the conversion, and every expression and circle of the XForm that results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.errors import FormError, Place
from fieldapp.forms.definition.itext import Label
from fieldapp.forms.definition.model import FormDefinition, Question, Stray
from fieldapp.forms.definition.rules import Fault
from fieldapp.forms.files import SUFFIXES, default_blocks, media_folders, read_bytes
from fieldapp.forms.lint.rows import ERROR, WARNING, Finding, lint_sheets
from fieldapp.forms.xform.reader import read_xform
from fieldapp.forms.xlsform.compose import composed
from fieldapp.forms.xlsform.convert import convert
from fieldapp.forms.xlsform.headers import header_of, value
from fieldapp.forms.xlsform.workbook import Row, Workbook, read_workbook
from fieldapp.texts import tr


@dataclass(frozen=True)
class Report:
    """What a check found; `definition` is there when the form could be read at all."""

    findings: list[Finding]
    definition: FormDefinition | None = None
    xform: bytes = field(default=b"", repr=False)

    @property
    def errors(self) -> list[Finding]:
        """What keeps the form from being used."""
        return [finding for finding in self.findings if finding.severity == ERROR]


def check_form(path: Path, blocks: Path | None = None) -> list[Finding]:
    """All that is wrong in a form file, in the order of its sheets and rows; [] for a form that can be used."""
    return report(path, blocks).findings


def report(path: Path, blocks: Path | None = None) -> Report:
    """The findings together with the form that was checked."""
    try:
        content = read_bytes(path)
        if path.suffix.lower() not in SUFFIXES:
            return _of_xform(content, path)
        return of_workbook(read_workbook(path, content), path, blocks or default_blocks())
    except FormError as error:
        return Report([_finding(error)])


def of_workbook(book: Workbook, path: Path, blocks: Path | None) -> Report:
    """The check of an XLSForm that could be read."""
    whole, faults = composed(book, blocks)
    findings = [_finding(fault) for fault in faults] + lint_sheets(whole)
    try:
        xform = convert(whole, path.stem)
        definition = read_xform(xform, path.name, media_folders(path))
    except FormError as error:
        if not any(error.place.row in {None, finding.place.row} for finding in findings):
            findings.append(_finding(error))
        return Report(_sorted(findings, book))
    rows = rows_by_path(whole)
    for fault in faults_of(definition):
        finding = Finding(ERROR, _place(fault, rows, definition, path), fault.message)
        if not any(_same_cell(finding, other) for other in findings):
            findings.append(finding)
    return Report(_sorted(findings, book), definition, xform)


def _of_xform(content: bytes, path: Path) -> Report:
    definition = read_xform(content, path.name, media_folders(path))
    findings = [_of_stray(stray, definition, path) for stray in definition.strays]
    for fault in faults_of(definition):
        place = Place(path.name, "", fault.line or None, fault.kind, _ref(definition, fault.path))
        findings.append(Finding(ERROR, place, fault.message))
    return Report(findings, definition, content)


def _of_stray(stray: Stray, definition: FormDefinition, path: Path) -> Finding:
    """A control without its node cannot be answered; a bind without it only does nothing (as in JavaRosa)."""
    ref = _ref(definition, stray.path)
    place = Place(path.name, "", stray.line or None, stray.kind, ref)
    return Finding(ERROR if stray.kind == "control" else WARNING, place, tr("there is no question {path}", path=ref))


def _ref(definition: FormDefinition, path: str) -> str:
    return f"/{definition.root_name}/{path}" if path else f"/{definition.root_name}"


def faults_of(definition: FormDefinition) -> Iterator[Fault]:
    """Every expression of a form that cannot be used: rules, circles, texts, choices and actions."""
    book = definition.rules
    yield from book.faults
    for question in definition.questions.values():
        for kind, label in _labels(question):
            for source in _outputs(definition, label):
                yield from book.faults_of(source, question.path, kind, question.bind.line)
    for action in definition.actions:
        if action.target not in definition.questions:
            message = tr("there is no question {path}", path=f"/{definition.root_name}/{action.target}")
            yield Fault(action.owner, "setvalue", message, action.line)
        elif action.source:
            yield from book.faults_of(action.source, book.base_of(action), "setvalue", action.line)


def _labels(question: Question) -> Iterator[tuple[str, Label]]:
    bind = question.bind
    texts = {
        "label": question.label,
        "hint": question.hint,
        "constraint_message": bind.constraint_message,
        "required_message": bind.required_message,
    }
    yield from ((kind, label) for kind, label in texts.items() if label is not None)


def _outputs(definition: FormDefinition, label: Label) -> list[str]:
    """The expressions in a text, in all languages."""
    if label.source:
        return [label.source]
    texts = definition.translations.texts.values() if label.itext else ()
    phrases = [known[label.itext] for known in texts if label.itext in known]
    phrases += [label.phrase] if label.phrase else []
    return list(dict.fromkeys(output.source for phrase in phrases for output in phrase.outputs))


def rows_by_path(book: Workbook) -> dict[str, Row]:
    """The survey's row of each question path."""
    found: dict[str, Row] = {}
    above: list[str] = []
    for row in book.rows("survey"):
        kind, name = value(row, "type").lower(), value(row, "name")
        if kind.startswith(("begin_", "begin ")):
            above.append(name)
            found["/".join(above)] = row
        elif kind.startswith(("end_", "end ")):
            del above[-1:]
        elif name:
            found["/".join([*above, name])] = row
    return found


def _place(fault: Fault, rows: dict[str, Row], definition: FormDefinition, path: Path) -> Place:
    row, kind = rows.get(fault.path), fault.kind
    if row is None:  # what pyxform makes out of repeat_count
        row, kind = rows.get(fault.path.removesuffix("_count")), "count"
    ref = _ref(definition, fault.path)
    if row is None:
        return Place(path.name, "survey", None, "", ref)
    at = row.at(header_of(row, kind))
    return Place(at.file, at.sheet, at.row, at.column, ref)


def _same_cell(one: Finding, other: Finding) -> bool:
    return one.place.row is not None and (one.place.file, one.place.sheet, one.place.row, one.place.column) == (
        other.place.file,
        other.place.sheet,
        other.place.row,
        other.place.column,
    )


def _finding(error: FormError) -> Finding:
    return Finding(ERROR, error.place, str(error.args[0]))


def _sorted(findings: list[Finding], book: Workbook) -> list[Finding]:
    sheets = ["", "settings", "survey", "choices"]

    def key(finding: Finding) -> tuple[bool, int, str, int]:
        place = finding.place
        sheet = sheets.index(place.sheet) if place.sheet in sheets else len(sheets)
        return place.file != book.file, sheet, place.file, place.row or 0

    return sorted(findings, key=key)
