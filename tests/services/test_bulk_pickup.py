"""Bulk item pick-up: what is refused, and when the crew can come at the earliest."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.clock import CITY_ZONE
from fieldapp.forms import FormSession
from fieldapp.services import Catalogue
from tests.support.filling import BULK, fill, messages, open_service, value

SERVICE = Catalogue.load().get("bulk-pickup")
THURSDAY = datetime(2026, 11, 26, 9, 0, tzinfo=CITY_ZONE)
FRIDAY = datetime(2026, 11, 27, 9, 0, tzinfo=CITY_ZONE)


def filled(at: datetime = THURSDAY, **changed: str) -> FormSession:
    session = fill(open_service(SERVICE, at=at), BULK)
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


def test_it_takes_eleven_answers() -> None:
    session = filled()
    assert messages(session) == {}
    assert len(BULK) == 11


def test_an_apartment_building_is_stopped_with_advice() -> None:
    wrong = messages(filled(place__dwelling="apartment_6plus"))
    assert list(wrong) == ["place/dwelling"]
    assert "superintendent" in wrong["place/dwelling"]
    assert "905-546-2489" in wrong["place/dwelling"]


def test_a_townhouse_is_booked_at_the_counter_but_not_online() -> None:
    assert messages(filled(place__dwelling="townhouse")) == {}
    assert "place/dwelling" in messages(filled(place__dwelling="townhouse", case__channel="online_assist"))


def test_a_heavy_item_is_refused_with_advice() -> None:
    session = filled()
    session.set("/data/items/item[1]/over_90kg", "yes")
    assert "90 kg" in messages(session)["items/item[1]/over_90kg"]


def test_a_long_item_must_be_cut() -> None:
    session = filled()
    session.set("/data/items/item[1]/item_type", "carpet")
    session.set("/data/items/item[1]/over_1_2m", "yes")
    assert "cut" in messages(session)["items/item[1]/over_1_2m"]


def test_a_mattress_may_be_as_long_as_it_is() -> None:
    assert not filled().node("/data/items/item[1]/over_1_2m").relevant


@pytest.mark.parametrize(("item", "rule"), [("toilet", "tank removed"), ("carpet", "rolled and tied")])
def test_each_item_has_its_preparation_rule(item: str, rule: str) -> None:
    session = filled()
    session.set("/data/items/item[1]/item_type", item)
    assert rule in session.label(session.node("/data/items/item[1]/prep_ok"))


def test_the_preparation_rule_is_said_in_french() -> None:
    session = filled()
    session.language = "fr"
    assert "plastique" in session.label(session.node("/data/items/item[1]/prep_ok"))


def test_a_bathtub_needs_no_preparation() -> None:
    session = filled()
    session.set("/data/items/item[1]/item_type", "bathtub")
    assert not session.node("/data/items/item[1]/prep_ok").relevant


def add_items(session: FormSession, wanted: int) -> None:
    for number in range(2, wanted + 1):
        session.add("/data/items/item")
        for name, answer in (("item_type", "bathtub"), ("over_90kg", "no"), ("over_1_2m", "no")):
            session.set(f"/data/items/item[{number}]/{name}", answer)


def test_four_items_are_taken() -> None:
    session = filled()
    add_items(session, 4)
    assert messages(session) == {}
    assert value(session, "items/item_count") == "4"


def test_a_fifth_item_is_refused_where_it_was_added() -> None:
    session = filled()
    add_items(session, 5)
    assert set(messages(session)) == {"items/item[5]/item_type", "pickup/rules_told"}


def test_no_item_at_all_is_refused() -> None:
    session = filled()
    session.remove("/data/items/item[1]")
    assert list(messages(session)) == ["pickup/rules_told"]


@pytest.mark.parametrize(
    ("at", "collection_day", "wanted", "fits"),
    [
        (THURSDAY, "wed", "2026-12-03", False),  # that Wednesday is only six days off
        (THURSDAY, "thu", "2026-12-03", True),
        (THURSDAY, "fri", "2026-12-04", True),  # booked on the Thursday of the week before
        (FRIDAY, "fri", "2026-12-04", False),  # a day too late for the Friday route
        (FRIDAY, "fri", "2026-12-07", True),
        (THURSDAY, "thu", "2026-11-30", True),  # any day of the week stands for the week
    ],
)
def test_a_week_ahead_and_for_fridays_by_thursday(at: datetime, collection_day: str, wanted: str, fits: bool) -> None:
    session = filled(at, pickup__asked_day=collection_day, pickup__wanted_week=wanted)
    assert ("pickup/wanted_week" not in messages(session)) == fits


@given(
    st.dates(date(2025, 1, 1), date(2028, 12, 1)),
    st.sampled_from(["mon", "tue", "wed", "thu", "fri"]),
)
def test_the_week_that_is_offered_always_fits(day: date, collection_day: str) -> None:
    moment = datetime(day.year, day.month, day.day, 9, 0, tzinfo=CITY_ZONE)
    session = open_service(SERVICE, at=moment)
    session.set("/data/pickup/asked_day", collection_day)
    assert "pickup/wanted_week" not in messages(session)
    collect_on = date.fromisoformat(value(session, "pickup/collect_on"))
    assert timedelta(days=7) <= collect_on - day <= timedelta(days=20)


def test_the_collection_day_is_shown_as_a_request() -> None:
    session = filled()
    note = session.label(session.node("/data/pickup/collect_note"))
    assert "2026-12-09" in note
    assert "request" in note


def test_its_record_fields() -> None:
    edits = SERVICE.derived(filled().answers(), "en")
    assert edits["@title"] == "Bulk pick-up · items: 1 · Wójcik"
    assert edits["@due"] == "2026-12-09"
    assert edits["@address"] == "412 Upper James St"


@pytest.mark.parametrize(
    ("phone", "fits"),
    [("905-546-2489", True), ("(905) 546 2489", True), ("1 905 546 2489", True), ("546-2489", False), ("911", False)],
)
def test_a_phone_number_has_ten_digits(phone: str, fits: bool) -> None:
    assert ("person/phone" not in messages(filled(person__phone=phone))) == fits


@pytest.mark.parametrize(
    ("name", "fits"),
    [("905-555-0134", False), ("4", False), ("Zoë", True), ("O'Neil-Roy", True), ("李", True), ("X Æ A-12", True)],
)
def test_a_number_is_no_name(name: str, fits: bool) -> None:
    assert ("person/first_name" not in messages(filled(person__first_name=name))) == fits


def test_who_has_no_phone_gives_another_way() -> None:
    session = filled(person__phone="", person__contact_pref="mail")
    assert messages(session) == {}
    session.set("/data/person/contact_pref", "email")
    assert list(messages(session)) == ["person/email"]


def test_an_organization_needs_its_name_only() -> None:
    session = filled(person__party_type="corporation")
    assert list(messages(session)) == ["person/org_name"]
