"""A record judged elsewhere: what is missing, wrong or calculated otherwise is found, and nothing that is in order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from fieldapp.clock import FixedClock
from fieldapp.forms import FormSession
from fieldapp.forms.judging import Fault, JudgedForm
from fieldapp.forms.judging.judged import same
from fieldapp.forms.session.environment import NoReference
from tests.support.forms import Tables, make_form

WARDS = Tables({"wards": [{"name": "08", "open": "yes"}]})
SURVEY = """
type          | name  | label | required | constraint  | constraint_message | calculation
text          | who   | Who   | yes      |             |                    |
integer       | area  | Area  |          | . <= 100    | At most 100.       |
select_one yn | sure  | Sure  |          |             |                    |
calculate     | price | Price |          |             |                    | ${area} * 1.5
"""
YN = """
list_name | name | label
yn        | yes  | Yes
yn        | no   | No
"""
GOOD = {"who": "Ana", "area": "10", "sure": "yes", "price": "15"}


def judged(folder: Path, survey: str, fields: Mapping[str, str], *, choices: str = YN) -> list[Fault]:
    """What a judge without a laptop's layers finds, an hour later."""
    form = JudgedForm(make_form(folder, survey, choices), tables=())
    return list(form.faults(fields, clock=FixedClock(), reference=NoReference()))


def found(folder: Path, survey: str, fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """Place and kind of each fault."""
    return [(fault.path, fault.kind) for fault in judged(folder, survey, fields)]


def test_a_record_in_order_has_no_fault(tmp_path: Path) -> None:
    assert found(tmp_path, SURVEY, GOOD) == []


@pytest.mark.parametrize(
    ("path", "value", "kind"),
    [
        ("who", "", "required"),
        ("area", "ten", "type"),
        ("sure", "perhaps", "choice"),
        ("price", "1", "calculated"),
        ("price", "", "calculated"),
    ],
)
def test_each_fault_is_found_at_its_place(tmp_path: Path, path: str, value: str, kind: str) -> None:
    faults = found(tmp_path, SURVEY, {**GOOD, path: value})
    assert (path, kind) in faults


def test_a_fault_says_why_in_the_words_of_the_form(tmp_path: Path) -> None:
    fault = judged(tmp_path, SURVEY, {**GOOD, "area": "101", "price": "151.5"})[0]
    assert (fault.path, fault.label, fault.message, fault.kind) == ("area", "Area", "At most 100.", "constraint")


def test_a_wrong_calculation_tells_the_right_one(tmp_path: Path) -> None:
    fault = judged(tmp_path, SURVEY, {**GOOD, "price": "1"})[0]
    assert (fault.expected, fault.message) == ("15", "it says 1, but the form gives 15")


def test_what_is_not_relevant_need_not_be_answered(tmp_path: Path) -> None:
    survey = "type | name | label | required | relevant\ntext | a | A | |\ntext | b | B | yes | ${a} = 'x'\n"
    assert found(tmp_path, survey, {"a": "y"}) == []
    assert found(tmp_path, survey, {"a": "x"}) == [("b", "required")]


def test_defaults_that_nobody_took_do_not_complete_a_record(tmp_path: Path) -> None:
    survey = "type | name | label | required | default\ntext | a | A | yes | x\ntext | b | B | |\n"
    assert found(tmp_path, survey, {"b": "y"}) == [("a", "required")]


@pytest.mark.parametrize(
    "source", ["today()", "uuid()", "random()", "once(now())", "jr:choice-name(${sure}, '${sure}')"]
)
def test_what_was_calculated_of_the_moment_is_taken_as_it_is(tmp_path: Path, source: str) -> None:
    survey = f"type | name | label | calculation\nselect_one yn | sure | S |\ncalculate | a | | {source}\n"
    assert found(tmp_path, survey, {"sure": "yes", "a": "whatever"}) == []


def test_what_hangs_on_a_value_of_the_moment_is_still_checked(tmp_path: Path) -> None:
    survey = """
    type      | name | label | calculation
    text      | x    | X     |
    calculate | a    |       | today()
    calculate | b    |       | string-length(${a})
    """
    assert found(tmp_path, survey, {"x": "1", "a": "2026-01-01", "b": "10"}) == []
    assert found(tmp_path, survey, {"x": "1", "a": "2026-01-01", "b": "9"}) == [("b", "calculated")]


def test_a_lookup_in_a_laptops_layers_is_taken_as_it_is(tmp_path: Path) -> None:
    survey = (
        "type | name | label | calculation\ntext | w | W |\ncalculate | a | | pulldata('wards', 'open', 'name', ${w})\n"
    )
    laptop = FormSession(make_form(tmp_path, survey), {"w": "08"}, reference=WARDS)
    assert laptop.node("a").value == "yes"
    assert found(tmp_path, survey, laptop.answers()) == []


def test_a_relevance_that_cannot_be_known_asks_for_nothing(tmp_path: Path) -> None:
    survey = """
    type        | name | label | required | relevant                                     | calculation
    text        | w    | W     |          |                                              |
    begin_group | g    | G     |          | pulldata('wards', 'open', 'name', ${w}) = 'yes' |
    text        | a    | A     | yes      |                                              |
    calculate   | b    |       |          |                                              | 1 + 1
    end_group   |      |       |          |                                              |
    """
    assert found(tmp_path, survey, {"w": "09"}) == []


def test_tables_of_the_form_are_looked_up(tmp_path: Path) -> None:
    (tmp_path / "prices.csv").write_text("code,price\nx,5\n", "utf-8")
    survey = """
    type      | name | label | calculation
    text      | c    | C     |
    calculate | p    |       | pulldata('prices', 'price', 'code', ${c})
    """
    form = JudgedForm(make_form(tmp_path, survey), tables={"prices"})
    wrong = form.faults({"c": "x", "p": "6"}, clock=FixedClock(), reference=NoReference())
    assert [fault.expected for fault in wrong] == ["5"]


def test_a_wrong_answer_deep_in_a_repeat_is_told_by_its_path(tmp_path: Path) -> None:
    survey = (
        "type | name | label | required\nbegin_repeat | r | R |\ntext | a | A | yes\ntext | b | B |\nend_repeat | | |\n"
    )
    fields = {"r[k1]": "1", "r[k1]/a": "x", "r[k2]": "2", "r[k2]/b": "x"}
    assert found(tmp_path, survey, fields) == [("r[k2]/a", "required")]


@pytest.mark.parametrize(("one", "other"), [("1", "1"), ("12.5", "12.50"), ("0.30000000000000004", "0.3"), ("", "")])
def test_numbers_are_the_same_however_they_are_written(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(("one", "other"), [("1", "2"), ("", "0"), ("a", "b"), ("nan", "1")])
def test_other_values_are_not_the_same(one: str, other: str) -> None:
    assert not same(one, other)
