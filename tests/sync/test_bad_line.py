"""Real laptops and a real gateway with a bad line between them, over real sockets (T3): whatever it does, all arrives
once, and then all is quiet."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from sync.adapters.gateway import GatewayClient
from tests.support.gateway import CHIEF, CLERK, City, Laptop, some_bytes
from tests.support.proxy import Exchange, Fate, Weather, bad_line, chances, clear, passes
from tests.support.quiet import assert_quiet, until_through
from tests.support.weather import KINDS, bursts, cuts_answer, cuts_request, doubles, says, storm

RECORDS = 9
PHOTO = some_bytes(40_000)


def work(laptop: Laptop, number: int, others: list[str]) -> None:
    """Records, edits of them and of others', and a photo now and then."""
    record = laptop.new({"items/a": str(number)}, ward=f"{number % 3 + 7:02d}")
    laptop.edit(record, {"items/b": f"{laptop.device} {number}"})
    if number % 4 == 0:
        photo = laptop.photo(PHOTO + bytes([number]))
        laptop.edit(record, {"photos/one": f"{photo.sha256}.jpg"}, attachments=(photo,))
    for other in (one for one in others if laptop.store.record(one)):
        laptop.edit(other, {f"items/{laptop.device}": str(number)})


def assert_files(city: City) -> None:
    """Every photo is at the City, and no laptop thinks otherwise."""
    assert all(laptop.store.blobs.queue() == [] for laptop in city.laptops)
    named = city.service.database.read("SELECT DISTINCT sha256 FROM attachment")
    assert all(city.service.files.status(sha256).complete for (sha256,) in named)


@pytest.mark.parametrize("kind", KINDS)
def test_i03_i09_everything_arrives_once_although(far: City, kind: str) -> None:
    with bad_line(far, chances(len(kind), [(0.4, KINDS[kind])])) as line:
        clerk, chief = far.laptop(CLERK), far.laptop(CHIEF)
        for number in range(RECORDS):
            work(clerk, number, [])
            if number % 5 == 0:
                until_through(clerk)
        until_through(clerk)
        until_through(chief)
        line.weather = clear
        assert_quiet(far)
        assert_files(far)
    assert far.count("record") == RECORDS


@pytest.mark.parametrize("status", [500, 502, 503])
def test_i04_a_burst_of_errors_parks_nothing(far: City, status: int) -> None:
    with bad_line(far, bursts(status, says(status, Retry_After="1"))):
        laptop = far.laptop(CLERK)
        for number in range(RECORDS):
            work(laptop, number, [])
            until_through(laptop)
    assert laptop.store.counts().attention == 0
    assert_quiet(far)


def storms(city: City, seed: int) -> None:
    """Three laptops at once, each in a thread of its own, in the worst weather."""
    with bad_line(city, storm(seed)) as line:
        first = city.laptop(CHIEF)
        shared = [first.new({"items/a": "0"}) for _ in range(2)]
        until_through(first)
        laptops = [first, city.laptop(CLERK), city.laptop(CHIEF)]

        def live(laptop: Laptop) -> None:
            for number in range(RECORDS):
                work(laptop, number, shared)
                until_through(laptop)

        with ThreadPoolExecutor(len(laptops)) as pool:
            for done in [pool.submit(live, one) for one in laptops]:
                done.result()
        line.weather = clear
        assert_quiet(city)
        assert_files(city)


@pytest.mark.parametrize("seed", range(2))
def test_i09_three_laptops_at_once_converge_in_a_storm(far: City, seed: int) -> None:
    storms(far, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 100))
def test_i09_three_laptops_at_once_converge_in_a_hundred_storms(far: City, seed: int) -> None:
    storms(far, seed)


def test_i07_a_pull_cut_at_any_byte_moves_no_cursor_past_its_rows(far: City) -> None:
    clerk = far.laptop(CLERK)
    for number in range(40):
        clerk.new({"items/a": str(number)})
    clerk.sync()
    with bad_line(far) as line:
        chief = far.laptop(CHIEF)
        for at in range(0, 24_000, 1_500):
            line.weather = only("POST /v1/pull", cuts_answer(at))
            assert not comes_through(chief)
            states = chief.store.exchange.buckets().values()
            assert all(state.count == state.cursor for state in states)
            assert chief.store.exchange.summary()[0] == sum(state.count for state in states)
        line.weather = clear
        assert_quiet(far)


def only(name: str, fate: Fate) -> Weather:
    """This fate for each request of this name, nothing for the others."""
    return lambda _number, asked: fate if asked == name else passes


def comes_through(laptop: Laptop) -> bool:
    """One try."""
    try:
        until_through(laptop, tries=1)
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_i03_a_push_cut_at_any_byte_is_whole_or_nothing(far: City, share: float) -> None:
    with bad_line(far) as line:
        laptop = far.laptop(CLERK)
        until_through(laptop)
        for number in range(RECORDS):
            laptop.new({"items/a": str(number)})
        whole = 700 * RECORDS
        line.weather = only("POST /v1/push", cuts_request(int(whole * share)))
        assert not comes_through(laptop)
        assert far.count("op") in {0, RECORDS}
        line.weather = only("POST /v1/push", cuts_answer(int(whole * share)))
        assert not comes_through(laptop)
        assert far.count("op") == far.count("record") == RECORDS
        assert laptop.store.counts().waiting == RECORDS
        line.weather = clear
        assert_quiet(far)


def test_i08_everything_that_was_ever_said_may_come_again(far: City) -> None:
    with bad_line(far, lambda _number, _name: doubles, keeps=True) as line:
        clerk, chief = far.laptop(CLERK), far.laptop(CHIEF)
        shared = [clerk.new({"items/a": "0"}) for _ in range(3)]
        for number in range(RECORDS):
            work(clerk, number, shared)
            work(chief, number, shared)
            clerk.sync()
            chief.sync()
        assert_quiet(far)
        before = far.service.summary(), far.count("op"), far.count("conflict"), far.count("member")
        for _, request in list(line.sent):
            again(line.gateway, request)
        assert (far.service.summary(), far.count("op"), far.count("conflict"), far.count("member")) == before
        assert_quiet(far)


def again(gateway: str, request: bytes) -> None:
    """Send a whole request once more, as it was."""
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, _ = first.split(" ")
    headers = dict(line.split(": ", 1) for line in lines)
    answer = requests.request(method, gateway + path, data=body, headers=headers, timeout=30)
    assert answer.status_code < 500


def test_i10_a_quiet_cycle_is_two_requests_on_the_wire(far: City) -> None:
    with bad_line(far) as line:
        laptop = far.laptop(CLERK)
        laptop.new()
        laptop.sync()
        laptop.sync()
        line.seen.clear()
        proof = laptop.sync()
        assert line.seen == ["GET /v1/hello", "POST /v1/pull"]
        assert (proof.sent, proof.received) == (0, 0)


def takes_and_keeps_silent(exchange: Exchange) -> None:
    """The gateway does the work; nothing comes back, and the line stays open."""
    exchange.ask()
    exchange.pause(60)


def test_i04_a_gateway_that_takes_and_never_answers_is_left_after_a_while(
    far: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.adapters.http.TIMEOUT", (5.0, 0.3))
    with bad_line(far) as line:
        laptop = far.laptop(CLERK)
        laptop.new()
        line.weather = only("POST /v1/push", takes_and_keeps_silent)
        assert not comes_through(laptop)
        assert far.count("op") == 1
        line.weather = clear
        assert_quiet(far)
        assert isinstance(laptop.api, GatewayClient)
