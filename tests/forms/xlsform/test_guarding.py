"""XLSForm files that are too large, in other encodings, or hold more than cells."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from fieldapp.errors import FormError
from fieldapp.forms import load_form
from fieldapp.forms.xlsform.guarding import check_book, text_of
from fieldapp.forms.xlsform.workbook import read_workbook
from tests.support.forms import markdown

SURVEY = "type | name | label\ntext | t | Où est l'érable?"


def workbook() -> bytes:
    """A small .xlsx form."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    sheet.append(["type", "name", "label"])
    sheet.append(["text", "t", "T"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def swollen(content: bytes, by: int) -> bytes:
    """The workbook with `by` bytes of blanks in its sheet, which compress to almost nothing."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"<sheetData>", b"<sheetData>" + b" " * by))
    return made.getvalue()


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(swollen(workbook(), 200 << 20))
    begun = time.monotonic()
    with pytest.raises(FormError, match=r"bomb\.xlsx: this workbook is too large: it unpacks to 200 MB"):
        load_form(path)
    assert time.monotonic() - begun < 1


def test_a_usual_workbook_passes(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    path.write_bytes(swollen(workbook(), 1 << 20))
    assert "t" in load_form(path).questions


@pytest.mark.parametrize("content", [b"", b"PK", b"no archive at all"])
def test_what_is_no_archive_is_left_to_its_reader(content: bytes) -> None:
    check_book(content, "f.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "f.md"
    path.write_bytes(markdown(SURVEY).encode(encoding))
    form = load_form(path)
    assert form.text(form.questions["t"].label, "") == "Où est l'érable?"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"type\x81\x8d", b"\xff\xfe\x00\xd8\x00\x00"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(FormError, match="UTF-8"):
        text_of(content, "f.md")


def test_a_text_that_is_too_large_is_refused() -> None:
    with pytest.raises(FormError, match="32 MB"):
        text_of(b" " * ((32 << 20) + 1), "f.csv")


def test_a_cell_that_is_too_long_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "f.md"
    path.write_text(markdown(f"type | name | label\ntext | t | {'x' * 1_000_001}"), "utf-8")
    with pytest.raises(FormError, match="too long") as error:
        load_form(path)
    assert (error.value.place.sheet, error.value.place.row, error.value.place.column) == ("survey", 2, "label")


@pytest.mark.parametrize("levels", [100, 150])
def test_groups_in_groups(tmp_path: Path, levels: int) -> None:
    rows = [f"begin_group | g{number} | G" for number in range(levels)]
    survey = "\n".join(["type | name | label", *rows, "text | t | T", *["end_group | |"] * levels])
    path = tmp_path / "f.md"
    path.write_text(markdown(survey), "utf-8")
    assert len(load_form(path).questions) == levels + 4


@pytest.mark.parametrize("name", ["f.xml", "f.xls"])
def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(10 << 30)
    with pytest.raises(FormError, match="64 MB"):
        load_form(tmp_path / name)


def test_what_no_xml_can_carry_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "f.md"
    path.write_text(markdown("type | name | label\ntext | t\x01 | A\x00B"), "utf-8")
    form = load_form(path)
    assert form.text(form.questions["t"].label, "") == "AB"


def test_a_survey_of_too_many_rows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    rows = "".join(f",text,q{n},Q\n" for n in range(20_001))
    path.write_text(f"survey\n,type,name,label\n{rows}", "utf-8")
    with pytest.raises(FormError, match="this survey has 20001 rows; at most 20000 can be read"):
        read_workbook(path, path.read_bytes())


@pytest.mark.parametrize(
    ("begins", "kind"), [(b"\x89PNG\r\n\x1a\n", ".png"), (b"%PDF-1.7", ".pdf"), (b"PK\x03\x04", ".xlsx")]
)
def test_a_picture_is_no_text(begins: bytes, kind: str) -> None:
    with pytest.raises(FormError, match=f"this is no text: it is a file of the kind {kind}"):
        text_of(begins + b"\x00\x01", "form.md")
