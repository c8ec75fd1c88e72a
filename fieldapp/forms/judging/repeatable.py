"""Which rules of a form come out the same on another machine and another day: only those can be checked there.

A calculation with `now()`, `random()` or a property of the device is what it was; it is taken as it is given. A rule
that looks something up in tables which the judge does not have (a laptop's layers) is left out, and so is what hangs
on it: whether a question below such a relevance must be answered, the judge cannot know.
"""

from __future__ import annotations

from collections.abc import Collection

from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.definition.rules import Rule
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.tree import Call, Expression, Literal, walk

OF_THE_MOMENT = frozenset({"now", "today", "once", "jr:choice-name", "choice-name", "jr:itext", "itext"})
OF_CHANCE = frozenset({"random", "randomize", "uuid", "property"})
LOOKUPS = frozenset({"pulldata", "instance"})

RuleName = tuple[str, str]  # the path of a question, and the kind of its rule


def unrepeatable(form: FormDefinition, tables: Collection[str]) -> frozenset[RuleName]:
    """The rules that a judge with these `tables` leaves out, by path and kind."""
    found: set[RuleName] = set()
    for rule in form.rules.rules:
        if not _repeatable(rule, tables):
            found.add((rule.path, rule.kind))
            found |= _hanging_on(rule, form)
    return frozenset(found)


def _hanging_on(rule: Rule, form: FormDefinition) -> set[RuleName]:
    """What is not to be said either: under a relevance, whatever depends on there being a question at all."""
    paths = form.under(rule.path) if rule.kind == "relevant" else ()
    return {(path, kind) for path in paths for kind in ("required", "calculate", "count")}


def _repeatable(rule: Rule, tables: Collection[str]) -> bool:
    calls = [part for part in walk(parse(rule.source)) if isinstance(part, Call)]
    fleeting = OF_CHANCE | OF_THE_MOMENT if rule.kind == "calculate" else OF_CHANCE
    if rule.kind == "choices":
        fleeting = frozenset()  # in whatever order: the same choices
    return not any(call.name in fleeting or not _known(call, tables) for call in calls)


def _known(call: Call, tables: Collection[str]) -> bool:
    """Whether a lookup finds its table here; other calls look nothing up."""
    return call.name not in LOOKUPS or _table(call.arguments) in tables


def _table(arguments: tuple[Expression, ...]) -> str:
    first = arguments[0] if arguments else None
    return first.value if isinstance(first, Literal) and isinstance(first.value, str) else ""
