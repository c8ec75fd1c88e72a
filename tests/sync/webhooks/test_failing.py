"""Receivers that fail, are silent, lead elsewhere, or are gone; and addresses that are not to be told anything."""

from __future__ import annotations

import ipaddress
import json
import socket
import threading
from collections.abc import Mapping
from datetime import UTC, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path

import pytest
from standardwebhooks.webhooks import Webhook

from fieldapp.clock import FixedClock, SystemClock, stamp
from fieldapp.errors import RefusedError
from sync.gateway.server import GatewayServer
from sync.gateway.webhooks.delivering import PATIENCE, WAITS, Delivery
from sync.gateway.webhooks.posting import (
    CLOSED,
    GARBLED,
    LATE,
    LONGEST,
    PRIVATE,
    UNTRUSTED,
    Reply,
    check,
    is_public,
    post,
)
from tests.support.gateway import CLERK, City
from tests.support.receiver import Receiver
from tests.sync.gateway.test_front import certificate
from tests.sync.webhooks.conftest import hook_at, only

HEADERS = {"webhook-id": "m1"}


def steps(city: City, n: int) -> None:
    clerk = city.laptop(CLERK)
    for _ in range(n):
        clerk.new(submit=True)
    city.sync()


def ids(receiver: Receiver) -> list[str]:
    return [headers["webhook-id"] for headers, _ in receiver.told]


def rounds(city: City, clock: FixedClock, until: int) -> list[float]:
    """Look every 10 s until so many things were told; how long after the start (s) something was."""
    delivery, begun, found = Delivery(city.service.database, clock), clock.now(), []
    for _ in range(200):
        if until <= 0:
            break
        if told := delivery.round():
            found.append((clock.now() - begun).total_seconds())
            until -= told
        clock.forward(seconds=10)
    return found


def test_who_fails_and_then_works_is_told_all_once(either: City, receiver: Receiver, clock: FixedClock) -> None:
    hook = hook_at(either, receiver)
    steps(either, 3)
    receiver.answers[:] = [500, 503, 404]
    begun = clock.now()
    at = rounds(either, clock, 3)
    assert at == [sum(WAITS[:3])]  # and then at once all that waited
    taken = ids(receiver)[3:]
    assert (len(taken), len(set(taken)), set(ids(receiver)) == set(taken)) == (3, 3, True)
    assert {int(headers["webhook-timestamp"]) for headers, _ in receiver.told[:1]} == {int(begun.timestamp())}
    assert (only(either).failures, only(either).why, only(either).waiting) == (0, "", 0)
    clock.forward(days=1)
    assert Delivery(either.service.database, clock).round() == 0
    assert only(either).id == hook.id


def test_a_later_attempt_is_signed_anew_under_the_same_id(near: City, receiver: Receiver, clock: FixedClock) -> None:
    hook = hook_at(near, receiver)
    steps(near, 1)
    receiver.answers[:] = [500]
    rounds(near, clock, 1)
    (first, _), (second, body) = receiver.told
    assert first["webhook-id"] == second["webhook-id"] == json.loads(body)["id"]
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) == WAITS[0]
    assert Webhook(hook.secret).verify(body, second)
    assert first["webhook-signature"] != second["webhook-signature"]


def test_no_answer_in_time_is_a_failure_and_told_again(near: City, receiver: Receiver, clock: FixedClock) -> None:
    hook_at(near, receiver)
    steps(near, 1)
    receiver.answers[:] = [0]
    impatient = Delivery(near.service.database, clock, partial(post, deadline=0.1))
    assert (impatient.round(), only(near).why, only(near).waiting) == (0, LATE, 1)
    clock.forward(seconds=WAITS[0])
    assert (Delivery(near.service.database, clock).round(), len(set(ids(receiver)))) == (1, 1)


def test_an_answer_that_trickles_is_late() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def trickle() -> None:
            line, _ = listener.accept()
            with line:
                for byte in b"HTTP/1.1 200 OK" * 100:
                    line.sendall(bytes([byte]))
                    if ended.wait(0.02):
                        return

        ended = threading.Event()
        running = threading.Thread(target=trickle)
        running.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        assert post(url, HEADERS, b"{}", private=True, deadline=0.2).status == LATE
        ended.set()
        running.join()


def test_who_is_told_at_this_moment_is_not_told_by_another_process(
    either: City, receiver: Receiver, clock: FixedClock
) -> None:
    hook_at(either, receiver)
    steps(either, 1)
    other: list[int] = []

    def send(url: str, headers: Mapping[str, str], body: bytes, *, private: bool) -> Reply:
        other.append(Delivery(either.service.database, clock).round())
        return post(url, headers, body, private=private)

    assert Delivery(either.service.database, clock, send).round() == 1
    assert (other, len(receiver.told)) == ([0], 1)


def test_cut_off_before_the_answer_was_noted_it_is_told_again_under_its_id(
    near: City, receiver: Receiver, clock: FixedClock
) -> None:
    hook_at(near, receiver)
    steps(near, 1)

    def send(url: str, headers: Mapping[str, str], body: bytes, *, private: bool) -> Reply:
        post(url, headers, body, private=private)
        raise SystemExit

    with pytest.raises(SystemExit):
        Delivery(near.service.database, clock, send).round()
    rounds(near, clock, 1)
    assert (len(receiver.told), len(set(ids(receiver)))) == (2, 1)


def test_after_five_days_of_failure_it_is_disabled_until_it_is_added_again(
    near: City, receiver: Receiver, clock: FixedClock
) -> None:
    hook_at(near, receiver)
    steps(near, 2)
    receiver.answers[:] = [500] * 99
    delivery, begun = Delivery(near.service.database, clock), clock.now()
    for _ in range(60):
        delivery.round()
        clock.forward(hours=4)
    assert stamp(begun + PATIENCE) <= only(near).disabled_at <= stamp(begun + 1.1 * PATIENCE)
    tried = len(receiver.told)
    steps(near, 1)
    assert (delivery.round(), len(receiver.told), only(near).waiting, only(near).lost) == (0, tried, 2, 0)
    receiver.answers.clear()
    hook_at(near, receiver)
    assert (delivery.round(), only(near).waiting, only(near).disabled_at) == (2, 0, "")


def test_who_says_gone_is_disabled_at_once(near: City, receiver: Receiver, clock: FixedClock) -> None:
    hook_at(near, receiver)
    steps(near, 1)
    receiver.answers[:] = [410]
    Delivery(near.service.database, clock).round()
    assert only(near).disabled_at == stamp(clock.now())


def test_one_step_that_is_never_taken_holds_up_no_other(near: City, receiver: Receiver, clock: FixedClock) -> None:
    hook_at(near, receiver)
    steps(near, 1)
    receiver.answers[:] = [400]
    delivery = Delivery(near.service.database, clock)
    delivery.round()
    receiver.never |= set(ids(receiver))
    clerk = near.laptop(CLERK)
    for _ in range(11):
        assert (only(near).lost, only(near).waiting) == (0, 1)
        clock.forward(hours=11)
        clerk.new(submit=True)
        clerk.sync()
        assert delivery.round() == 1
    assert (only(near).lost, only(near).waiting, only(near).disabled_at) == (1, 0, "")


@pytest.mark.parametrize(
    ("asked", "waits"),
    [
        ("300", 300.0),
        ("5", WAITS[0]),
        ("9" * 400, LONGEST),
        ("soon", WAITS[0]),
        ("Mon, 01 Jan 2001 00:00:00 -0000", 30),
    ],
)
def test_who_asks_to_be_left_alone_is_left_alone_for_a_day_at_most(
    near: City, receiver: Receiver, clock: FixedClock, asked: str, waits: float
) -> None:
    hook_at(near, receiver)
    steps(near, 1)
    receiver.answers[:], receiver.asks = [429], asked
    assert Delivery(near.service.database, clock).round() == 0
    assert only(near).next_at == stamp(clock.now() + timedelta(seconds=waits))
    clock.forward(seconds=waits)
    assert Delivery(near.service.database, clock).round() == 1


def test_an_hour_may_be_asked_for_as_a_moment(near: City, receiver: Receiver, clock: FixedClock) -> None:
    hook_at(near, receiver)
    steps(near, 1)
    receiver.answers[:] = [503]
    receiver.asks = format_datetime(SystemClock().now().astimezone(UTC) + timedelta(hours=1), usegmt=True)
    Delivery(near.service.database, clock).round()
    assert stamp(clock.now() + timedelta(minutes=59)) <= only(near).next_at <= stamp(clock.now() + timedelta(hours=1))


def test_a_redirect_is_not_followed(near: City, receiver: Receiver, clock: FixedClock) -> None:
    hook_at(near, receiver)
    steps(near, 1)
    receiver.answers[:] = [307]
    assert Delivery(near.service.database, clock).round() == 0
    assert (len(receiver.told), only(near).why) == (1, "307")


def test_a_name_that_leads_inside_later_is_told_nothing(receiver: Receiver) -> None:
    assert post(receiver.url, HEADERS, b"{}", private=False).status == PRIVATE
    assert post(receiver.url.replace("127.0.0.1", "localhost"), HEADERS, b"{}", private=False).status == PRIVATE
    assert receiver.told == []


def test_who_speaks_no_http_is_said_to(receiver: Receiver) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"

        def answer() -> None:
            line, _ = listener.accept()
            with line:
                line.recv(9999)
                line.sendall(b"220 mail.example ESMTP\r\n\r\n")

        running = threading.Thread(target=answer)
        running.start()
        assert post(url, HEADERS, b"{}", private=True).status == GARBLED
        running.join()
    assert post(url, HEADERS, b"{}", private=True).status == CLOSED


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(tmp_path: Path, near: City) -> None:
    with GatewayServer(near.service, front=certificate(tmp_path)) as server:
        assert post(f"{server.url}/", HEADERS, b"{}", private=True).status == UNTRUSTED


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104  a name may lead there
        ("::1", False),
        ("fd00::1", False),
        ("fe80::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::1", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("http://8.8.8.8/", False),
        ("https://127.0.0.1/", False),
        ("https://[::1]:8443/", False),
        ("https://2130706433/", False),
        ("https://user:word@8.8.8.8/", False),
        ("https://8.8.8.8/#part", False),
        ("https://8.8.8.8/a b", False),
        ("https://8.8.8.8:99999/", False),
        ("https:///path", True),
        ("ftp://127.0.0.1/", True),
        ("https://a..b/", True),
    ],
)
def test_what_is_not_to_be_told_is_refused_when_it_is_added(url: str, private: bool) -> None:
    with pytest.raises(RefusedError):
        check(url, private=private)
