"""How a path stands to the question that uses it: which question it means, and whether that is one value or many."""

from __future__ import annotations

from fieldapp.forms.xpath.context import Scope
from fieldapp.forms.xpath.references import Route, route
from fieldapp.forms.xpath.tree import Path


def target_of(path: Path, scope: Scope) -> str | None:
    """The question that `path` leads to by names alone; None where predicates or data decide."""
    way = route(path, scope)
    return way.target if way is not None and not way.rest else None


def is_many(path: Path, scope: Scope) -> bool:
    """Whether `path` leads into a repeat from outside it, and so to the values of all its instances."""
    way = route(path, scope)
    if way is None or way.rest:
        return False
    return _kept(way, scope) < _deepest_repeat(way.target, scope)


def _kept(way: Route, scope: Scope) -> int:
    """How many levels of the context's own place the path keeps: up to there, instances are this one's."""
    if way.climb < 0:
        return 0
    base = scope.current if way.from_current else scope.base or ""
    return len(base.split("/")) - way.climb if base else 0


def _deepest_repeat(target: str, scope: Scope) -> int:
    """The level of the innermost repeat around `target`; 0 where it is in none. A repeat itself means all of it."""
    names = target.split("/")
    levels = range(1, len(names))
    return max((level for level in levels if "/".join(names[:level]) in scope.outline.repeats), default=0)
