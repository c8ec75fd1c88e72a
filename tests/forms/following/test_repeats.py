"""Answers in repeats follow instance by instance, under the keys that they have."""

from __future__ import annotations

from pathlib import Path

from fieldapp.forms.following import Homeless
from tests.support.following import carried, followed

ITEMS = """
type         | name  | label
begin_repeat | items | Items
text         | kind  | Kind
text         | note  | Note
end_repeat   |       |
"""
TWO = {"items[k1]": "1", "items[k1]/kind": "couch", "items[k2]": "2", "items[k2]/kind": "bed"}


def test_instances_keep_their_keys_and_numbers(tmp_path: Path) -> None:
    assert followed(tmp_path, ITEMS, ITEMS, TWO).fields == TWO


def test_a_renamed_repeat_takes_its_instances_along(tmp_path: Path) -> None:
    now = """
    type         | name   | label | bind::was
    begin_repeat | things | Items | items
    text         | kind   | Kind  |
    end_repeat   |        |       |
    """
    found = followed(tmp_path, ITEMS, now, TWO)
    assert found.fields == {path.replace("items", "things"): value for path, value in TWO.items()}


def test_a_repeat_in_a_new_group_moves_whole(tmp_path: Path) -> None:
    now = """
    type         | name  | label
    begin_group  | load  | Load
    begin_repeat | items | Items
    text         | kind  | Kind
    end_repeat   |       |
    end_group    |       |
    """
    found = followed(tmp_path, ITEMS, now, TWO)
    assert found.fields == {f"load/{path}": value for path, value in TWO.items()}


def test_a_question_that_leaves_its_repeat_has_no_place(tmp_path: Path) -> None:
    now = "type | name | label\ntext | kind | Kind\n"
    found = followed(tmp_path, ITEMS, now, TWO)
    assert found.fields == {carried("items[k1]/kind"): "couch", carried("items[k2]/kind"): "bed"}


def test_an_answer_never_moves_into_another_repeat(tmp_path: Path) -> None:
    before = ITEMS + "begin_repeat | people | People\ntext | who | Who\nend_repeat | | \n"
    now = """
    type         | name   | label
    begin_repeat | items  | Items
    text         | kind   | Kind
    end_repeat   |        |
    begin_repeat | people | People
    text         | who    | Who
    text         | note   | Note
    end_repeat   |        |
    """
    found = followed(tmp_path, before, now, {"items[k1]": "1", "items[k1]/note": "wet"})
    assert found.homeless == (Homeless("items[k1]/note", "wet"),)


def test_nested_repeats_keep_both_keys(tmp_path: Path) -> None:
    before = """
    type         | name | label
    begin_repeat | a    | A
    begin_repeat | b    | B
    text         | x    | X
    end_repeat   |      |
    end_repeat   |      |
    """
    now = before.replace("| x    | X", "| y    | X | x").replace("| label\n", "| label | bind::was\n", 1)
    fields = {"a[k]": "1", "a[k]/b[m]": "1", "a[k]/b[m]/x": "4"}
    assert followed(tmp_path, before, now, fields).fields["a[k]/b[m]/y"] == "4"


def test_a_repeat_that_the_form_counts_now_takes_no_added_instances(tmp_path: Path) -> None:
    now = """
    type         | name  | label | repeat_count
    begin_repeat | items | Items | 1
    text         | kind  | Kind  |
    end_repeat   |       |       |
    """
    found = followed(tmp_path, ITEMS, now, TWO)
    assert [one.path for one in found.homeless] == ["items[k1]/kind", "items[k2]/kind"]
