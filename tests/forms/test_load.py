"""Forms from every kind of file; broken, cut and foreign files are refused with their place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from fieldapp.errors import FormError
from fieldapp.forms import FormSession, load_form
from fieldapp.forms.following.source import xform_of
from tests.support.forms import markdown, write_form

SURVEY = "type | name | label\ninteger | n | How many?\ntext | t | Text"


def write_xlsx(path: Path, sheets: dict[str, list[list[str]]]) -> Path:
    """A real workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_xlsx(tmp_path: Path) -> None:
    survey = [["type", "name", "label"], ["integer", "n", "How many?"], ["text", "t", "Text"]]
    settings = [["form_title", "form_id", "version"], ["My form", "mine", "3"]]
    form = load_form(write_xlsx(tmp_path / "f.xlsx", {"survey": survey, "settings": settings}))
    assert (form.title, form.id, form.version) == ("My form", "mine", "3")
    assert [question.kind for question in form.root.children[:2]] == ["integer", "text"]


def test_an_xlsx_named_xls(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "f.xlsx", {"survey": [["type", "name", "label"], ["integer", "n", "How many?"]]})
    assert load_form(book.rename(tmp_path / "f.xls")).questions["n"].kind == "integer"


def test_headers_in_any_spelling(tmp_path: Path) -> None:
    survey = [["Type ", "NAME", "Label", "Choice  Filter"], ["select_one l", "one", "One", "true()"]]
    choices = [["List Name", "Name", "Label"], ["l", "a", "A"]]
    session = FormSession(load_form(write_xlsx(tmp_path / "f.xlsx", {"survey": survey, "choices": choices})))
    assert [choice.name for choice in session.choices(session.node("one"))] == ["a"]


def test_csv(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text('"survey"\n,"type","name","label"\n,"integer","n","How many?"\n', "utf-8")
    assert load_form(path).questions["n"].kind == "integer"


def test_a_file_from_another_editor(tmp_path: Path) -> None:
    path = tmp_path / "f.md"
    path.write_bytes(b"\xef\xbb\xbf" + markdown(SURVEY).replace("\n", "\r\n").encode())
    assert load_form(path).questions["n"].kind == "integer"


def test_a_converted_form_is_an_xform_that_loads_the_same(tmp_path: Path) -> None:
    from fieldapp.forms.lint.check import report

    source = write_form(tmp_path, SURVEY)
    xform = tmp_path / "f.xml"
    xform.write_bytes(report(source).xform)
    assert list(load_form(xform).questions) == list(load_form(source).questions)
    assert load_form(xform).digest == load_form(source).digest


def test_a_cached_form_needs_no_pyxform(tmp_path: Path) -> None:
    path = write_form(tmp_path, SURVEY)
    load_form(path, cache=tmp_path / "cache")
    code = (
        "import sys; from pathlib import Path; from fieldapp.forms import FormSession, load_form\n"
        f"FormSession(load_form(Path({str(path)!r}), cache=Path({str(tmp_path / 'cache')!r})))\n"
        "sys.exit('pyxform' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_changed_form_or_block_is_converted_anew(tmp_path: Path) -> None:
    blocks, cache = tmp_path / "blocks", tmp_path / "cache"
    blocks.mkdir()
    (blocks / "b.md").write_text(markdown("type | name | label\ntext | one | One"), "utf-8")
    path = write_form(tmp_path, "type | name | label\ninclude | b |")
    assert "one" in load_form(path, cache=cache, blocks=blocks).questions
    (blocks / "b.md").write_text(markdown("type | name | label\ntext | two | Two"), "utf-8")
    assert "two" in load_form(path, cache=cache, blocks=blocks).questions


def test_a_damaged_cache_is_made_anew(tmp_path: Path) -> None:
    path, cache = write_form(tmp_path, SURVEY), tmp_path / "cache"
    load_form(path, cache=cache)
    (kept,) = cache.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2])
    assert "n" in load_form(path, cache=cache).questions
    assert kept.read_bytes() == whole


def test_what_is_packed_is_converted_once_and_never_damaged(tmp_path: Path) -> None:
    path, cache = write_form(tmp_path, SURVEY), tmp_path / "cache"
    whole = xform_of(path, cache=cache)
    (kept,) = cache.iterdir()
    assert kept.read_bytes() == whole
    kept.write_bytes(whole[: len(whole) // 2])
    assert xform_of(path, cache=cache) == whole


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", "utf-8")
    assert load_form(write_form(tmp_path, SURVEY), cache=blocked / "cache").questions


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("f.md", b"", "empty"),
        ("f.md", b"# Just a text\n\nwithout tables", "no XLSForm"),
        ("f.xlsx", b"PK\x03\x04 cut", "f.xlsx"),
        ("f.xlsx", b"%PDF-1.7 something else", "f.xlsx"),
        ("f.xls", b"\xd0\xcf\x11\xe0 cut", "f.xls"),
        ("f.csv", b"a,b,c\n1,2,3\n", "f.csv"),
        ("f.md", b"\xff\xfe\x00binary", "f.md"),
        ("f.xml", b"", "empty"),
        ("f.xml", b"<a><b></a>", "no well-formed XML"),
        ("f.xml", b"<a/>", "no XForm"),
        ("f.xml", b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "f.xml"),
        ("f.docx", b"PK", "no form file"),
        ("f.md", b"| choices |\n| | list_name | name | label |\n| | l | a | A |\n", "survey"),
        ("f.md", b"| survey |\n| | type | name | label |\n", "f.md"),
    ],
)
def test_what_is_no_form_is_refused(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FormError) as error:
        load_form(path)
    assert error.value.place.file == name
    assert reason in str(error.value)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_workbook_is_refused(tmp_path: Path, share: float) -> None:
    path = write_xlsx(tmp_path / "f.xlsx", {"survey": [["type", "name", "label"], ["text", "t", "T"]]})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(FormError, match=r"f\.xlsx"):
        load_form(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormError, match="cannot be read"):
        load_form(tmp_path / "none.md")


def test_a_first_error_says_how_many_more_there_are(tmp_path: Path) -> None:
    survey = "type | name | label | relevant\ntext | a | A | nope(1)\ntext | b | B | foo(\ntext | c | C | ${d}"
    with pytest.raises(FormError, match="2 more errors") as error:
        load_form(write_form(tmp_path, survey))
    place = error.value.place
    assert (place.sheet, place.row, place.column) == ("survey", 2, "relevant")


XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms"><h:head><h:title>Old</h:title>
<model>
<instance><w id="w" xmlns="http://example.org/w"><orx:meta><orx:instanceID/></orx:meta><a>1</a>
<r jr:template=""><x/></r><r><x>5</x></r><r><x>6</x></r></w></instance>
<bind nodeset="/w/orx:meta/orx:instanceID" jr:preload="uid"/><bind nodeset="/w/a" type="xsd:int"/>
<bind nodeset="/w/r/x" type="int" calculate="/w/a * 2" relevant="/w/a &gt; 1"/></model></h:head>
<h:body><input ref="/w/a"><label>A</label></input><group><label>Only looks</label><repeat nodeset="/w/r"><input ref="x">
<label>X</label></input></repeat></group></h:body></h:html>"""


def test_an_entity_keeps_its_attributes(tmp_path: Path) -> None:
    path = tmp_path / "form.md"
    entities = "| entities |\n| | list_name | label |\n| | trees | ${kind} |\n"
    path.write_text(markdown("type | name | label | save_to\ntext | kind | Kind | species") + entities, "utf-8")
    session = FormSession(load_form(path))
    session.set("kind", "oak")
    kept = session.answers()
    assert kept["meta/entity/label"] == "oak"
    assert len(kept["meta/entity/@id"]) == 36
    again = FormSession(session.definition, kept)
    assert again.answers() == kept
    assert '<entity dataset="trees" create="1" id="' + kept["meta/entity/@id"] in again.to_xml()


def test_an_xform_written_by_another_tool(tmp_path: Path) -> None:
    path = tmp_path / "w.xml"
    path.write_text(XFORM, "utf-8")
    session = FormSession(load_form(path))
    assert [node.ref for node in session.nodes() if node.kind == "instance"] == ["/w/r[1]", "/w/r[2]"]
    session.set("/w/a", "4")
    assert [node.value for node in session.nodes() if node.name == "x"] == ["8", "8"]
    assert 'xmlns="http://example.org/w" id="w"><orx:meta>' in session.to_xml()
    assert "<orx:meta><orx:instanceID>uuid:" in session.to_xml()
