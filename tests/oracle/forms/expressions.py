"""Expressions over the questions that stand before: each way to write one says what it needs to be possible."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.oracle.forms.scope import Scope

LITERALS = {
    "number": ("0", "1", "2", "3", "7", "10", "-1", "0.5", "2.5", "100"),
    "text": ("''", "'a'", "'b'", "'east'", "'a b'", "'12'"),
    "truth": ("true()", "false()"),
}
PATHS = {
    "number": ("integer", "decimal"),
    "text": ("text", "select", "multiple", "city", "date", "integer"),
}
ANSWERED = ("text", "integer", "select", "date", "multiple", "decimal", "city")
DEEPEST = 2


@dataclass(frozen=True)
class Way:
    """One way to write an expression: a pattern whose {number}, {text} and {truth} are expressions themselves.

    `one`: kinds of question of which `{one}` is; `many`: the same in another repeat; `need`: what must be so.
    """

    pattern: str
    one: Sequence[str] = ()
    many: Sequence[str] = ()
    need: Callable[[Scope], object] = bool


NUMBER = (
    *(Way(f"({{number}} {sign} {{number}})") for sign in ("+", "-", "*", "div", "mod")),
    *(Way(f"{name}({{number}})") for name in ("int", "abs", "number")),
    Way("round({number}, 1)"),
    Way("max({number}, 2)"),
    Way("min({number}, 2)"),
    Way("string-length({text})"),
    Way("if({truth}, {number}, {number})"),
    Way("count-selected({one})", one=("multiple",)),
    Way("sum({many})", many=("integer", "decimal")),
    Way("count({repeat})", need=lambda scope: scope.others),
    Way("position({climb})", need=lambda scope: scope.repeats),
)
TEXT = (
    Way("concat({text}, '-', {text})"),
    Way("if({truth}, {text}, {text})"),
    Way("substr({text}, 1, 3)"),
    Way("normalize-space({text})"),
    Way("translate({text}, 'ab', 'xy')"),
    Way("substring-before({text}, '-')"),
    Way("coalesce({text}, {text})"),
    Way("string({number})"),
    Way("selected-at({one}, {index})", one=("multiple",)),
    Way("join(' ', {many})", many=("text", "select")),
    Way("{indexed}", many=("text", "select")),
    Way("format-date({one}, '%Y/%n/%e')", one=("date",)),
)
TRUTH = (
    *(Way(f"{{number}} {sign} {{number}}") for sign in ("<", "<=", ">", ">=", "=", "!=")),
    *(Way(f"{{text}} {sign} {{text}}") for sign in ("=", "!=")),
    *(Way("{one} != ''", one=ANSWERED) for _ in range(3)),
    *(Way(f"selected({{one}}, '{name}')", one=("select", "multiple")) for name in "abc"),
    Way("not({truth})"),
    Way("({truth} and {truth})"),
    Way("({truth} or {truth})"),
    Way("{one} > date('2024-02-29')", one=("date",)),
    Way("regex({text}, '[a-c]+')"),
    Way("boolean-from-string({text})"),
)
WAYS = {"number": NUMBER, "text": TEXT, "truth": TRUTH}


def expression(draw: DrawFn, sort: str, scope: Scope, depth: int = 0) -> str:
    """An expression of a `sort`: number, text or truth. Short ones are simpler, so failures shrink to them."""
    paths = scope.here(*PATHS.get(sort, ()))
    shape = draw(st.sampled_from(["literal", *(["path"] * 2 if paths else []), "way", "way"]))
    if shape == "path":
        return draw(st.sampled_from(paths)).path
    ways = [way for way in WAYS[sort] if _possible(way, scope)] if depth <= DEEPEST else []
    if shape == "literal" or not ways:
        return draw(st.sampled_from(LITERALS[sort]))
    return _written(draw, draw(st.sampled_from(ways)), scope, depth)


def _possible(way: Way, scope: Scope) -> bool:
    needs = way.need is bool or bool(way.need(scope))
    return needs and (not way.one or bool(scope.here(*way.one))) and (not way.many or bool(scope.many(*way.many)))


def _written(draw: DrawFn, way: Way, scope: Scope, depth: int) -> str:
    text = way.pattern
    for sort in WAYS:
        while f"{{{sort}}}" in text:
            text = text.replace(f"{{{sort}}}", expression(draw, sort, scope, depth + 1), 1)
    fillers: dict[str, Callable[[], str]] = {
        "one": lambda: draw(st.sampled_from(scope.here(*way.one))).path,
        "many": lambda: draw(st.sampled_from(scope.many(*way.many))).path,
        "repeat": lambda: draw(st.sampled_from(list(scope.others))),
        "index": lambda: str(draw(st.integers(0, 2))),
        "climb": scope.climb,
        "indexed": lambda: _indexed(draw, way, scope),
    }
    for name, fill in fillers.items():
        if f"{{{name}}}" in text:
            text = text.replace(f"{{{name}}}", fill())
    return text


def _indexed(draw: DrawFn, way: Way, scope: Scope) -> str:
    one = draw(st.sampled_from(scope.many(*way.many)))
    pairs = ", ".join(f"{repeat}, {draw(st.integers(1, 2))}" for repeat in one.repeats)
    return f"indexed-repeat({one.path}, {pairs})"
