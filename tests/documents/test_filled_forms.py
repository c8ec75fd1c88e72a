"""Forms that come back filled give the same answers as typed ones; nothing that somebody wrote is dropped unsaid."""

from __future__ import annotations

import contextlib
import io
import random
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pytest

from fieldapp.clock import FixedClock
from fieldapp.documents.blank import MARK, Entry
from fieldapp.documents.blank.paper import Mark, Option, Paper
from fieldapp.documents.filled import Taken, read_filled, taken
from fieldapp.errors import FormError, InputError
from fieldapp.forms import FormSession
from tests.support.forms import make_session
from tests.support.papers import SAMPLE, SERVICES, blank, catalogue, faults, fill, made_up, paper, typed


def session(service: str) -> FormSession:
    """A new record's form, over the service's own tables."""
    found = catalogue().get(service)
    clock = FixedClock()
    return FormSession(
        found.form(), clock=clock, reference=found.reference_data(clock=clock), functions=found.functions()
    )


def written(service: str, language: str = "en") -> dict[str, str]:
    """Something in every field."""
    form = catalogue().get(service).form()
    values: dict[str, str] = {}
    for n, entry in enumerate(paper(service, language).entries):
        values |= made_up(entry, form.questions[entry.path], n)
    return values


def ref(entry: Entry, root: str) -> str:
    """Where the entry's answer stands, when every row is filled."""
    path, rows = entry.path, list(entry.rows)
    for repeat in reversed(entry.repeats):
        path = f"{repeat}[{rows.pop()}]{path[len(repeat) :]}"
    return f"/{root}/{path}"


def by_hand(service: str, values: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The answers that typing gives, by place without keys, and the labels of what typing refuses."""
    filling, refused, done = session(service), [], {}
    for entry in paper(service).entries:
        for depth, repeat in enumerate(entry.repeats):
            outer = "".join(f"[{row}]" for row in entry.rows[:depth])
            assert not outer, "no sample has repeats inside repeats"
            while len(filling.node(f"/{filling.definition.root_name}/{repeat}").children) < entry.rows[depth]:
                filling.add(f"/{filling.definition.root_name}/{repeat}")
        place = ref(entry, filling.definition.root_name)
        try:
            filling.set(place, typed(entry, values))
            done[place] = filling.node(place).path
        except FormError:
            refused.append(entry.label)
    kept = filling.answers()
    return {place: kept[path] for place, path in done.items() if path in kept}, refused


def came_back(service: str, language: str, values: Mapping[str, str]) -> tuple[FormSession, Taken]:
    filled = read_filled(fill(blank(service, language), values))
    filling = session(service)
    return filling, taken(filling, paper(service, filled.mark.language), filled.values)


def compare(service: str, language: str) -> None:
    values = written(service, language)
    expected, refused = by_hand(service, values)
    filling, found = came_back(service, language, values)
    places = {node.ref: found.answers[node.path] for node in filling.nodes() if node.path in found.answers}
    assert {place: value for place, value in places.items() if not place.endswith("]")} == expected
    assert len([one for one in found.aside if one.path]) == len(refused)


@pytest.mark.parametrize("service", SAMPLE)
def test_a_filled_form_gives_the_answers_that_typing_gives(service: str) -> None:
    compare(service, "fr")


@pytest.mark.soak
@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_filled_form_does(service: str, language: str) -> None:
    compare(service, language)


@pytest.mark.soak
@pytest.mark.parametrize("service", SERVICES)
def test_every_filled_form_is_still_tagged(service: str) -> None:
    assert faults(fill(blank(service), written(service))) == []


def test_a_filled_form_is_still_tagged() -> None:
    assert faults(fill(blank("building-permit"), written("building-permit"))) == []


def test_rows_that_were_left_blank_make_none() -> None:
    filling, found = came_back("bulk-pickup", "en", {"items/item#3/item_type": "toilet"})
    assert [node.value for node in filling.node("/data/items/item").children for node in node.children][:1] == [
        "toilet"
    ]
    assert len(filling.node("/data/items/item").children) == 1
    assert found.aside == ()


def test_what_does_not_fit_is_set_aside_with_its_reason() -> None:
    values = {"project/a_value": "about 3 thousand", "project/b_desc": "A deck"}
    _, found = came_back("building-permit", "en", values)
    assert found.answers["project/b_desc"] == "A deck"
    (aside,) = found.aside
    assert (aside.path, aside.value) == ("project/a_value", "about 3 thousand")
    assert "is not a number" in aside.why


def test_a_field_that_the_form_does_not_have_is_set_aside_too() -> None:
    filled = read_filled(fill(blank("bulk-pickup"), {"place/address": "10 Main St W"}))
    found = taken(session("bulk-pickup"), paper("bulk-pickup"), {**filled.values, "place/gone": "something"})
    assert [(one.path, one.value) for one in found.aside] == [("place/gone", "something")]


def test_a_choice_may_be_named_by_its_label() -> None:
    filled = {"drawings/any_drawings": "yes", "drawings/sets/drawing#1/drawing_type": "Plan d'étage"}
    found = taken(session("building-permit"), paper("building-permit", "fr"), filled)
    assert "floor" in found.answers.values()


def test_a_card_number_is_neither_answered_nor_kept_beside() -> None:
    number = "4111 1111 1111 1111"
    _, found = came_back("building-permit", "en", {"project/b_desc": f"paid with {number}", "place/unit": "3"})
    assert found.card
    assert not any(number in value for value in found.answers.values())
    assert not any(number in one.value for one in found.aside)
    assert found.answers["place/unit"] == "3"


# What is refused, and why


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read_filled(data, "came.pdf")
    assert caught.value.place.file == "came.pdf"
    return str(caught.value.args[0])


def saved(pdf: pikepdf.Pdf, **how: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **how)  # type: ignore[arg-type] # as pikepdf names them
    return out.getvalue()


def test_a_file_that_is_no_pdf_is_refused() -> None:
    assert "no PDF" in refusal(b"\x89PNG\r\n\x1a\n and so on")


def test_a_printed_or_scanned_pdf_is_refused() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        assert "printed or scanned" in refusal(saved(pdf))


def test_a_form_of_somebody_else_is_refused() -> None:
    with pikepdf.open(io.BytesIO(blank("bulk-pickup"))) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            if field.T == MARK:
                field.V = pikepdf.String("another city's")
        del pdf.Root.Metadata
        assert "none of the City's" in refusal(saved(pdf))


def test_the_mark_in_the_metadata_stands_in_for_a_lost_field() -> None:
    with pikepdf.open(io.BytesIO(fill(blank("bulk-pickup"), {"place/unit": "3"}))) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            if field.get("/T") == MARK:
                field.V = pikepdf.String("")
        assert read_filled(saved(pdf)).mark.service == "bulk-pickup"


@pytest.mark.parametrize("cut", [40, 1_000, 20_000, 60_000])
def test_a_damaged_file_is_refused_or_read_never_a_crash(cut: int) -> None:
    with contextlib.suppress(InputError):
        read_filled(blank("bulk-pickup")[:cut])


def test_a_file_with_noise_in_it_is_refused_or_read() -> None:
    chance = random.Random(7)
    for _ in range(30):
        data = bytearray(blank("bulk-pickup"))
        for _ in range(40):
            data[chance.randrange(10, len(data))] = chance.randrange(256)
        with contextlib.suppress(InputError):
            read_filled(bytes(data))


def test_a_locked_file_is_refused() -> None:
    with pikepdf.open(io.BytesIO(blank("bulk-pickup"))) as pdf:
        data = saved(pdf, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert "password" in refusal(data)


def test_an_oversized_file_is_refused_before_it_is_looked_at() -> None:
    assert "larger than 20 MB" in refusal(b"%PDF" + b"\0" * (20 * 1024 * 1024))


def test_fields_without_end_come_to_an_end() -> None:
    with pikepdf.open(io.BytesIO(blank("bulk-pickup"))) as pdf:
        loop = pdf.make_indirect(pikepdf.Dictionary(T="a", Kids=pikepdf.Array()))
        loop.Kids.append(loop)
        pdf.Root.AcroForm.Fields.append(loop)
        data = saved(pdf)
    assert read_filled(data).mark.service == "bulk-pickup"


def test_a_rank_in_odd_figures_is_no_crash(tmp_path: Path) -> None:
    filling = make_session(
        tmp_path, "type | name | label\nrank l | r | Order", "list_name | name | label\nl | a | A\nl | b | B"
    )
    entry = Entry("r", "r", "order", "Order", options=(Option("a", "A"), Option("b", "B")))
    form = Paper(Mark("x", "1", "en"), "x", "x", "x", (entry,))
    assert taken(filling, form, {"r=a": "²", "r=b": "1"}).answers == {"r": "b a"}
