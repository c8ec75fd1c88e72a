"""The strategies: a whole form, and the steps that somebody takes in it."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.oracle.forms.expressions import expression
from tests.oracle.forms.model import TYPES, Group, Leaf, to_xform
from tests.oracle.forms.scope import Known, Scope

COMMON = ("text", "integer", "integer", "decimal", "date", "select", "multiple", "calculate", "calculate", "note")
RARE = ("time", "dateTime", "geopoint", "barcode", "acknowledge", "range", "rank")
KINDS = COMMON * 2 + RARE
DEFAULTS = {
    "integer": "5",
    "decimal": "1.5",
    "text": "abc",
    "date": "2024-05-06",
    "select": "b",
    "multiple": "a c",
}
MOST_NODES, DEEPEST = 14, 3


class _Maker:
    """Makes one form from its first question to its last; each speaks only of those before it."""

    def __init__(self, draw: DrawFn) -> None:
        self.draw = draw
        self.known: list[Known] = []
        self.repeats: list[str] = []
        self.set_at_first: set[str] = set()  # paths whose values change while the form opens
        self.boundless: set[str] = set()  # paths whose numbers may be infinite, or millions
        self.made = 0

    def children(self, above: str, around: tuple[str, ...], depth: int) -> list[Leaf | Group]:
        """Some questions and groups under a path."""
        made: list[Leaf | Group] = []
        for _ in range(self.draw(st.integers(1, 4 if depth else 7))):
            if self.made >= MOST_NODES:
                break
            form = self.draw(st.sampled_from(["leaf", "leaf", "leaf", "group", "repeat", "cascade"]))
            if form == "cascade":
                made += self.cascade(above, around)
            elif form == "leaf" or depth == DEEPEST:
                made.append(self.leaf(above, around))
            else:
                made.append(self.group(above, around, depth, repeat=form == "repeat"))
        return made or [self.leaf(above, around)]

    def leaf(self, above: str, around: tuple[str, ...]) -> Leaf:
        """A question or a calculation, with some rules."""
        kind = self.draw(st.sampled_from(KINDS))
        name, scope = self._name("q"), self._scope(above, around)
        path = f"{above}/{name}"
        if kind == "calculate":
            type_, source = self._calculation(scope)
            if self._moves_at_first(source):
                self.set_at_first.add(path)
            self._look_at_size(path, source)
            self._remember(path, {"int": "integer", "decimal": "decimal"}.get(type_, "text"), around, calculated=True)
            return Leaf(name, kind, type_, self._rules(scope, ("relevant",)) | {"calculate": source})
        leaf = Leaf(name, kind, TYPES.get(kind, "string"), self._rules(scope, ("relevant", "required", "readonly")))
        if kind == "note":
            leaf.rules = {**leaf.rules, "readonly": "true()"}
        elif self.draw(st.integers(0, 3)) == 0:
            leaf.rules = {**leaf.rules, "constraint": self._constraint(kind, scope)}
        leaf.default = self._default(kind)
        leaf.shows = expression(self.draw, "text", scope) if self.draw(st.integers(0, 4)) == 0 else ""
        leaf.set_value = self._set_value(path, kind, scope)
        self._look_at_size(path, leaf.set_value[1] if leaf.set_value else "")
        self._remember(path, kind, around)
        return leaf

    def cascade(self, above: str, around: tuple[str, ...]) -> list[Leaf | Group]:
        """A choice and another one that offers what belongs to it."""
        first, second = self._name("district"), self._name("city")
        self._remember(f"{above}/{first}", "text", around)
        self._remember(f"{above}/{second}", "city", around)
        by = self.draw(st.sampled_from([f"{above}/{first}", f"current()/../{first}"]))
        return [Leaf(first, "select"), Leaf(second, "city", by=by)]

    def group(self, above: str, around: tuple[str, ...], depth: int, *, repeat: bool) -> Group:
        """A group or a repeat."""
        name, scope = self._name("r" if repeat else "g"), self._scope(above, around)
        path = f"{above}/{name}"
        rules = self._rules(scope, ("relevant",) if repeat else ("relevant", "readonly"))
        counts = [one.path for one in scope.here("integer") if one.path not in self.boundless]
        count = self.draw(st.sampled_from(["", "", *counts[:3]])) if repeat else ""
        children = self.children(path, (*around, path) if repeat else around, depth + 1)
        if repeat:
            self.repeats.append(path)
        return Group(name, children, repeat, count, rules)

    def _name(self, stem: str) -> str:
        self.made += 1
        return f"{stem}{self.made}"

    def _remember(self, path: str, kind: str, around: tuple[str, ...], *, calculated: bool = False) -> None:
        self.known.append(Known(path, kind, around, calculated))

    def _scope(self, above: str, around: tuple[str, ...]) -> Scope:
        outside = [path for path in self.repeats if not any(path.startswith(f"{one}/") for one in self.repeats)]
        return Scope(tuple(self.known), above, around, outside)

    def _rules(self, scope: Scope, names: tuple[str, ...]) -> dict[str, str]:
        if not scope.known:
            return {}
        return {name: expression(self.draw, "truth", scope) for name in names if self.draw(st.integers(0, 4)) == 0}

    def _calculation(self, scope: Scope) -> tuple[str, str]:
        ways = [("string", "text"), ("string", "number"), ("int", "number"), ("decimal", "number"), ("string", "truth")]
        type_, sort = self.draw(st.sampled_from(ways))
        source = expression(self.draw, sort, scope)
        once = self.draw(st.integers(0, 9)) == 0 and not self._moves_at_first(source)
        return type_, f"once({source})" if once else source

    def _moves_at_first(self, source: str) -> bool:
        """Whether it reads what is set while the form opens: engines differ on which value comes before."""
        return any(path in source for path in self.set_at_first)

    def _look_at_size(self, path: str, source: str) -> None:
        """JavaRosa makes as many instances as it is told, of an infinite number 2,147,483,647: no count may be that."""
        if any(part in source for part in (" div ", " * ", *self.boundless)):
            self.boundless.add(path)

    def _constraint(self, kind: str, scope: Scope) -> str:
        own = {
            "integer": ". > 2",
            "decimal": ". <= 7.5",
            "text": "regex(., '[a-c ]+')",
            "date": ". <= date('2025-01-01')",
            "multiple": "count-selected(.) <= 2",
            "select": ". != 'c'",
        }.get(kind, ". != ''")
        return f"{own} or {expression(self.draw, 'truth', scope)}" if self.draw(st.booleans()) else own

    def _default(self, kind: str) -> str:
        return DEFAULTS.get(kind, "") if self.draw(st.integers(0, 4)) == 0 else ""

    def _set_value(self, path: str, kind: str, scope: Scope) -> tuple[str, str, str] | None:
        if kind not in {"text", "integer"} or self.draw(st.integers(0, 5)):
            return None
        sort = "text" if kind == "text" else "number"
        triggers: list[Known] = [one for one in scope.here("integer", "text", "select") if one.repeats == scope.repeats]
        by_change = bool(triggers) and self.draw(st.booleans())
        if by_change:
            trigger = self.draw(st.sampled_from(triggers))
            if trigger.path in self.set_at_first:
                self.set_at_first.add(path)
            seen = scope.given() if trigger.path in self.set_at_first else scope
            return "xforms-value-changed", expression(self.draw, sort, seen), trigger.path
        if scope.repeats:
            return None
        self.set_at_first.add(path)
        return "odk-instance-first-load", expression(self.draw, sort, scope.given()), ""


@st.composite
def forms(draw: DrawFn) -> str:
    """A form as XML: questions of many kinds with rules, groups, repeats, cascades, calculations and setvalues."""
    return to_xform(_Maker(draw).children("/data", (), 0))


MOVES = st.tuples(
    st.sampled_from(["set"] * 8 + ["add", "add", "remove", "clear", "lang"]), st.integers(0, 999), st.integers(0, 999)
)


def moves(least: int, most: int) -> st.SearchStrategy[list[tuple[str, int, int]]]:
    """What somebody does, as numbers that `steps.Hand` takes for the questions that are there at the time."""
    return st.lists(MOVES, min_size=least, max_size=most)
