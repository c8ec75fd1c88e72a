"""What about a laptop needs somebody's attention, judged from what the City heard of it, as of the time it told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from fieldapp import __version__
from fieldapp.clock import moment_of
from fieldapp.texts import plural, tr
from sync.leaving import BAD, OK, SCARCE, TIGHT, UNKNOWN, WARN
from sync.wire import Laptop, LaptopState

SILENT = timedelta(days=3)
WAITING, LONG = timedelta(days=1), timedelta(days=3)  # of work that is not sent


@dataclass(frozen=True)
class Concern:
    """One thing in a few words. `kind` is as in the morning's check, bad before warn; one filters by `topic`."""

    kind: str
    words: str
    topic: str


TOPICS: dict[str, Callable[[], str]] = {
    "": lambda: tr("All laptops"),
    "attention": lambda: tr("What needs attention"),
    "money": lambda: tr("Unsent money"),
    "unsent": lambda: tr("Unsent work"),
    "silent": lambda: tr("Silent"),
    "numbers": lambda: tr("Few official numbers"),
    "disk": lambda: tr("Full disk"),
    "version": lambda: tr("Old version"),
    "lost": lambda: tr("Withdrawn"),
}


def concerns(laptop: Laptop, as_of: str) -> list[Concern]:
    """All that needs attention, the gravest first; of a laptop that is withdrawn, that alone."""
    if laptop.withdrawn:
        return [_withdrawn(laptop)]
    found = [*_silence(laptop, as_of), *(_of_state(laptop.state, as_of) if laptop.state else _untold())]
    return sorted(found, key=lambda one: one.kind != BAD)


def in_order(laptops: tuple[Laptop, ...], as_of: str) -> list[tuple[Laptop, list[Concern]]]:
    """Those first that need most; of equal ones, those that were heard of longest ago."""
    judged = [(one, concerns(one, as_of)) for one in laptops]
    return sorted(judged, key=lambda pair: (*_gravity(pair[1]), pair[0].heard, pair[0].device))


def answers(found: list[Concern], topic: str) -> bool:
    """Whether a laptop with these concerns is asked for."""
    grave = [one for one in found if one.kind in {BAD, WARN}]
    return not topic or (bool(grave) if topic == "attention" else any(one.topic == topic for one in found))


def chip(found: list[Concern]) -> tuple[str, str]:
    """The gravest in a word, and its kind."""
    return (found[0].words, found[0].kind) if found else (tr("In order"), OK)


def _gravity(found: list[Concern]) -> tuple[int, int]:
    kinds = [one.kind for one in found]
    return -kinds.count(BAD), -kinds.count(WARN)


def _withdrawn(laptop: Laptop) -> Concern:
    words = {
        "out": (UNKNOWN, tr("Kept out")),
        "erasing": (WARN, tr("Waits to be erased")),
        "erased": (UNKNOWN, tr("Erased")),
    }
    return Concern(*words.get(laptop.withdrawn, (UNKNOWN, laptop.withdrawn)), "lost")


def _silence(laptop: Laptop, as_of: str) -> Iterator[Concern]:
    silent = moment_of(as_of) - moment_of(laptop.heard)
    if silent >= SILENT:
        yield Concern(BAD, plural(silent.days, "Silent for {n} day", "Silent for {n} days"), "silent")


def _untold() -> Iterator[Concern]:
    yield Concern(WARN, tr("Has told nothing of itself"), "version")


def _of_state(state: LaptopState, as_of: str) -> Iterator[Concern]:
    if state.money and _days(state.money_since, as_of) >= 1:
        yield Concern(BAD, tr("Money since yesterday or longer"), "money")
    elif state.money:
        yield Concern(UNKNOWN, tr("Money of today"), "money")
    waits = moment_of(as_of) - moment_of(state.unsent_since) if state.unsent_since else timedelta(0)
    if waits >= WAITING:
        words = plural(waits.days, "Work unsent for {n} day", "Work unsent for {n} days")
        yield Concern(BAD if waits >= LONG else WARN, words, "unsent")
    if state.attention:
        words = plural(state.attention, "{n} change waits for its person", "{n} changes wait for their person")
        yield Concern(WARN, words, "unsent")
    yield from _machine(state)


def _machine(state: LaptopState) -> Iterator[Concern]:
    low = [one for one in state.numbers if one.low]
    if any(one.left == 0 for one in low):
        yield Concern(BAD, tr("No official numbers left"), "numbers")
    elif low:
        yield Concern(WARN, tr("Few official numbers"), "numbers")
    if state.free is not None and state.free < TIGHT:
        full = state.free < SCARCE
        yield Concern(BAD if full else WARN, tr("Full disk") if full else tr("Disk nearly full"), "disk")
    if is_older(state.version):
        yield Concern(WARN, tr("Old version"), "version")


def is_older(version: str, than: str = __version__) -> bool:
    """Whether a FieldApp is an older one than this; what is no version is."""
    return _parts(version) < _parts(than)


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _days(since: str, as_of: str) -> int:
    return (moment_of(as_of).date() - moment_of(since).date()).days if since else 0
