"""The block of notices and orders: what they must say, when they can be complied with, until when one may appeal."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.clock import FixedClock
from fieldapp.forms import FormSession, load_form
from fieldapp.services import shipped
from fieldapp.services.functions import city_functions
from fieldapp.services.reference import service_reference
from tests.support.filling import MONDAY, fill, messages, value
from tests.support.services import sheet

SERVED = "2026-11-20T10:00:00.000-05:00"
ROW = "order/order_item[1]"
ORDER = {
    "order/instr_type": "order_to_comply",
    f"{ROW}/o_provision": "s. 8",
    f"{ROW}/o_finding": "Handrail loose",
    f"{ROW}/o_location": "Front stair",
    f"{ROW}/o_action": "Fasten the handrail",
    f"{ROW}/o_comply_by": "2026-12-04",
    "order/served_on[1]/srv_name": "1234567 Ontario Inc.",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A service's folder with nothing but the block in its form."""
    folder = tmp_path_factory.mktemp("notice")
    columns = ("type", "name", "label::English (en)", "label::Français (fr)")
    rows = (("begin_group", "order", "Order", "Ordre"), ("include", "b7_notice"), ("end_group",))
    case = (("begin_group", "case", "Request", "Demande"), ("include", "b1_case"), ("end_group",))
    settings = ("form_title", "form_id", "version", "default_language"), ("Order", "order", "1", "English (en)")
    (folder / "form.md").write_text(sheet("survey", columns, *rows, *case) + sheet("settings", *settings), "utf-8")
    instruments = (
        "order_to_comply,Order,Ordre,appeal_property_order,Committee,Comité\nnotice_to_comply,Notice,Avis,,,\n"
    )
    (folder / "instruments.csv").write_text(f"code,en,fr,appeal_clock,appeal_en,appeal_fr\n{instruments}", "utf-8")
    return folder


def filled(folder: Path, **changed: str) -> FormSession:
    clock = FixedClock(MONDAY)
    form = load_form(folder / "form.md", blocks=shipped() / "_blocks")
    reference = service_reference(folder, None, clock)
    names = {"username": "Clara"}
    session = FormSession(form, {}, clock=clock, reference=reference, functions=city_functions(), context=names)
    fill(session, ORDER)
    return fill(session, {f"order/{name}": text for name, text in changed.items()})


def test_an_order_that_is_not_served_yet_is_whole(folder: Path) -> None:
    session = filled(folder)
    assert messages(session) == {}
    assert value(session, "order/more_officer/officer") == "Clara"
    assert value(session, "order/appeal_days") == "14"
    assert value(session, "order/appeal_last") == ""


def test_once_served_it_says_how_and_the_last_day_to_appeal(folder: Path) -> None:
    session = filled(folder, is_served="yes")
    assert set(messages(session)) == {"order/serve_how", "order/served_at"}
    fill(session, {"order/serve_how": "personal", "order/served_at": SERVED})
    assert messages(session) == {}
    assert value(session, "order/appeal_last") == "2026-12-04"
    assert "Committee" in session.label(session.node("/data/order/appeal_note"))


def test_what_is_posted_is_photographed_and_what_is_mailed_has_an_address(folder: Path) -> None:
    posted = filled(folder, is_served="yes", serve_how="posted_on_site", served_at=SERVED)
    assert set(messages(posted)) == {"order/posted_photo"}
    mailed = filled(folder, is_served="yes", serve_how="registered_mail", served_at=SERVED)
    assert set(messages(mailed)) == {"order/served_on[1]/srv_address"}


def test_nobody_can_comply_before_the_paper_is_served(folder: Path) -> None:
    session = filled(folder, is_served="yes", serve_how="personal", served_at=SERVED)
    session.set(f"/data/{ROW}/o_comply_by", "2026-11-19")
    assert "before the paper is served" in messages(session)[f"{ROW}/o_comply_by"]
    session.set(f"/data/{ROW}/o_comply_by", "2026-11-20")
    assert messages(session) == {}


def test_a_paper_without_an_appeal_says_nothing_of_one(folder: Path) -> None:
    session = filled(folder, instr_type="notice_to_comply")
    assert not session.node("/data/order/appeal_note").relevant
    assert not session.node("/data/order/appeal_unsure").relevant
