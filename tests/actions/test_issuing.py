"""Issued papers: by the final number, in the record's language, the same bytes each time, filed with the record."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from fieldapp.actions import attach, start
from fieldapp.actions.issuing import filed, issue, paper_bytes, papers
from fieldapp.errors import AccessError, RefusedError
from fieldapp.records import ISSUED, PROVISIONAL, STATE, Edits, Record
from sync.practice.people import KAUR, OSEI
from tests.support.papers import faults
from tests.support.session import close, make_session
from ui.session import Session

NUMBER = f"{ISSUED}property_order"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = make_session(tmp_path, KAUR)
    yield made
    close(made)


def picture(session: Session, colour: str) -> str:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(out, "PNG")
    return f"{attach(session.desk, out.getvalue(), mime='image/png').sha256}.png"


def order(session: Session, *, lang: str = "en", number: str = "PO26-00001") -> Record:
    """A property standards order, as it stands once it is served."""
    complaint = start(session.desk, "bylaw-complaint")
    answers: Edits = {
        "place/address": "10 Main St W",
        "visit/more_visit/access_note": "gate code 4711",
        "areas/any_findings": "yes",
        "areas/found/area_row[a]": "1",
        "areas/found/area_row[a]/area": "stairs",
        "areas/found/area_row[a]/element": "second step, front porch",
        "areas/found/area_row[a]/a_photo": picture(session, "brown"),
        "areas/found/area_row[a]/a_action": "Replace the step",
        "areas/found/area_row[a]/comply_days": "30",
        "outcome/result": "order",
        "order/served_on[b]": "1",
        "order/served_on[b]/srv_name": "Łukasz Nowak",
        "order/is_served": "yes",
        "order/serve_how": "personal",
        "order/served_at": "2026-11-23T10:00:00.000-05:00",
        "order/instr_type": "order",
        "order/appeal_to": "Property Standards Committee",
        "order/appeal_to_fr": "Comité des normes de propriété",
        "order/appeal_days": "14",
        "order/appeal_last": "2026-12-07",
        "order/more_officer/order_sign": picture(session, "black"),
        NUMBER: number,
    }
    record = start(session.desk, "property-standards", parent=complaint.id, lang=lang)
    return session.desk.commit(record, answers)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_an_order_says_what_whom_how_served_and_where_to_appeal(session: Session) -> None:
    pdf = paper_bytes(session.desk, order(session), "order")
    said = text_of(pdf)
    for part in (
        "Property standards order",
        "PO26-00001",
        "Łukasz Nowak",
        "second step, front porch",
        "Replace the step",
        "In person",
        "You may appeal to the Property Standards Committee",
        "Last day to appeal: 2026-12-07.",
    ):
        assert part in said
    assert faults(pdf) == []


def test_it_speaks_french_to_a_french_record(session: Session) -> None:
    pdf = paper_bytes(session.desk, order(session, lang="fr"), "order")
    said = text_of(pdf)
    assert "Ordre sur les normes de propriété" in said
    assert "Comité des normes de propriété" in said
    assert "Dernier jour pour interjeter appel" in said
    assert faults(pdf) == []


def test_signature_and_photos_are_pictures_on_it(session: Session) -> None:
    pages = PdfReader(io.BytesIO(paper_bytes(session.desk, order(session), "order"))).pages
    assert sum(len(page.images) for page in pages) == 2


@pytest.mark.parametrize("number", ["", PROVISIONAL])
def test_there_is_no_order_before_its_final_number(session: Session, number: str) -> None:
    record = order(session, number=number)
    assert "order" not in [rule.id for rule in papers(session.desk, record)]
    with pytest.raises(RefusedError):
        paper_bytes(session.desk, record, "order")


def test_what_is_too_sensitive_stands_on_no_paper(session: Session) -> None:
    record = session.desk.commit(order(session), {STATE: "submitted"})
    assert "4711" not in text_of(paper_bytes(session.desk, record, "report"))


def test_the_same_record_gives_the_same_bytes_and_is_filed_once(session: Session) -> None:
    record = order(session)
    first = issue(session.desk, record.id, "order")
    again = issue(session.desk, record.id, "order")
    assert first == again
    assert session.store.blobs.read(first.sha256) == paper_bytes(session.desk, record, "order")
    assert filed(session.desk.record(record.id)) == [("order", first.sha256)]


def test_the_change_carries_the_file_for_the_gateway(session: Session) -> None:
    record = order(session)
    kept = issue(session.desk, record.id, "order")
    change = session.store.history(record.id)[-1].change
    assert (kept.sha256, "application/pdf") in [(one.sha256, one.mime) for one in change.attachments]


def test_another_order_does_not_push_the_first_out(session: Session) -> None:
    record = order(session)
    first = issue(session.desk, record.id, "order")
    session.desk.commit(session.desk.record(record.id), {"areas/found/area_row[a]/a_action": "Replace all steps"})
    second = issue(session.desk, record.id, "order")
    assert {sha256 for _, sha256 in filed(session.desk.record(record.id))} == {
        first.sha256,
        second.sha256,
    }


def test_who_takes_no_part_issues_nothing(session: Session) -> None:
    record = order(session)
    outsider = replace(session.desk, person=replace(OSEI, roles=frozenset({"nobody"})))
    with pytest.raises(AccessError):
        issue(outsider, record.id, "order")


def test_what_is_still_missing_is_named(session: Session) -> None:
    record = start(session.desk, "building-permit", prefill={"project/b_desc": "A deck"})
    pdf = paper_bytes(session.desk, record, "missing")
    said = text_of(pdf)
    assert "What is the permit for? – Choose what the permit is for." in said
    assert "Two sets of drawings to scale" in said
    assert record.reference in said
    assert "Describe the work" not in said
    assert faults(pdf) == []


def test_a_photo_that_is_not_here_is_said_in_its_place(session: Session) -> None:
    record = order(session)
    gone = {"areas/found/area_row[a]/a_photo": f"{'0' * 64}.jpg"}
    pdf = paper_bytes(session.desk, session.desk.commit(record, gone), "order")
    assert "Not on this laptop: photo" in text_of(pdf)


def test_a_default_that_nobody_kept_and_a_clock_that_does_not_run_stand_on_none(session: Session) -> None:
    record = start(session.desk, "building-permit", prefill={"project/b_desc": "A deck"})
    said = text_of(paper_bytes(session.desk, session.desk.commit(record, {STATE: "submitted"}), "acknowledgement"))
    assert "A deck" in said
    assert "In which role?" not in said
    assert "Decision due" not in said
