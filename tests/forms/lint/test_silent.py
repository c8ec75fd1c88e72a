"""Mistakes that other tools pass over in silence; and all that looks like one and is in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.forms.lint.tablefiles import HOSTED
from fieldapp.places.columns import COLUMNS
from fieldapp.services.reference import FEES
from tests.support.lint import findings, told

HEAD = "type | name | label | relevant | constraint | constraint_message | choice_filter | calculation\n"
SURVEY = HEAD + "select_one yn | p | P\ndate | d | D\nselect_one town | t | T\n"
CHOICES = "list_name | name | label | ward\nyn | y | Yes |\nyn | n | No |\ntown | a | A | w1\ntown | b | B | w2"


def remarks(folder: Path, row: str) -> list[tuple[str, str, str]]:
    """(code, column, suggestion) of each finding on one more row."""
    found = findings(folder, SURVEY + row, CHOICES)
    return [(item.code, item.place.column, item.suggestion) for item in found if item.place.row == 5]


@pytest.mark.parametrize(
    ("row", "code", "column", "suggestion"),
    [
        ("text | a | A | selected('y', ${p})", "swapped", "relevant", "Did you mean selected(${p}, 'y')?"),
        ("text | a | A | | regex('^[0-9]+$', .) | No", "swapped", "constraint", "Did you mean regex(., '^[0-9]+$')?"),
        ("date | a | A | | . > 2024-01-05 | No", "type-mismatch", "constraint", "Write date('2024-01-05')."),
        ("select_one yn | a | A | | | | ward = ${t}", "unknown-list-column", "choice_filter", ""),
        (
            "select_one town | a | A | | | | wards = ${t}",
            "unknown-list-column",
            "choice_filter",
            "Did you mean “ward”?",
        ),
        (
            "calculate | a | | | | | | instance('town')/root/item[name = ${t}]/lable",
            "unknown-list-column",
            "calculation",
            "Did you mean “label”?",
        ),
        ("select_one_from_file nofile.csv | a | A", "missing-file", "type", ""),
        ("calculate | a | | | | | | pulldata('nofile', 'x', 'y', ${p})", "missing-file", "calculation", ""),
        ("background-audio | a | |", "unknown-feature", "type", ""),
        ("audit | audit | |", "unknown-feature", "type", ""),
        ("text audit | a | |", "unknown-feature", "type", ""),
    ],
)
def test_a_warning(tmp_path: Path, row: str, code: str, column: str, suggestion: str) -> None:
    assert remarks(tmp_path, row) == [(code, column, suggestion)]


@pytest.mark.parametrize(
    "row",
    [
        "text | a | A | selected('y n', ${p})",
        "text | a | A | selected(${p}, 'y')",
        "calculate | a | | | | | | 2024 - 1 - 100",
        "select_one town | a | A | | | | ward = ${t} and ${p} = 'y' and name != current()/../t",
        "calculate | a | | | | | | instance('town')/root/item[ward = instance('yn')/root/item[name = 'y']/name]/label",
        "select_one_from_file here.csv | a | A | | | | town = ${t}",
        "calculate | a | | | | | | pulldata('here', 'label', 'name', ${p})",
        "calculate | a | | | | | | instance('__last-saved')/data/a",
        "calculate | a | | | | | | pulldata('wards', 'name', 'geometry', ${p})",
    ],
)
def test_nothing(tmp_path: Path, row: str) -> None:
    (tmp_path / "here.csv").write_text("name,label,town\na,A,x\n", "utf-8")
    assert remarks(tmp_path, row) == []


def test_a_column_that_a_file_lacks(tmp_path: Path) -> None:
    (tmp_path / "here.csv").write_text("name,label,town\na,A,x\n", "utf-8")
    row = "select_one_from_file here.csv | a | A | | | | twn = ${t}"
    assert remarks(tmp_path, row) == [("unknown-list-column", "choice_filter", "Did you mean “town”?")]


def test_what_the_city_has_needs_no_file() -> None:
    assert {*COLUMNS, FEES} <= HOSTED


def test_a_choice_without_a_list(tmp_path: Path) -> None:
    choices = "name | list_name | label\ny | yn | Yes\nz | | Lost"
    assert told(tmp_path, "type | name | label\nselect_one yn | p | P", choices) == [("no-list", 3, "list_name")]


@pytest.mark.parametrize(
    ("header", "language", "expected"),
    [
        ("label::English (en)", "Anglais", [("unknown-language", 2, "default_language")]),
        ("label::English (en)", "English (en)", []),
        ("label", "Anglais", []),
    ],
)
def test_the_default_language(tmp_path: Path, header: str, language: str, expected: object) -> None:
    settings = f"form_title | default_language\nF | {language}"
    assert told(tmp_path, f"type | name | {header}\ntext | a | A", "", settings) == expected
