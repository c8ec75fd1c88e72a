"""What a bad line does to one request: lost, cut, slow, doubled, or answered by something else in between."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.support.proxy import Exchange, Fate, HungUpError, Weather, chances, passes

PORTAL = b"<html>Welcome to Coffee Wi-Fi. Please sign in.</html>"
PIECES = 24  # that a dripping answer comes in


def loses_request(_exchange: Exchange) -> None:
    """The gateway never hears of it."""
    raise HungUpError


def loses_answer(exchange: Exchange) -> None:
    """The gateway does the work; nobody hears of it."""
    exchange.ask()
    raise HungUpError


def cuts_request(at: int) -> Fate:
    """The gateway hears `at` bytes of it."""

    def fate(exchange: Exchange) -> None:
        exchange.ask(min(at, len(exchange.request) - 1))
        raise HungUpError

    return fate


def cuts_answer(at: int) -> Fate:
    """The gateway does the work; the laptop hears `at` bytes of the answer, never all."""

    def fate(exchange: Exchange) -> None:
        answer = exchange.ask()
        exchange.give(answer[: min(at, len(answer) - 1)])
        raise HungUpError

    return fate


def cuts_anywhere(seed: int) -> Fate:
    """Request or answer, at some byte."""

    def fate(exchange: Exchange) -> None:
        chance = random.Random(f"{seed} {exchange.name} {len(exchange.request)}")
        if chance.random() < 0.5:
            cuts_request(chance.randrange(len(exchange.request)))(exchange)
        answer = exchange.ask()
        exchange.give(answer[: chance.randrange(len(answer))])
        raise HungUpError

    return fate


def doubles(exchange: Exchange) -> None:
    """The gateway hears it twice; the laptop hears the second answer."""
    exchange.ask()
    exchange.give(exchange.ask())


def drips(exchange: Exchange) -> None:
    """The answer comes a little at a time."""
    answer = exchange.ask()
    size = len(answer) // PIECES + 1
    for start in range(0, len(answer), size):
        exchange.give(answer[start : start + size])
        exchange.pause(0.001)


def late(seconds: float, then: Fate = passes) -> Fate:
    """All of it takes longer, half on the way there and half on the way back."""
    return _slowed(lambda exchange, _size: exchange.pause(seconds / 2), then)


def narrow(bytes_a_second: float, then: Fate = passes) -> Fate:
    """As slow as its size, both ways."""
    return _slowed(lambda exchange, size: exchange.pause(size / bytes_a_second), then)


def _slowed(wait: Callable[[Exchange, int], object], then: Fate) -> Fate:
    def fate(exchange: Exchange) -> None:
        give = exchange.give

        def slowly(data: bytes) -> None:
            wait(exchange, len(data))
            give(data)

        exchange.give = slowly
        wait(exchange, len(exchange.request))
        then(exchange)

    return fate


def says(status: int, body: bytes = PORTAL, kind: str = "text/html", *, after: bool = False, **more: str) -> Fate:
    """Something in between answers; `after` the gateway has done the work. Headers by name: `Retry_After="1"`."""
    headers = {"Content-Type": kind, "Content-Length": str(len(body))}
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = f"HTTP/1.1 {status} In between\r\n{lines}\r\n".encode()

    def fate(exchange: Exchange) -> None:
        if after:
            exchange.ask()
        exchange.give(head if exchange.name.startswith("HEAD") else head + body)

    return fate


KINDS: dict[str, Fate] = {
    "requests are lost": loses_request,
    "answers are lost": loses_answer,
    "lines are cut anywhere": cuts_anywhere(1),
    "answers are cut at the first byte": cuts_answer(1),
    "a portal answers 200": says(200),
    "a portal redirects": says(302, Location="http://127.0.0.1:9/login"),
    "500 before the work": says(500),
    "502 after the work": says(502, after=True),
    "503 with a time": says(503, Retry_After="1"),
    "503 without": says(503, after=True),
    "429": says(429, Retry_After="0"),
    "requests come twice": doubles,
    "answers drip": drips,
    "a slow line": late(0.004),
    "a narrow line": narrow(2e6),
}


def storm(seed: int, share: float = 0.35) -> Weather:
    """All of it, each as likely as the other; `share` of the requests meet something."""
    each = share / len(KINDS)
    return chances(seed, [(each, fate) for fate in KINDS.values()])


def bursts(seed: int, fate: Fate, length: int = 4, every: int = 9) -> Weather:
    """The same fault several times in a row, then none for a while."""
    offset = random.Random(seed).randrange(every)
    return lambda number, _name: fate if (number + offset) % every < length else passes
