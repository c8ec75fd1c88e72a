"""Which questions an expression reads: each path resolved against the form's shape, once, before anything runs.

Rule of ODK: an absolute path into a repeat means *this* instance when the expression itself lies in that repeat.
So a path is "climb from the context to the deepest repeat in common, then go down by names".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fieldapp.forms.xpath.context import Scope
from fieldapp.forms.xpath.parser import OPERATORS, parse
from fieldapp.forms.xpath.tree import Binary, Call, Expression, Literal, Path, Step, branches, chain, parts


@dataclass(frozen=True, slots=True)
class Route:
    """The part of a path that names alone decide, and the steps that are left."""

    target: str
    from_current: bool
    climb: int  # levels up from the context node; -1: begin at the root
    down: tuple[str, ...]
    rest: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A question that an expression reads. `loose`: which instances is only known when it runs."""

    path: str
    loose: bool


def route(path: Path, scope: Scope) -> Route | None:
    """How `path` goes, None when it starts at something that is no node of the record."""
    from_current = isinstance(path.start, Call) and path.start.name == "current" and not path.start.arguments
    if path.start is not None and not from_current:
        return None
    base = scope.current if from_current or (path.absolute and scope.base is None) else scope.base
    if base is None:
        return None
    from_current = from_current or scope.base is None
    if path.absolute:
        return _absolute(path, scope, base, from_current=from_current)
    return _relative(path, base, from_current=from_current)


def _absolute(path: Path, scope: Scope, base: str, *, from_current: bool) -> Route | None:
    if not path.steps or path.steps[0].name != scope.outline.root_name or not _simple(path.steps[0]):
        return None
    walked = _walk([], path.steps[1:])
    if walked is None:
        return None
    names, _, rest = walked
    common = _common_repeat(names, base.split("/") if base else [], scope, to_end=bool(rest))
    climb = len(base.split("/")) - common if common else -1
    return Route("/".join(names), from_current, climb, tuple(names[common:]), rest)


def _relative(path: Path, base: str, *, from_current: bool) -> Route | None:
    start = base.split("/") if base else []
    walked = _walk(start, path.steps)
    if walked is None:
        return None
    names, top, rest = walked
    return Route("/".join(names), from_current, len(start) - top, tuple(names[top:]), rest)


def _walk(start: list[str], steps: tuple[Step, ...]) -> tuple[list[str], int, tuple[Step, ...]] | None:
    names, top = list(start), len(start)
    for index, step in enumerate(steps):
        if not _simple(step):
            return names, top, steps[index:]
        if step.axis == "parent":
            if not names:
                return None
            names.pop()
            top = min(top, len(names))
        elif step.axis != "self":
            names.append(f"@{step.name}" if step.axis == "attribute" else step.name)
    return names, top, ()


def _simple(step: Step) -> bool:
    if step.predicates:
        return False
    if step.axis in {"child", "attribute"}:
        return step.by_name
    return step.axis in {"self", "parent"} and step.name == "node()"


def _common_repeat(names: list[str], base: list[str], scope: Scope, *, to_end: bool) -> int:
    """The length of the deepest repeat path that target and context share; a target repeat itself means all of it."""
    common = 0
    if not _in_repeat(names, scope) or not _in_repeat(base, scope):
        return common
    longest = len(names) if to_end else len(names) - 1
    for length in range(1, min(longest, len(base)) + 1):
        if names[length - 1] != base[length - 1]:
            break
        if "/".join(names[:length]) in scope.outline.repeats:
            common = length
    return common


def _in_repeat(names: list[str], scope: Scope) -> bool:
    return "/".join(names) in scope.outline.repeated


def after(base: str | None, step: Step, scope: Scope) -> str | None:
    """The question path one step from `base`, None where names alone do not tell."""
    if base is None:
        return None
    if step.axis in {"child", "attribute"} and step.by_name:
        name = f"@{step.name}" if step.axis == "attribute" else step.name
        path = f"{base}/{name}" if base else name
        return path if path in scope.outline.paths else None
    if step.axis == "self":
        return base
    return base.rpartition("/")[0] if step.axis == "parent" and base else None


def references(expression: Expression, scope: Scope) -> list[Reference]:
    """Every question that `expression` reads, in the order written. Paths that do not exist are among them."""
    found: list[Reference] = []
    _collect(expression, scope, found, loose=False)
    return found


def _collect(expression: Expression, scope: Scope, found: list[Reference], *, loose: bool) -> None:
    if isinstance(expression, Path):
        _collect_path(expression, scope, found, loose=loose)
    elif isinstance(expression, Call):
        _collect_call(expression, scope, found, loose=loose)
    elif isinstance(expression, Binary):
        first, others = chain(expression, OPERATORS)
        for part in (first, *(term for _, term in others)):
            _collect(part, scope, found, loose=loose)
    else:
        for part in parts(expression):
            _collect(part, scope, found, loose=loose)


def _collect_call(call: Call, scope: Scope, found: list[Reference], *, loose: bool) -> None:
    """once() looks at its own question, which is no dependency; a position is none of the values there."""
    inner: list[Reference] = []
    for argument in _arguments(call):
        _collect(argument, scope, inner, loose=loose or call.name in _LOOSE)
    named = named_choice(call) if call.name == "jr:choice-name" else None
    if named is not None:
        _collect(named, scope, inner, loose=loose)
    if call.name == "once":
        inner = [item for item in inner if item.path != scope.current]
    found += inner


def _arguments(call: Call) -> Sequence[Expression]:
    """The arguments; of a chain of else-ifs those of all, since it may be longer than recursion is deep."""
    pairs, rest = branches(call)
    return [*(part for pair in pairs for part in pair), rest] if pairs else call.arguments


_LOOSE = frozenset({"indexed-repeat", "position"})


def _collect_path(path: Path, scope: Scope, found: list[Reference], *, loose: bool) -> None:
    way = route(path, scope)
    if way is not None and not way.rest:
        found.append(Reference(way.target, loose))
        return
    if way is None and path.start is not None:
        _collect(path.start, scope, found, loose=loose)
    base = way.target if way is not None else None
    _collect_steps(way.rest if way is not None else path.steps, base, scope, found)


def _collect_steps(steps: tuple[Step, ...], base: str | None, scope: Scope, found: list[Reference]) -> None:
    anywhere, reached = base, base
    for step in steps:
        reached = after(reached, step, scope)
        anywhere = reached if reached is not None else anywhere
        for predicate in step.predicates:
            _collect(predicate, scope.at(reached), found, loose=False)
    if base is None:
        return
    if reached is not None:
        found.append(Reference(reached, loose=True))
    else:
        found += [Reference(below, loose=True) for below in scope.outline.under(anywhere or "")]


def keeps(expression: Expression, scope: Scope) -> bool:
    """Whether a calculation reads its own answer only to keep it, or to ask about it: `if(. = '', today(), .)`."""
    if isinstance(expression, Path) or all(item.path != scope.current for item in references(expression, scope)):
        return True
    if not isinstance(expression, Call):
        return False
    pairs, rest = branches(expression)
    results = [*(then for _, then in pairs), rest] if pairs else expression.arguments
    return (bool(pairs) or expression.name == "coalesce") and all(keeps(result, scope) for result in results)


def unknown(found: list[Reference], scope: Scope) -> Iterator[str]:
    """The references that lead to no question, as `/root/path`; attributes may be there without being questions."""
    for reference in found:
        path = reference.path
        if path and path not in scope.outline.paths and not path.rpartition("/")[2].startswith("@"):
            yield f"/{scope.outline.root_name}/{path}"


def named_choice(call: Call) -> Expression | None:
    """The question in jr:choice-name(value, 'path'): its path is written as a text."""
    named = call.arguments[1] if len(call.arguments) == 2 else None
    if isinstance(named, Literal) and isinstance(named.value, str):
        return parse(named.value.strip())
    return None
