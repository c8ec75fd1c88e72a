"""Filling any form without a screen, from its first question on: an answer to each that must have one, as its kind and
its constraint want it. What is tried is a person's guess; whether it may stand, the form says."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from fieldapp.clock import CITY_ZONE
from fieldapp.errors import FormError
from fieldapp.forms import FormSession
from fieldapp.forms.filling import Step, take
from fieldapp.forms.session.nodes import Node

TEXTS = ("Ana Wójcik", "905-546-2489", "ana@example.ca", "L8P 4Y5", "12", "ABCD 123", "https://example.ca", "A1")
DAYS = (0, 1, -1, 7, 14, 21, 30, 60, 90, -7, -30, -180, -365, -18 * 366, -30 * 365, 400)
NUMBERS = (
    "1",
    "0",
    "2",
    "3",
    "5",
    "10",
    "20",
    "50",
    "100",
    "1000",
    "5000",
    "0.5",
    "2024",
    "2026",
    "-1",
    "100000",
    "5000000",
    "10000000",
)
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
    session: FormSession, now: datetime, *, photo: str = "", wishes: Mapping[str, frozenset[str]] | None = None
) -> list[Step]:
    """Answer until nothing is missing or wrong; the steps that did it. `wishes` are values of which each question, also
    a calculated one, shall have one. `now` is the session's own time, `photo` answers what asks for a file.

    StuckError, with the form's own messages, where no answers can be found."""
    filler = _Filler(session, Means(now.astimezone(CITY_ZONE), photo))
    filler.complete(frozenset())
    for path, values in (wishes or {}).items():
        filler.wish(path, values)
        filler.complete(frozenset(wishes or {}))
    missed = [path for path, values in (wishes or {}).items() if filler.value(path) not in values]
    if session.problems() or missed:
        raise StuckError(f"{_told(session)} {missed}")
    return filler.steps


def replay(session: FormSession, steps: list[Step]) -> None:
    """The same answers in another session."""
    for step in steps:
        take(session, step)


def _told(session: FormSession) -> str:
    return "; ".join(f"{one.node.ref} = {one.node.value!r}: {one.message}" for one in session.problems())


class _Filler:
    """One session being filled."""

    def __init__(self, session: FormSession, means: Means) -> None:
        self._session = session
        self._means = means
        self.steps: list[Step] = []

    def value(self, path: str) -> str:
        """The answer at a path outside of repeats."""
        return self._session.node(f"/{self._session.definition.root_name}/{path}").value

    def complete(self, kept: frozenset[str]) -> None:
        """Answer what is missing or wrong, first question first; those of `kept` stay as they are."""
        given_up: set[str] = set()
        while problems := [one.node for one in self._session.problems() if one.node.ref not in given_up]:
            if len(self.steps) > MOST:
                raise StuckError(f"more than {MOST} answers, and still: {_told(self._session)}")
            node = problems[0]
            if node.question.path in kept:
                done = self._reach(self._behind(node.question.path) - kept, partial(_is_valid, node), 2)
            else:
                done = self._answer(node) or self._around(node, kept)
            if not done:
                given_up.add(node.ref)

    def wish(self, path: str, values: frozenset[str]) -> None:
        """Let the question have one of these values, by its own answer or by those that it is calculated from."""
        node = self._session.node(f"/{self._session.definition.root_name}/{path}")
        if node.value in values:
            return
        if not node.question.bind.calculate and any(self._set(node, value) for value in sorted(values) if value):
            return
        self._reach(self._behind(node.question.path), lambda: node.value in values, 3)

    def _take(self, step: Step) -> bool:
        try:
            take(self._session, step)
        except FormError:
            return False
        self.steps.append(step)
        return True

    def _set(self, node: Node, value: str) -> bool:
        return self._take({"set": node.ref, "value": value})

    def _answer(self, node: Node) -> bool:
        """The first candidate with which the question is content."""
        before = node.value
        for value in _candidates(self._session, node, self._means):
            if value != before and self._set(node, value):
                if node.valid:
                    return True
                self.steps.pop()
        if node.value != before:
            self._session.set(node.ref, before)
        return False

    def _around(self, node: Node, kept: frozenset[str]) -> bool:
        """The question is content with no answer of its own: another, which its rules read, must have another one."""
        return self._reach(
            self._behind(node.question.path) - {node.question.path} - kept, lambda: node.valid or self._answer(node), 1
        )

    def _behind(self, path: str) -> frozenset[str]:
        """The questions from which the rules of `path` follow, through everything that is calculated."""
        found, waiting = {path}, [path]
        while waiting:
            for rule in self._session.definition.rules.by_path.get(waiting.pop(), []):
                waiting += [one.path for one in rule.reads if one.path not in found]
                found |= {one.path for one in rule.reads}
        return frozenset(found)

    def _reach(self, paths: frozenset[str], goal: Callable[[], bool], depth: int) -> bool:
        """Alter one of the questions at `paths`, or `depth` of them one after the other, until the goal is reached."""
        nodes = [one for one in self._session.nodes() if one.question.path in paths and one.relevant]
        nodes = [one for one in nodes if one.kind == "repeat" or (one.question.control and not one.is_group)]
        return any(self._altered(node, goal) for node in nodes) or (
            depth > 1 and any(self._altered(node, lambda: self._reach(paths, goal, depth - 1)) for node in _few(nodes))
        )

    def _altered(self, node: Node, goal: Callable[[], bool]) -> bool:
        if node.kind == "repeat":
            return self._added(node, goal)
        before, length = node.value, len(self.steps)
        for value in _candidates(self._session, node, self._means):
            if value != before and self._set(node, value):
                if node.valid and goal():
                    return True
                del self.steps[length:]
        if node.value != before:
            with suppress(FormError):
                self._session.set(node.ref, before)
        return False

    def _added(self, repeat: Node, goal: Callable[[], bool]) -> bool:
        length = len(self.steps)
        if not self._take({"add": repeat.ref}):
            return False
        if goal():
            return True
        del self.steps[length:]
        self._session.remove(repeat.children[-1].ref)
        return False


def _is_valid(node: Node) -> bool:
    return node.valid


def _few(nodes: Sequence[Node]) -> list[Node]:
    """Those whose answers change what else is asked: where two answers are needed, one of them is mostly such a one."""
    return [node for node in nodes if node.kind == "repeat" or node.question.kind in {"select", "acknowledge"}]


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
