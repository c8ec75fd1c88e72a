"""A request goes on to another city once, whatever becomes of the answers; what it is told there."""

from __future__ import annotations

import logging
import time

import pytest

from fieldapp.outside import words_of
from fieldapp.records import OUTSIDE
from sync.adapters.georeport import Item
from sync.adapters.open311 import Endpoint, Open311Client
from sync.gateway.outside.running import Outside
from sync.gateway.outside.settling import settle, stuck
from sync.gateway.webhooks.delivering import Delivering
from tests.support.gateway import CHIEF, City
from tests.support.open311_server import (
    BROKEN,
    CROWDED,
    DENIED,
    DUPLICATE,
    EARLY,
    KEY,
    LOST,
    NOTHING,
    PAGE,
    TOKEN,
    Elsewhere,
)
from tests.sync.outside.conftest import cut_off, goes_on, hand_in, ref_of, rounds, state_of, the


def test_what_is_told_and_what_is_not(near: City, other: Elsewhere) -> None:
    goes_on(near, other.url, jurisdiction="burlington.ca")
    record = hand_in(near)
    rounds(near)
    (one,) = other.kept
    assert one["parts"] == [
        ("api_key", "SECRET-KEY"),
        ("jurisdiction_id", "burlington.ca"),
        ("service_code", "S30"),
        ("device_id", "fieldapp"),
        ("description", f"Deep, at the bus stop\n\n[{ref_of(near, record)}]"),
        ("address_string", "71 MAIN ST W"),
        ("lat", "43.256100"),
        ("long", "-79.869200"),
        ("attribute[client_ref]", ref_of(near, record)),
        ("attribute[kind]", "pothole"),
        ("attribute[lane]", "curb_lane"),
        ("attribute[danger]", "no"),
    ]


def test_the_record_says_where_it_is(either: City, other: Elsewhere) -> None:
    goes_on(either, other.url)
    record = hand_in(either)
    rounds(either)
    found = the(either, record)
    assert [found.get(OUTSIDE + name) for name in ("server", "number", "status")] == ["Burlington", "007", "open"]


@pytest.mark.parametrize("act", [LOST, BROKEN, PAGE, EARLY, DENIED, CROWDED, KEY])
def test_one_lost_or_refused_answer_makes_one_request(near: City, other: Elsewhere, act: str) -> None:
    goes_on(near, other.url)
    first = hand_in(near)
    rounds(near, hours=0.5)  # the server was seen to show our number
    other.acts[:] = [act]
    second = hand_in(near)
    rounds(near, hours=6)
    assert [state_of(near, one) for one in (first, second)] == ["known", "known"]
    assert [
        ref_of(near, one) in kept["description"] for one, kept in zip((first, second), other.kept, strict=True)
    ] == [
        True,
        True,
    ]


def test_where_nothing_can_be_seen_a_person_is_asked_and_nothing_is_doubled(near: City, other: Elsewhere) -> None:
    other.echoes = False
    other.acts[:] = [LOST]
    goes_on(near, other.url)
    record = hand_in(near)
    rounds(near, hours=40)
    assert (len(other.kept), state_of(near, record)) == (1, "doubt")
    (word,) = words_of(the(near, record).fields)
    assert "not known whether" in word.text
    (one,) = stuck(near.service.database)
    settle(near.service.database, near.service.catalogue, one.ref, near.service.now(), number="007", again=False)
    assert (the(near, record).get(f"{OUTSIDE}number"), stuck(near.service.database)) == ("007", [])


def test_a_server_that_knows_requests_again_is_asked_again(near: City, other: Elsewhere) -> None:
    other.acts[:] = [EARLY, CROWDED]
    goes_on(near, other.url, repeats=True)
    record = hand_in(near)
    rounds(near, hours=1)
    assert (len(other.kept), state_of(near, record)) == (1, "known")


def test_a_token_becomes_a_number_later(near: City, other: Elsewhere) -> None:
    other.acts[:] = [TOKEN]
    goes_on(near, other.url)
    record = hand_in(near)
    rounds(near, hours=1)
    assert (state_of(near, record), len(other.kept)) == ("token", 1)
    other.tokens_ready = True
    rounds(near, hours=4)
    assert the(near, record).get(f"{OUTSIDE}number") == "007"


@pytest.mark.parametrize("act", [NOTHING, DUPLICATE, TOKEN])
def test_what_the_server_says_it_has_is_never_sent_again(near: City, other: Elsewhere, act: str) -> None:
    goes_on(near, other.url)
    hand_in(near)
    rounds(near, hours=0.5)
    other.acts[:], other.hidden = [act], True
    record = hand_in(near)
    rounds(near, hours=12)
    assert len(other.kept) == 2
    other.hidden = False
    rounds(near, hours=20)
    assert (len(other.kept), state_of(near, record)) == (2, "known")


def test_what_is_refused_again_and_again_is_told_to_people(near: City, other: Elsewhere) -> None:
    other.acts[:] = [DENIED] * 5
    goes_on(near, other.url)
    record = hand_in(near)
    rounds(near, hours=10)
    assert (state_of(near, record), other.kept) == ("refused", [])
    (word,) = words_of(the(near, record).fields)
    assert (word.by, word.text) == ("Burlington", "the CRM is down")
    settle(near.service.database, near.service.catalogue, ref_of(near, record), near.service.now(), again=True)
    rounds(near)
    assert state_of(near, record) == "known"


def test_a_server_that_is_not_there_costs_nothing(near: City, other: Elsewhere) -> None:
    goes_on(near, "http://127.0.0.1:9/v2")
    record = hand_in(near)
    rounds(near, hours=2)
    assert state_of(near, record) == "waiting"
    goes_on(near, other.url)
    rounds(near, hours=5)
    assert (state_of(near, record), len(other.kept)) == ("known", 1)


def test_a_sign_in_page_is_found_out_before_anything_is_posted(near: City, other: Elsewhere) -> None:
    goes_on(near, other.url.removesuffix("/v2") + "/nowhere")
    record = hand_in(near)
    rounds(near)
    assert (state_of(near, record), [one for one in other.asked if one.startswith("POST")]) != ("known", [])


def test_the_key_is_in_no_log_and_no_address(near: City, other: Elsewhere, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    other.acts[:] = [KEY, DENIED]
    goes_on(near, other.url)
    record = hand_in(near)
    rounds(near, hours=1)
    assert "SECRET-KEY" not in caplog.text
    assert not [one for one in other.asked if "SECRET-KEY" in one]
    for table in ("outside_request", "op", "record"):
        assert "SECRET-KEY" not in str(near.service.database.read(f"SELECT * FROM {table}"))
    assert state_of(near, record) == "known"


def test_two_processes_send_nothing_twice(either: City, other: Elsewhere) -> None:
    goes_on(either, other.url)
    hand_in(either)
    other.meanwhile = Outside.of(either.service).round
    rounds(either)
    assert len(other.kept) == 1


def test_handed_in_anew_after_a_return_is_the_same_request(near: City, other: Elsewhere) -> None:
    goes_on(near, other.url)
    record = hand_in(near)
    rounds(near)
    (clerk,) = near.laptops
    chief = near.laptop(CHIEF)
    near.sync()
    chief.step(record, "return", "returned", reason="Which lane?", service="road-defect")
    near.sync()
    clerk.step(record, "resubmit", "submitted", service="road-defect")
    near.sync()
    rounds(near, hours=1)
    assert (the(near, record).state, len(other.kept)) == ("submitted", 1)


def test_cut_off_in_the_middle_it_is_looked_for(near: City, other: Elsewhere) -> None:
    goes_on(near, other.url)
    hand_in(near)
    rounds(near, hours=0.5)

    record = hand_in(near)
    cut_off(near)
    rounds(near, hours=1)
    assert (state_of(near, record), len(other.kept)) == ("known", 2)


def test_what_is_called_off_before_it_went_out_does_not(near: City, other: Elsewhere) -> None:
    goes_on(near, "http://127.0.0.1:9/v2")
    record = hand_in(near)
    rounds(near)
    chief = near.laptop(CHIEF)
    chief.sync()
    chief.step(record, "cancel", "cancelled", reason="Twice", service="road-defect")
    chief.sync()
    goes_on(near, other.url)
    rounds(near, hours=2)
    assert (state_of(near, record), other.kept) == ("dropped", [])


def test_what_went_with_it_is_forgotten_once_it_is_there(near: City, other: Elsewhere) -> None:
    goes_on(near, other.url)
    hand_in(near)
    (before,) = near.service.database.read("SELECT answers FROM outside_request")
    assert "bus stop" in before[0]
    assert "905-555-0100" not in before[0]  # the service does not name it
    rounds(near)
    assert near.service.database.read("SELECT answers FROM outside_request") == [("{}",)]


def test_one_page_of_many_proves_nothing(near: City, other: Elsewhere) -> None:
    goes_on(near, other.url)
    first = hand_in(near)
    rounds(near, hours=0.5)
    other.acts[:], other.page = [LOST], 1
    second = hand_in(near)
    rounds(near, hours=2)
    assert [state_of(near, one) for one in (first, second)] == ["known", "known"]
    assert len(other.kept) == 2


def test_the_gateway_does_it_beside_all_else(near: City, other: Elsewhere) -> None:
    goes_on(near, other.url)
    with Delivering(Outside.of(near.service), pause=0.01, name="open311"):
        record = hand_in(near)
        until = time.monotonic() + 60
        while state_of(near, record) != "known" and time.monotonic() < until:
            time.sleep(0.01)
    assert (state_of(near, record), len(other.kept)) == ("known", 1)


def test_a_server_that_breaks_us_holds_up_no_other(near: City, other: Elsewhere) -> None:
    goes_on(near, other.url)
    record = hand_in(near)
    service, broken = near.service, []

    class Odd(Open311Client):
        def __init__(self, endpoint: Endpoint) -> None:
            super().__init__(endpoint)
            broken.append(endpoint.url)

        def services(self) -> list[Item]:
            raise ZeroDivisionError

    assert Outside(service.database, lambda: service.catalogue, service.files, service.clock, Odd).round() == 0
    rounds(near, hours=0.5)
    assert (broken, state_of(near, record)) == ([other.url], "known")
