"""Finding choices by typing: any words, in any order, accents aside, in lists of any length."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.forms import FormSession, load_form
from ui.forms.fields.offer import Offer

STREETS = ("Élisabeth Street North", "Upper James Street", "James Street North", "King Street East", "Jameston Avenue")


def offered(folder: Path, labels: tuple[str, ...] = STREETS) -> Offer:
    """An offer over a list with these labels."""
    rows = "".join(f"| | street | s{number} | {label} |\n" for number, label in enumerate(labels))
    path = folder / "streets.md"
    path.write_text(
        "| survey |\n| | type | name | label |\n| | select_one street | street | Street |\n\n"
        f"| choices |\n| | list_name | name | label |\n{rows}",
        "utf-8",
    )
    session = FormSession(load_form(path))
    offer = Offer()
    offer.refresh(session, session.node("street"))
    return offer


def long_offer(folder: Path, count: int) -> Offer:
    """An offer over a table beside the form, of which only what shows is read."""
    lines = "".join(f"a{number},{number} Élisabeth Street\n" for number in range(count))
    (folder / "addresses.csv").write_text(f"name,label\n{lines}", "utf-8")
    path = folder / "long.md"
    survey = "| survey |\n| | type | name | label |\n| | select_one_from_file addresses.csv | at | Address |\n"
    path.write_text(survey, "utf-8")
    session = FormSession(load_form(path))
    offer = Offer()
    offer.refresh(session, session.node("at"))
    return offer


def test_all_typed_words_must_be_there_in_any_order(tmp_path: Path) -> None:
    found = offered(tmp_path).find("north james", 10)
    assert [choice.label for choice in found.choices] == ["James Street North"]


def test_what_begins_so_comes_first(tmp_path: Path) -> None:
    found = offered(tmp_path).find("james", 10)
    assert [choice.name for choice in found.choices] == ["s2", "s4", "s1"]


def test_accents_and_case_do_not_matter(tmp_path: Path) -> None:
    assert [choice.name for choice in offered(tmp_path).find("ELISABETH", 10).choices] == ["s0"]


def test_nothing_typed_offers_the_list_from_its_start(tmp_path: Path) -> None:
    found = offered(tmp_path).find("", 2)
    assert ([choice.name for choice in found.choices], found.total) == (["s0", "s1"], 5)


def test_only_one_choice_can_be_meant(tmp_path: Path) -> None:
    offer = offered(tmp_path)
    assert offer.meant("street") is None
    meant = offer.meant("upper")
    assert meant is not None
    assert meant.name == "s1"


def test_a_whole_label_is_meant_even_where_others_hold_it(tmp_path: Path) -> None:
    meant = offered(tmp_path, ("King", "King East")).meant("king")
    assert meant is not None
    assert meant.name == "s0"


@pytest.mark.parametrize("typed", ["", "   "])
def test_nothing_means_nothing(tmp_path: Path, typed: str) -> None:
    assert offered(tmp_path).meant(typed) is None


def test_a_long_table_is_searched_where_it_lies(tmp_path: Path) -> None:
    offer = long_offer(tmp_path, 20_000)
    found = offer.find("elisabeth 1999", 5)
    assert found.total == 12
    assert found.choices[0].label == "1999 Élisabeth Street"
    assert offer.named("a19999") is not None


def test_what_people_call_a_choice_finds_it_too(tmp_path: Path) -> None:
    path = tmp_path / "kinds.md"
    path.write_text(
        "| survey |\n| | type | name | label |\n| | select_one kind | kind | Kind |\n\n"
        "| choices |\n| | list_name | name | label | also |\n"
        "| | kind | eating | Eating establishment | café restaurant |\n| | kind | shop | Food shop |  |\n",
        "utf-8",
    )
    session, offer = FormSession(load_form(path)), Offer()
    offer.refresh(session, session.node("kind"))
    meant = offer.meant("restau")
    assert meant is not None
    assert meant.name == "eating"
    assert offer.meant("café shop") is None
