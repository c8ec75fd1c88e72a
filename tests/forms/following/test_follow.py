"""A draft follows its form: what is kept, moved, asked for again, and carried along."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.forms.following import Again, Homeless, Moved, follow
from tests.support.following import VERSION, carried, followed, form

YES_NO = """
list_name | name | label
yn        | yes  | Yes
yn        | no   | No
"""
ITEMS = """
list_name | name    | label
thing     | couch   | Couch
thing     | fridge  | Fridge
thing     | bathtub | Bathtub
"""
FEWER = """
list_name | name   | label
thing     | couch  | Couch
thing     | fridge | Fridge
"""
FLAT = """
type | name | label
text | who  | Who
text | unit | Unit
"""


def test_an_answer_whose_question_stays_is_kept(tmp_path: Path) -> None:
    found = followed(tmp_path, FLAT, FLAT + "text | more | More\n", {"who": "Ana", "unit": "4"})
    assert found.fields == {"who": "Ana", "unit": "4"}
    assert found.kept == ("who", "unit")


def test_record_fields_are_left_alone(tmp_path: Path) -> None:
    found = followed(tmp_path, FLAT, FLAT, {"@state": "draft", "@lang": "fr"})
    assert found.fields == {"@state": "draft", "@lang": "fr"}


def test_what_was_carried_before_goes_on_being_carried(tmp_path: Path) -> None:
    earlier = {"@carried/0-ffffffff/floor": "2"}
    assert followed(tmp_path, FLAT, FLAT, earlier).fields == earlier


def test_an_answer_moves_to_the_only_new_question_of_its_name(tmp_path: Path) -> None:
    now = """
    type        | name  | label
    text        | who   | Who
    begin_group | place | Place
    text        | unit  | Unit
    end_group   |       |
    """
    found = followed(tmp_path, FLAT, now, {"unit": "4"})
    assert found.fields == {"place/unit": "4"}
    assert found.moved == (Moved("unit", "place/unit"),)


def test_two_new_questions_of_the_name_are_no_place(tmp_path: Path) -> None:
    now = """
    type        | name | label
    begin_group | a    | A
    text        | unit | Unit
    end_group   |      |
    begin_group | b    | B
    text        | unit | Unit
    end_group   |      |
    """
    found = followed(tmp_path, FLAT, now, {"unit": "4"})
    assert found.homeless == (Homeless("unit", "4"),)


def test_a_question_that_was_there_before_takes_no_other_answer(tmp_path: Path) -> None:
    before = """
    type        | name | label
    text        | unit | Unit
    begin_group | a    | A
    text        | unit | Unit of A
    end_group   |      |
    """
    now = """
    type        | name | label
    begin_group | a    | A
    text        | unit | Unit of A
    end_group   |      |
    """
    found = followed(tmp_path, before, now, {"unit": "4", "a/unit": "5"})
    assert found.fields == {"a/unit": "5", carried("unit"): "4"}


@pytest.mark.parametrize("was", ["unit", "flat unit", "suite unit"])
def test_the_author_says_what_a_question_was(tmp_path: Path, was: str) -> None:
    now = f"""
    type | name      | label | bind::was
    text | who       | Who   |
    text | apartment | Unit  | {was}
    """
    found = followed(tmp_path, FLAT, now, {"unit": "4"})
    assert found.moved == (Moved("unit", "apartment"),)


def test_what_a_question_was_counts_once_only(tmp_path: Path) -> None:
    now = """
    type | name      | label | bind::was
    text | apartment | Unit  | unit
    text | unit      | Units |
    """
    found = followed(tmp_path, now, now, {"unit": "new", "apartment": "4"})
    assert found.fields == {"unit": "new", "apartment": "4"}


def test_two_questions_can_swap_their_names(tmp_path: Path) -> None:
    now = """
    type | name   | label | bind::was
    text | person | Who   | who
    text | who    | Unit  |
    """
    found = followed(tmp_path, "type | name | label\ntext | who | Who\n", now, {"who": "Ana"})
    assert found.fields == {"person": "Ana"}


def test_a_renamed_group_takes_its_answers_along(tmp_path: Path) -> None:
    before = """
    type        | name  | label
    begin_group | place | Place
    text        | unit  | Unit
    end_group   |       |
    """
    now = """
    type        | name | label | bind::was
    begin_group | site | Place | place
    text        | unit | Unit  |
    end_group   |      |       |
    """
    assert followed(tmp_path, before, now, {"place/unit": "4"}).fields == {"site/unit": "4"}


def test_an_answer_without_a_question_is_carried_along(tmp_path: Path) -> None:
    found = followed(tmp_path, FLAT, "type | name | label\ntext | who | Who\n", {"who": "Ana", "unit": "4"})
    assert found.fields == {"who": "Ana", carried("unit"): "4"}
    assert found.homeless == (Homeless("unit", "4"),)


def test_a_type_that_no_longer_fits_is_asked_again(tmp_path: Path) -> None:
    now = "type | name | label\ntext | who | Who\ninteger | unit | Unit\n"
    found = followed(tmp_path, FLAT, now, {"unit": "4b"})
    assert found.fields == {carried("unit"): "4b"}
    assert found.again == (Again("unit", "unit", "4b", "“4b” is not a whole number."),)


def test_an_answer_that_fits_the_new_type_is_kept(tmp_path: Path) -> None:
    now = "type | name | label\ninteger | unit | Unit\n"
    assert followed(tmp_path, FLAT, now, {"unit": " 04 "}).fields == {"unit": "4"}


def test_a_choice_that_is_gone_is_asked_again(tmp_path: Path) -> None:
    survey = "type | name | label\nselect_one thing | item | Item\n"
    found = followed(tmp_path, survey, survey, {"item": "bathtub"}, choices=(ITEMS, FEWER))
    assert found.fields == {carried("item"): "bathtub"}
    assert [one.question for one in found.again] == ["item"]


def test_of_several_choices_those_that_are_left_stay(tmp_path: Path) -> None:
    survey = "type | name | label\nselect_multiple thing | item | Items\n"
    found = followed(tmp_path, survey, survey, {"item": "couch bathtub fridge"}, choices=(ITEMS, FEWER))
    assert found.fields == {"item": "couch fridge", carried("item"): "couch bathtub fridge"}
    assert len(found.again) == 1


def test_a_choice_behind_a_filter_still_fits(tmp_path: Path) -> None:
    survey = """
    type             | name | label | choice_filter
    text             | who  | Who   |
    select_one thing | item | Item  | name != ${who}
    """
    found = followed(tmp_path, survey, survey, {"who": "couch", "item": "couch"}, choices=(ITEMS, FEWER))
    assert found.fields == {"who": "couch", "item": "couch"}


def test_a_confirmation_is_given_by_a_person(tmp_path: Path) -> None:
    now = "type | name | label\nacknowledge | who | Agreed\n"
    assert [one.path for one in followed(tmp_path, FLAT, now, {"who": "yes"}).again] == ["who"]


def test_a_text_is_no_file(tmp_path: Path) -> None:
    now = "type | name | label\nimage | who | Photo\n"
    assert [one.path for one in followed(tmp_path, FLAT, now, {"who": "Ana"}).again] == ["who"]


def test_a_photo_stays_a_file(tmp_path: Path) -> None:
    photo = "9f" * 32 + ".jpg"
    before, now = "type | name | label\nimage | a | A\n", "type | name | label\nfile | a | A\n"
    assert followed(tmp_path, before, now, {"a": photo}).fields == {"a": photo}


def test_a_persons_answer_is_not_overwritten_by_a_calculation(tmp_path: Path) -> None:
    now = "type | name | label | calculation\ntext | who | Who |\ncalculate | unit | | 1 + 1\n"
    assert followed(tmp_path, FLAT, now, {"unit": "4"}).fields == {carried("unit"): "4"}


def test_what_the_form_wrote_is_no_answer_to_carry(tmp_path: Path) -> None:
    before = "type | name | label | calculation\ntext | who | Who |\ncalculate | fee | | 1 + 1\nstart | begun | |\n"
    found = followed(tmp_path, before, FLAT, {"who": "Ana", "fee": "2", "begun": "2026-11-23T09:00:00.000-05:00"})
    assert found.fields == {"who": "Ana"}


def test_the_records_own_mark_stays(tmp_path: Path) -> None:
    found = followed(tmp_path, FLAT, FLAT + "text | more | More\n", {"meta/instanceID": "uuid:1"})
    assert found.fields == {"meta/instanceID": "uuid:1"}


def test_without_the_older_form_its_paths_say_what_it_asked(tmp_path: Path) -> None:
    now = form(tmp_path / "new", "type | name | label\ntext | who | Who\n")
    found = follow(None, now, {"who": "Ana", "unit": "4"}, version=VERSION)
    assert found.fields == {"who": "Ana", carried("unit"): "4"}


def test_edits_lead_from_the_old_fields_to_the_new(tmp_path: Path) -> None:
    before = {"@state": "draft", "who": "Ana", "unit": "4"}
    found = followed(tmp_path, FLAT, "type | name | label\ntext | who | Who\n", before)
    assert found.edits(before) == {carried("unit"): "4", "unit": None}


def test_what_an_opened_form_lets_go_of_is_carried_too(tmp_path: Path) -> None:
    found = followed(tmp_path, FLAT, FLAT, {"who": "Ana", "unit": "4"}).without({"unit"}, "1-0a1b2c3d")
    assert found.fields == {"who": "Ana", carried("unit"): "4"}
    assert found.homeless == (Homeless("unit", "4"),)
