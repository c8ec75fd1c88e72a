"""`include`: shared blocks come whole, with their languages and lists, and their faults keep their own file."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.errors import FormError
from fieldapp.forms import FormSession, load_form
from fieldapp.forms.lint.check import check_form
from tests.support.forms import markdown, write_form

PERSON = """
type             | name  | label::English (en) | label::French (fr) | relevant
text             | first | First name          | Prénom             |
select_one yn    | adult | Of age?             | Majeur?            |
text             | guard | Guardian            | Tuteur             | ${adult} = 'no'
"""
YN = """
list_name | name | label::English (en) | label::French (fr)
yn        | yes  | Yes                 | Oui
yn        | no   | No                  | Non
"""
FORM = """
type        | name   | label::English (en)
begin_group | person | Person
include     | b1     |
end_group   |        |
text        | note   | Note
"""


@pytest.fixture
def blocks(tmp_path: Path) -> Path:
    folder = tmp_path / "blocks"
    folder.mkdir()
    (folder / "b1.md").write_text(markdown(PERSON, YN), "utf-8")
    return folder


def test_a_block_brings_questions_lists_and_languages(tmp_path: Path, blocks: Path) -> None:
    definition = load_form(write_form(tmp_path, FORM), blocks=blocks)
    assert list(definition.questions)[1:6] == ["person", "person/first", "person/adult", "person/guard", "note"]
    session = FormSession(definition, language="fr")
    assert session.label(session.node("person/first")) == "Prénom"
    assert [choice.label for choice in session.choices(session.node("person/adult"))] == ["Oui", "Non"]
    session.set("person/adult", "no")
    assert session.node("person/guard").relevant


def test_a_list_that_says_the_same_twice_is_one(tmp_path: Path, blocks: Path) -> None:
    (blocks / "b2.md").write_text(markdown("type | name | label::English (en)\nselect_one yn | ok | OK?", YN), "utf-8")
    survey = FORM + "include | b2 |\n"
    definition = load_form(write_form(tmp_path, survey, YN), blocks=blocks)
    session = FormSession(definition)
    assert len(session.choices(session.node("ok"))) == 2


def test_a_list_that_says_something_else_is_refused(tmp_path: Path, blocks: Path) -> None:
    other = "list_name | name | label::English (en)\nyn | maybe | Maybe"
    findings = check_form(write_form(tmp_path, FORM, other), blocks)
    assert [(item.place.file, item.place.sheet, item.place.row) for item in findings] == [("b1.md", "choices", 2)]


def test_blocks_may_include_blocks_but_not_themselves(tmp_path: Path, blocks: Path) -> None:
    (blocks / "outer.md").write_text(markdown("type | name\ninclude | b1"), "utf-8")
    assert "first" in load_form(write_form(tmp_path, "type | name\ninclude | outer"), blocks=blocks).questions
    (blocks / "loop.md").write_text(markdown("type | name\ninclude | loop"), "utf-8")
    with pytest.raises(FormError, match="includes itself"):
        load_form(write_form(tmp_path, "type | name\ninclude | loop"), blocks=blocks)


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("include | missing |", "name", "no block “missing”"),
        ("include | ../b1 |", "name", "no block"),
        ("include |  |", "name", "needs the name"),
        ("include | b1 | A label", "label", "no other columns"),
    ],
)
def test_an_include_that_cannot_be(tmp_path: Path, blocks: Path, row: str, column: str, reason: str) -> None:
    path = write_form(tmp_path, f"type | name | label\ntext | a | A\n{row}")
    finding = check_form(path, blocks)[0]
    assert (finding.place.row, finding.place.column) == (3, column)
    assert reason in finding.message


def test_a_fault_in_a_block_is_named_in_its_file(tmp_path: Path, blocks: Path) -> None:
    (blocks / "bad.md").write_text(
        markdown("type | name | label | relevant\ntext | x | X |\ntext | y | Y | nope()"), "utf-8"
    )
    findings = check_form(write_form(tmp_path, "type | name | label\ninclude | bad |"), blocks)
    places = [(item.place.file, item.place.row, item.place.column) for item in findings]
    assert places == [("bad.md", 3, "relevant")]
