"""Blank forms: of every service, in both languages, fillable, tagged, and the same bytes each time."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from fieldapp.documents.blank import MARK, Mark, blank_form, paper_of
from fieldapp.documents.blank.paper import Entry, Heading, Words
from fieldapp.texts import french
from tests.support.papers import SAMPLE, SERVICES, blank, catalogue, faults, paper


def fields_of(pdf: bytes) -> dict[str, object]:
    return dict(PdfReader(io.BytesIO(pdf)).get_fields() or {})


def entry(service: str, field: str, language: str = "en") -> Entry:
    return next(one for one in paper(service, language).entries if one.field == field)


@pytest.mark.parametrize("service", SAMPLE)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_blank_form_is_tagged_for_screen_readers(service: str, language: str) -> None:
    assert faults(blank(service, language)) == []


def test_so_is_one_in_large_print() -> None:
    assert faults(blank("bulk-pickup", "fr", large=True)) == []


@pytest.mark.soak
@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("large", [False, True])
def test_all_of_them_are_in_every_print(service: str, language: str, large: bool) -> None:
    assert faults(blank(service, language, large=large)) == []


@pytest.mark.parametrize("service", SAMPLE)
def test_every_place_to_answer_is_a_field(service: str) -> None:
    wanted = {name for one in paper(service).entries for name in one.fields} | {MARK}
    assert set(fields_of(blank(service))) == wanted


def test_the_same_form_is_the_same_bytes() -> None:
    assert blank_form(paper("bulk-pickup")) == blank("bulk-pickup")


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_something_to_fill_in_under_names_of_its_own(service: str) -> None:
    for language in ("en", "fr"):
        names = [name for one in paper(service, language).entries for name in one.fields]
        assert names
        assert len(names) == len(set(names))


@pytest.mark.parametrize("service", SERVICES)
def test_both_languages_ask_the_same(service: str) -> None:
    assert [one.fields for one in paper(service).entries] == [one.fields for one in paper(service, "fr").entries]


def test_the_mark_says_which_form_it_is() -> None:
    value = PdfReader(io.BytesIO(blank("bulk-pickup", "fr"))).get_fields()[MARK]["/V"]  # type: ignore[index] # it has
    assert Mark.read(str(value)) == Mark("bulk-pickup", catalogue().get("bulk-pickup").form_version, "fr")


def test_the_mark_is_in_the_metadata_too() -> None:
    import pikepdf

    with pikepdf.open(io.BytesIO(blank("bulk-pickup"))) as pdf, pdf.open_metadata() as metadata:
        assert metadata["{https://fieldapp.example/ns/form/1.0/}service"] == "bulk-pickup"


def test_the_notice_of_collection_stands_in_front() -> None:
    assert "under the Municipal Act" in paper("bulk-pickup").notice
    assert "Loi de 2001 sur les municipalités" in paper("bulk-pickup", "fr").notice


def test_residents_are_not_asked_what_staff_know() -> None:
    paths = {one.path for one in paper("building-permit").entries}
    assert not paths & {"case/channel", "case/site", "fee/pay_method", "fee/terminal_ref"}
    assert "case/more_case/interpreter" in paths


def test_staff_are_asked_on_their_own_papers() -> None:
    assert {"visit/arrived_at", "case/site"} <= {one.path for one in paper("building-inspection").entries}


def test_conditions_are_said_in_plain_words() -> None:
    assert entry("bulk-pickup", "items/item#1/item_other").only == "Only if “What is it?” is “Something else”."
    french_words = entry("bulk-pickup", "items/item#1/item_other", "fr").only
    assert french_words == "Seulement si «\u00a0Quel article?\u00a0» est «\u00a0Autre chose\u00a0»."


def test_what_only_a_calculation_knows_applies_or_not() -> None:
    assert entry("bulk-pickup", "items/item#1/over_1_2m").only == "Only if it applies."


def test_a_repeat_has_as_many_rows_as_its_form_allows_and_says_what_to_do_with_more() -> None:
    parts = paper("bulk-pickup").parts
    assert [one.text for one in parts if isinstance(one, Heading) and one.text.startswith("Item ")][-1] == "Item 4 of 4"
    assert any(isinstance(one, Words) and one.text.startswith("More than 4?") for one in parts)


def test_a_list_that_follows_from_other_answers_is_asked_later() -> None:
    parts = paper("building-inspection").parts
    assert any(isinstance(one, Words) and "the list follows from your other answers" in one.text for one in parts)
    assert not any(one.path.startswith("checklist/") for one in paper("building-inspection").entries)


def test_choices_are_circles_boxes_or_a_list() -> None:
    kinds = {one.path: one.kind for one in paper("building-permit").entries}
    assert kinds["project/b_purpose"] == "one"
    assert kinds["law/law_items"] == "several"
    assert kinds["drawings/sets/drawing/drawing_type"] == "list"
    assert kinds["declaration/declare"] == "tick"
    assert kinds["project/b_desc"] == "lines"


def test_what_must_go_along_is_named() -> None:
    assert "Two sets of drawings to scale" in paper("building-permit").bring


def test_a_form_in_french_says_nothing_in_english() -> None:
    said = paper_of(catalogue().get("building-permit"), "fr")
    english = {text for text in french() if len(text) > 12 and "{" not in text}
    words = [one.text for one in said.parts if isinstance(one, Heading | Words)]
    words += [word for one in said.entries for word in (one.label, one.hint, one.only, one.how)]
    assert not english & set(words)
