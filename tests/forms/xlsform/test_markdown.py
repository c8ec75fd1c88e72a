"""A workbook written as Markdown reads as the same workbook."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.errors import Place
from fieldapp.forms.xlsform.markdown import markdown_of, with_breaks
from fieldapp.forms.xlsform.rows import Row, Workbook
from fieldapp.forms.xlsform.workbook import read_workbook

SIGNS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"], exclude_characters="<")
WORD = st.text(SIGNS, min_size=1, max_size=8)
TEXT = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
LINES = st.lists(TEXT, min_size=1, max_size=3).map("\n".join)


def book(rows: list[dict[str, str]]) -> Workbook:
    """A workbook of one sheet."""
    return Workbook("f.md", {"survey": [Row(row, Place("f.md", "survey", at)) for at, row in enumerate(rows, 2)]})


def read(text: str) -> Workbook:
    """The workbook in a Markdown text."""
    return read_workbook(Path("f.md"), text.encode())


@settings(deadline=None)  # the first reading imports pyxform
@given(st.lists(st.fixed_dictionaries({"type": st.just("text"), "name": st.just("t"), "label": LINES}), min_size=1))
def test_it_reads_back(rows: list[dict[str, str]]) -> None:
    written = read(markdown_of(book(rows)))
    assert [dict(row.cells) for row in written.rows("survey")] == rows


def test_pipes_breaks_and_blank_cells() -> None:
    rows = [{"type": "text", "name": "a", "label": "One | two\n\nthree", "constraint": "regex(., '^a\\|b$')"}]
    rows.append({"type": "note", "label": "# not a comment"})
    text = markdown_of(book(rows))
    assert "One \\| two<br><br>three" in text
    assert [dict(row.cells) for row in read(text).rows("survey")] == rows


def test_columns_keep_the_order_of_the_sheet_and_blank_ones_go() -> None:
    made = book([{"name": "a", "type": "text"}])
    made.headers["survey"] = ["type", "label", "name"]
    assert markdown_of(made).splitlines()[1] == "| | type | name |"


def test_breaks() -> None:
    assert with_breaks("One <br/> two<BR>three <b>four</b>") == "One\ntwo\nthree <b>four</b>"
