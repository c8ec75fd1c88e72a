"""Filling any form without a screen, from its first question on: an answer to each that must have one, as its kind and
its constraint want it. What is tried is a person's guess; whether it may stand, the form says."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from fieldapp.clock import CITY_ZONE
from fieldapp.errors import FormError
from fieldapp.forms import FormSession
from fieldapp.forms.filling import Step, take
from fieldapp.forms.session.nodes import Node

TEXTS = ("Ana Wójcik", "905-546-2489", "ana@example.ca", "L8P 4Y5", "12", "ABCD 123", "https://example.ca", "A1")
DAYS = (0, 1, -1, 7, 14, 21, 30, 60, 90, -7, -30, -180, -365, -18 * 366, -30 * 365, 400)
NUMBERS = ("1", "0", "2", "3", "5", "10", "20", "50", "100", "1000", "5000", "5000000", "0.5", "2024", "2026", "-1")
POINT = "43.257 -79.871 0 0"
MOST = 400  # answers: a form that asks for more goes in circles
_PATTERN = re.compile(r"regex\([^'\"]*,\s*'([^']+)'")
_LITERAL = re.compile(r"'([^']*)'")
_FIGURE = re.compile(r"(?<![\w.'-])\d+(?:\.\d+)?(?![\w'])")


@dataclass(frozen=True)
class Means:
    """What a person has who fills a form: a clock, and a photo."""

    now: datetime
    photo: str


class StuckError(AssertionError):
    """No answer was found that the form takes."""


def fill_all(
    session: FormSession, now: datetime, *, photo: str = "", wishes: Mapping[str, str] | None = None
) -> list[Step]:
    """Answer until nothing is missing or wrong; the steps that did it. `wishes` are answered first, and stay.

    `now` is the session's own time, `photo` answers what asks for a file. StuckError, with the form's
    own messages, where no answer can be found."""
    steps: list[Step] = []
    root, means = session.definition.root_name, Means(now.astimezone(CITY_ZONE), photo)
    for path, value in (wishes or {}).items():
        _take(session, steps, f"/{root}/{path}", value)
    kept = {f"/{root}/{path}" for path in wishes or {}}
    given_up: set[str] = set()
    while problems := [one.node for one in session.problems() if one.node.ref not in given_up | kept]:
        if len(steps) > MOST:
            raise StuckError(f"more than {MOST} answers, and still: {_told(session)}")
        if not _answer(session, steps, problems[0], means) and not _around(session, steps, problems[0], means):
            given_up.add(problems[0].ref)
    if session.problems():
        raise StuckError(_told(session))
    return steps


def replay(session: FormSession, steps: list[Step]) -> None:
    """The same answers in another session."""
    for step in steps:
        take(session, step)


def _told(session: FormSession) -> str:
    return "; ".join(f"{one.node.ref} = {one.node.value!r}: {one.message}" for one in session.problems())


def _take(session: FormSession, steps: list[Step], ref: str, value: str) -> bool:
    step = {"set": ref, "value": value}
    try:
        take(session, step)
    except FormError:
        return False
    steps.append(step)
    return True


def _answer(session: FormSession, steps: list[Step], node: Node, means: Means) -> bool:
    """The first candidate with which the question is content."""
    before = node.value
    for value in _candidates(session, node, means):
        if value != before and _take(session, steps, node.ref, value):
            if node.valid:
                return True
            steps.pop()
    if node.value != before:
        session.set(node.ref, before)
    return False


def _around(session: FormSession, steps: list[Step], node: Node, means: Means) -> bool:
    """The question is content with no answer of its own: another, which its constraint reads, must have another one."""
    rules = session.definition.rules.by_path.get(node.question.path, [])
    read = {one.path for rule in rules if rule.kind in {"constraint", "required"} for one in rule.reads}
    for other in [one for one in session.nodes() if one.question.path in read and one is not node and one.relevant]:
        before = other.value
        for value in _candidates(session, other, means):
            if value != before and _take(session, steps, other.ref, value):
                if other.valid and (node.valid or _answer(session, steps, node, means)):
                    return True
                steps.pop()
        if other.value != before and not other.question.bind.calculate:
            session.set(other.ref, before)
    return False


def _candidates(session: FormSession, node: Node, means: Means) -> Iterator[str]:
    kind, constraint = node.question.kind, node.question.bind.constraint
    if kind in {"select", "multiple"}:
        names = [choice.name for choice in session.choices(node)]
        yield from names
        yield from [" ".join(names)] if kind == "multiple" else []
    elif kind == "rank":
        yield " ".join(choice.name for choice in session.choices(node))
    elif kind == "acknowledge":
        yield "OK"
    elif kind in {"image", "audio", "video", "file"}:
        yield means.photo
    elif kind in {"date", "dateTime", "time"}:
        yield from _moments(means.now, kind)
    elif kind in {"integer", "decimal", "range"}:
        yield from _figures(constraint)
    elif kind == "geopoint":
        yield POINT
    elif kind in {"geotrace", "geoshape"}:
        yield "; ".join((POINT, "43.258 -79.871 0 0", "43.258 -79.872 0 0", POINT))
    else:
        yield from _texts(constraint)


def _moments(now: datetime, kind: str) -> Iterator[str]:
    if kind == "time":
        yield from ("10:00:00", "14:00:00", "19:00:00")
        return
    for days in DAYS:
        day: date = now.date() + timedelta(days=days)
        yield day.isoformat() if kind == "date" else f"{day.isoformat()}T{now:%H:%M:%S}.000{now:%z}"
    if kind == "dateTime":
        yield from (f"{(now + timedelta(hours=hours)).isoformat(timespec='milliseconds')}" for hours in (-1, 1, 3))


def _figures(constraint: str) -> Iterator[str]:
    yield from NUMBERS
    for figure in _FIGURE.findall(constraint):
        yield from (figure, str(float(figure) + 1).removesuffix(".0"), str(float(figure) - 1).removesuffix(".0"))


def _texts(constraint: str) -> Iterator[str]:
    for pattern in _PATTERN.findall(constraint):
        yield from _fitting(pattern)
    yield from TEXTS
    yield from ("1234567890123456789"[:length] for length in range(1, 20))
    yield from (text for text in _LITERAL.findall(constraint) if text.strip())
    yield "A longer text of some words, as a person would write it into a form. " * 3


def _fitting(pattern: str) -> Iterator[str]:
    """Two texts that a regular expression matches: with few, and with more repetitions."""
    parser: Any = importlib.import_module("re._parser")
    for more in (0, 2):
        try:
            yield "".join(_sample(parser.parse(pattern), more))
        except (re.error, ValueError, KeyError):
            return


def _sample(parsed: Any, more: int) -> Iterator[str]:
    for operator, argument in parsed:
        match str(operator):
            case "LITERAL":
                yield chr(argument)
            case "NOT_LITERAL":
                yield "a" if argument != ord("a") else "b"
            case "IN":
                yield _one_of(argument)
            case "ANY":
                yield "a"
            case "MAX_REPEAT" | "MIN_REPEAT":
                least, most, inner = argument
                for _ in range(min(max(least, more), most)):
                    yield from _sample(inner, more)
            case "SUBPATTERN":
                yield from _sample(argument[-1], more)
            case "BRANCH":
                yield from _sample(argument[1][0], more)


def _one_of(members: Any) -> str:
    first = str(members[0][0])
    if first == "NEGATE":
        taken = {chr(value) for kind, value in members[1:] if str(kind) == "LITERAL"}
        return next(letter for letter in "abc123" if letter not in taken)
    value = members[0][1]
    if first == "RANGE":
        return chr(value[0] + (value[1] > value[0]))
    if first == "CATEGORY":
        return {"CATEGORY_DIGIT": "4", "CATEGORY_SPACE": " "}.get(str(value), "a")
    return chr(value)
