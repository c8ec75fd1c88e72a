"""Every paper that any service issues can be set, tagged, in both languages; the gateway holds the very bytes."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import pytest
from PIL import Image
from pypdf import PdfReader

from fieldapp.clock import FixedClock
from fieldapp.documents.issued.about import About
from fieldapp.documents.issued.answers import Answers
from fieldapp.documents.issued.composing import MONEY, sheet_of, standard
from fieldapp.documents.issued.setting import issued_paper
from fieldapp.documents.issued.sheet import Part, Picture, Sheet
from fieldapp.errors import StoreError
from fieldapp.forms import FormSession
from fieldapp.records import ALIAS, ISSUED, STATE, Record
from fieldapp.services.declared import PaperRule
from tests.support.papers import SERVICES, catalogue, faults

SAMPLE = ("bulk-pickup", "building-permit", "property-standards")


def nothing(sha256: str) -> bytes:
    """No picture is on this laptop."""
    raise StoreError(sha256)


def rules(service: str) -> list[PaperRule]:
    found = catalogue().get(service)
    return [*standard(found), *found.papers]


def blank_paper(service: str, rule: PaperRule, language: str, answers: Mapping[str, str]) -> bytes:
    """A paper about a record that has little more than its number."""
    found, clock = catalogue().get(service), FixedClock()
    fields = {STATE: found.first_state, ALIAS: "HAM-LT01-261123-001", **answers}
    if rule.number:
        fields[ISSUED + rule.number] = "XX26-00001"
    form = FormSession(
        found.form(),
        fields,
        language=language,
        clock=clock,
        reference=found.reference_data(clock=clock),
        functions=found.functions(),
    )
    record = Record("r", service, found.form_version, fields=fields)
    about = About(
        found, record, Answers(found, form), language, "2026-11-23", "J. Osei", "$10.00", "2026-11-23T14:00:00.000Z"
    )
    return issued_paper(sheet_of(rule, about), nothing)


@pytest.mark.parametrize("service", SAMPLE)
def test_the_papers_of_a_sample_are_tagged(service: str) -> None:
    for rule in rules(service):
        assert faults(blank_paper(service, rule, "fr", {})) == [], rule.id


@pytest.mark.soak
@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_papers_of_every_service_are(service: str, language: str) -> None:
    for rule in rules(service):
        if rule.kind not in MONEY:  # a receipt is only ever of a payment that was taken: tests/money
            assert faults(blank_paper(service, rule, language, {})) == [], rule.id


def test_the_same_sheet_is_the_same_bytes() -> None:
    rule = rules("bulk-pickup")[0]
    assert blank_paper("bulk-pickup", rule, "en", {}) == blank_paper("bulk-pickup", rule, "en", {})


def test_every_service_of_the_counter_says_what_it_took_and_what_is_missing() -> None:
    for service in catalogue():
        ids = {rule.id for rule in standard(service)}
        wanted = {"acknowledgement", "missing"} if "counter" in service.start_roles and not service.internal else set()
        assert ids == wanted


def _vast() -> bytes:
    """A picture of more pixels than anybody unpacks, in a few kilobytes."""
    out = io.BytesIO()
    Image.new("1", (20_000, 10_000)).save(out, "PNG")
    return out.getvalue()


def _broken() -> bytes:
    """A photo whose note of how it was held is cut to pieces."""
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x112] = 6
    Image.new("RGB", (8, 8)).save(out, "WEBP", exif=exif.tobytes())
    return out.getvalue().replace(b"MM\x00*", b"MM\xeb*")


@pytest.mark.parametrize("picture", [_vast, _broken, lambda: b"no picture"])
def test_a_picture_that_cannot_be_used_leaves_the_paper_and_says_so(picture: Callable[[], bytes]) -> None:
    sheet = Sheet("en", "notice", "Notice", ("Reference", "HAM-1"), pictures=(Picture("a" * 64, "the deck"),))
    paper = issued_paper(sheet, lambda _sha256: picture())
    words = " ".join(PdfReader(io.BytesIO(paper)).pages[0].extract_text().split())
    assert "photo “the deck”" in words


@pytest.mark.parametrize("name", ["李小龍", "محمد", "हिन्दी", "ᐃᓄᒃᑎᑐᑦ", "Zoé 🙂"])
def test_a_name_in_another_script_does_not_keep_a_paper_from_being_issued(name: str) -> None:
    sheet = Sheet("en", "notice", "Notice", ("Reference", "HAM-1"), to=(name,), parts=(Part("A", (("Name", name),)),))
    paper = issued_paper(sheet, nothing)
    words = " ".join(PdfReader(io.BytesIO(paper)).pages[0].extract_text().split())
    assert "□ stands for a letter that cannot be printed here." in words
    assert faults(paper) == []


@pytest.mark.parametrize("text", ["a\x00b\x1bc", "\u3000Zo\u0065\u0301\u2028", "\u202eabc\ufeff", "Łódź “é” ½ ≥"])
def test_signs_that_nobody_sees_and_letters_of_europe_are_set_without_a_word(text: str) -> None:
    sheet = Sheet("en", "notice", "Notice", ("Reference", "HAM-1"), parts=(Part("Answers", (("Name", text),)),))
    words = PdfReader(io.BytesIO(issued_paper(sheet, nothing))).pages[0].extract_text()
    assert "□" not in words


def test_what_is_too_long_to_be_quoted_has_no_code() -> None:
    assert issued_paper(Sheet("en", "notice", "Notice", ("Reference", "H" * 5000)), nothing)
