"""`include`: shared blocks come whole, with their languages and lists, and their faults keep their own file."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.errors import FormError
from fieldapp.forms import FormSession, load_form
from fieldapp.forms.lint.check import check_form
from fieldapp.forms.xlsform.prefixing import renamed
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
    places = [(item.place.file, item.place.sheet, item.place.row) for item in findings if item.severity == "error"]
    assert places == [("b1.md", "choices", 2)]


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


# An include with a condition, a prefix, lists of the form's own

WITH = "type | name | label | relevant | parameters\ninteger | n | N | |\n"


def test_an_includes_condition_holds_for_all_of_the_block(tmp_path: Path, blocks: Path) -> None:
    definition = load_form(write_form(tmp_path, WITH + "include | b1 | | ${n} > 1 |"), blocks=blocks)
    session = FormSession(definition)
    assert not session.node("first").relevant
    session.set("n", "2")
    assert session.node("first").relevant
    assert not session.node("guard").relevant  # its own condition does not hold yet
    session.set("adult", "no")
    assert session.node("guard").relevant


def test_questions_in_a_blocks_group_have_the_condition_from_the_group(tmp_path: Path, blocks: Path) -> None:
    survey = "type | name | label | relevant\nbegin_group | g | G |\ntext | t | T | 1 = 1\nend_group | | |"
    (blocks / "grouped.md").write_text(markdown(survey), "utf-8")
    definition = load_form(write_form(tmp_path, WITH + "include | grouped | | ${n} > 1 |"), blocks=blocks)
    assert "/data/n" in definition.questions["g"].bind.relevant
    assert "/data/n" not in definition.questions["g/t"].bind.relevant


def test_a_block_can_be_there_twice_under_prefixes(tmp_path: Path, blocks: Path) -> None:
    survey = WITH + "include | b1 | | | prefix=owner_\ninclude | b1 | | | prefix=agent_"
    session = FormSession(load_form(write_form(tmp_path, survey), blocks=blocks))
    session.set("owner_adult", "no")
    assert session.node("owner_guard").relevant
    assert not session.node("agent_guard").relevant


def test_a_prefix_goes_before_every_name_that_must_be_its_own(tmp_path: Path, blocks: Path) -> None:
    survey = """
type              | name | label | bind::pdf | bind::was
text              | a    | A     | Field     | old g/older
begin_repeat      | r    | R     |           |
text              | b    | B     |           |
end_repeat        |      |       |           |
select_one ${r}   | c    | C ${a} |          |
"""
    (blocks / "named.md").write_text(markdown(survey), "utf-8")
    survey = WITH + "include | named | | | prefix=x_\ninclude | named | | | prefix=y_"
    form = load_form(write_form(tmp_path, survey), blocks=blocks)
    assert form.questions["x_a"].extra == {"pdf": "x_Field", "was": "x_old g/x_older"}
    choices = form.questions["y_c"].choices
    assert choices is not None
    assert "y_r" in choices.nodeset


def test_a_block_twice_in_one_group_asks_for_a_prefix(tmp_path: Path, blocks: Path) -> None:
    findings = check_form(write_form(tmp_path, WITH + "include | b1 | | |\ninclude | b1 | | |"), blocks)
    assert {item.code for item in findings if item.severity == "error"} == {"name-taken"}
    assert "prefix" in findings[0].suggestion


def test_the_forms_own_list_stands_in_for_the_blocks(tmp_path: Path, blocks: Path) -> None:
    mine = "list_name | name | label\nmaybe | yes | Yes\nmaybe | no | No\nmaybe | unsure | Not sure"
    path = write_form(tmp_path, WITH + "include | b1 | | | yn=maybe", mine)
    session = FormSession(load_form(path, blocks=blocks))
    assert [choice.name for choice in session.choices(session.node("adult"))] == ["yes", "no", "unsure"]


@pytest.mark.parametrize(("mine", "default"), [("guest host", "guest"), ("guest owner", "owner")])
def test_a_default_that_the_forms_own_list_lacks_is_its_first_choice(
    tmp_path: Path, blocks: Path, mine: str, default: str
) -> None:
    survey = "type | name | label | default\nselect_one who | w | Who? | owner"
    (blocks / "role.md").write_text(markdown(survey, "list_name | name | label\nwho | owner | Owner"), "utf-8")
    own = "list_name | name | label\n" + "\n".join(f"part | {name} | {name}" for name in mine.split())
    session = FormSession(load_form(write_form(tmp_path, WITH + "include | role | | | who=part", own), blocks=blocks))
    assert session.node("w").value == default


def test_a_prefix_reaches_blocks_inside_the_block(tmp_path: Path, blocks: Path) -> None:
    (blocks / "outer.md").write_text(markdown("type | name | parameters\ninclude | b1 | prefix=in_"), "utf-8")
    form = load_form(write_form(tmp_path, WITH + "include | outer | | | prefix=out_"), blocks=blocks)
    assert "out_in_first" in form.questions
    assert "out_in_adult" in form.questions["out_in_guard"].bind.relevant


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ("prefix", "is no parameter"),
        ("prefix=9x", "cannot begin a name"),
        ("role=mine", "no choice list “role”"),
    ],
)
def test_a_parameter_that_means_nothing(tmp_path: Path, blocks: Path, parameters: str, reason: str) -> None:
    (finding, *_) = check_form(write_form(tmp_path, WITH + f"include | b1 | | | {parameters}"), blocks)
    assert (finding.code, finding.place.row, finding.place.column) == ("bad-include", 3, "parameters")
    assert reason in finding.message


def test_an_include_that_is_switched_off_brings_nothing(tmp_path: Path, blocks: Path) -> None:
    path = write_form(tmp_path, "type | name | label | disabled\ntext | a | A |\ninclude | b1 | | yes")
    assert "first" not in load_form(path, blocks=blocks).questions


@pytest.mark.parametrize(
    ("expression", "under_prefix"),
    [
        ("${a} = 'a' and a", "${a} = 'a' and p_a"),
        ("count(${r}[a != ''])", "count(${r}[p_a != ''])"),
        ("../a + ../../other", "../p_a + ../../other"),
        ("a(1) + @a + child::a", "a(1) + @a + child::p_a"),
        ("instance('t')/root/item[a = 1]/a + a", "instance('t')/root/item[a = 1]/a + p_a"),
        (
            "instance('t')/root/item[a = current()/../a and a]/x",
            "instance('t')/root/item[a = current()/../p_a and a]/x",
        ),
        ("if(a, instance('t')/root/a, a)", "if(p_a, instance('t')/root/a, p_a)"),
        ("x[a = instance('t')/root/item[a]/a]/a", "x[p_a = instance('t')/root/item[a]/a]/p_a"),
        ("a - a mod 2 * a", "p_a - p_a mod 2 * p_a"),
        ('"a" | a', '"a" | p_a'),
    ],
)
def test_names_in_a_blocks_expressions(expression: str, under_prefix: str) -> None:
    assert renamed(expression, lambda name: f"p_{name}" if name == "a" else name) == under_prefix


# The blocks that ship with the program

CASE = """
type        | name    | label | parameters | relevant
begin_group | case    | Case  |            |
include     | b1_case |       |            |
end_group   |         |       |            |
"""


@pytest.mark.parametrize("block", ["b2_person", "b3_place", "b4_notice", "b6_persons", "b6_photos", "b6_visit"])
def test_a_shipped_block_can_be_there_twice(tmp_path: Path, block: str) -> None:
    rows = [f"include | {block} | | prefix={prefix} | ${{channel}} = 'phone'" for prefix in ("one_", "two_")]
    path = write_form(tmp_path, CASE + "\n".join(rows))
    assert [item for item in check_form(path) if item.code not in {"missing-translation", "no-label"}] == []
    names = set(load_form(path).questions)
    assert {name.replace("one_", "two_") for name in names} <= names
