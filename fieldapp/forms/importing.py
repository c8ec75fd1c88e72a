"""`fieldapp form import FILE --into FOLDER`: a form from elsewhere as the form of a service.

XLSForms become Markdown, which shows in a comparison what an author changed; XForms stay as they are. Tables, pictures
and sounds come along. Nothing is written when the form has an error, and what is written is loaded once to prove it.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from argparse import Namespace
from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.errors import FormError, Place
from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.files import SUFFIXES, media_folders
from fieldapp.forms.lint.check import Report, report
from fieldapp.forms.lint.printing import printed
from fieldapp.forms.load import load_form
from fieldapp.forms.needs import files_needed
from fieldapp.forms.xlsform.markdown import markdown_of
from fieldapp.forms.xlsform.rows import Row, Workbook, changed
from fieldapp.forms.xlsform.workbook import read_workbook
from fieldapp.texts import plural, tr

NAMES = ("form.md", "form.xml", "form.xlsx", "form.xls", "form.csv")

_GENERATED = re.compile(r"(generated_table_list_label_|reserved_name_for_field_list_labels_)\d+")


@dataclass(frozen=True)
class Imported:
    """What an import did: the form's file, the files that came along, those that it needs and nobody has."""

    form: Path
    questions: int
    copied: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def run_import(options: Namespace) -> int:
    """Import `options.file` into `options.into` and say what was done; 1 when the form was refused."""
    checked = report(options.file, options.blocks, advice=True)
    done, fault = None, None
    if not checked.errors:
        try:
            done = import_form(options.file, options.into, blocks=options.blocks)
        except FormError as error:
            fault = error
    if options.json:
        _print(json.dumps(_json(checked, done, fault), ensure_ascii=False, indent=1))
    else:
        _tell(checked, done, fault)
    return 0 if done is not None else 1


def import_form(path: Path, into: Path, *, blocks: Path | None = None) -> Imported:
    """Write the form in `path` as the form of the service folder `into`, with its media. FormError when the form
    cannot be used, the folder has a form already, or cannot be written; then nothing was changed."""
    definition = load_form(path, blocks=blocks)
    present = next((name for name in NAMES if (into / name).exists()), None)
    if present is not None:
        raise FormError(tr("this folder has a form already"), Place(file=str(into / present)))
    needed = files_needed(definition)
    media = {name: source for name, source in needed.items() if source is not None}
    media |= {source.name: source for source in _kept_beside(path)}
    try:
        into.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=into, prefix=".import") as folder:
            form = _written(path, Path(folder), blocks, definition)
            _move(form, media, into)
    except OSError as error:
        raise FormError(tr("this cannot be written: {why}", why=error.strerror or ""), Place(file=str(into))) from error
    missing = sorted(name for name, source in needed.items() if source is None)
    return Imported(into / form.name, len(definition.questions) - 1, sorted(media), missing)


def _kept_beside(path: Path) -> list[Path]:
    """All files in the form's own media folder: they are its, whether an expression names them or not."""
    folder = media_folders(path)[-1]
    return sorted(file for file in folder.iterdir() if file.is_file()) if folder.is_dir() else []


def _written(path: Path, folder: Path, blocks: Path | None, definition: FormDefinition) -> Path:
    """The form's file, made in `folder`. FormError when it would not be the same form."""
    if path.suffix.lower() not in SUFFIXES:
        return Path(shutil.copyfile(path, folder / "form.xml"))
    made = folder / "form.md"
    book = read_workbook(path, path.read_bytes())
    made.write_text(markdown_of(_named(book, definition)), "utf-8")
    if _shape(load_form(made, blocks=blocks)) != _shape(definition):
        raise FormError(
            tr("this form cannot be said in Markdown; save it as an XForm (.xml) first"), Place(file=path.name)
        )
    return made


def _shape(definition: FormDefinition) -> list[tuple[str, str]]:
    """What must not change. Names that pyxform makes up count the sheet's rows, and Markdown keeps no blank ones."""
    return [(_GENERATED.sub(r"\1", path), question.kind) for path, question in definition.questions.items()]


def _named(book: Workbook, definition: FormDefinition) -> Workbook:
    """The workbook with the id and title that it had through its file's name."""
    rows = book.rows("settings") or [Row({}, Place(book.file, "settings", 2))]
    said = {column.strip().casefold().replace(" ", "_") for column in rows[0].cells}
    own = {} if said & {"form_id", "id_string", "set_form_id"} else {"form_id": definition.id}
    if not said & {"form_title", "title", "set_form_title"}:
        own["form_title"] = definition.title
    return Workbook(book.file, {**book.sheets, "settings": [changed(rows[0], own), *rows[1:]]}, book.headers)


def _move(form: Path, media: dict[str, Path], into: Path) -> None:
    """The form last: a folder without one is no service yet."""
    target = media_folders(into / form.name)[-1]
    for name, source in media.items():
        target.mkdir(exist_ok=True)
        shutil.copyfile(source, target / name)
    form.replace(into / form.name)


def _json(checked: Report, done: Imported | None, fault: FormError | None) -> dict[str, object]:
    findings = [
        {"severity": item.severity, "code": item.code, **vars(item.place), "message": item.text}
        for item in checked.findings
    ]
    result: dict[str, object] = {"ok": done is not None, "findings": findings}
    if fault is not None:
        result["message"] = str(fault)
    if done is not None:
        result |= {"form": str(done.form), "questions": done.questions, "media": done.copied, "missing": done.missing}
    return result


def _tell(checked: Report, done: Imported | None, fault: FormError | None) -> None:
    for line in printed(checked.findings):
        _print(line)
    if fault is not None:
        _print(str(fault))
    if done is None:
        _print(tr("Nothing was imported."))
        return
    _print(plural(done.questions, "{form}: {n} question", "{form}: {n} questions", form=str(done.form)))
    for name in done.copied:
        _print(tr("copied: {name}", name=name))
    for name in done.missing:
        _print(tr("not found: {name}. Put it into the folder {folder}.", name=name, folder="form-media"))


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
