"""Functions on nodes: positions, counts, choice lists, texts of the form and the host's reference data."""

from __future__ import annotations

import math

from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.functions import pure, with_context
from fieldapp.forms.xpath.values import Value, XNode, number_of, text_of, texts_of


def _nodes(value: Value) -> list[XNode]:
    return [] if isinstance(value, str | float | bool) else list(value)


@pure("count", 1, 1)
def count(value: Value) -> float:
    """How many relevant nodes."""
    return float(len(_nodes(value)))


@pure("count-non-empty", 1, None)
def count_non_empty(*values: Value) -> float:
    """How many of the nodes have a value."""
    return float(sum(text != "" for text in texts_of(values)))


@with_context("position", 0, 1)
def position(context: Context, *values: Value) -> float:
    """In a predicate the position among the candidates; of a repeat's instance, its place in the repeat."""
    if not values:
        return float(context.position)
    nodes = _nodes(values[0])
    return float(nodes[0].place()) if nodes else 0.0


@with_context("last", 0, 0)
def last(context: Context) -> float:
    """How many candidates a predicate looks at."""
    return float(context.size)


@with_context("name", 0, 1)
def name(context: Context, *values: Value) -> str:
    """The node's name."""
    nodes = _nodes(values[0]) if values else [context.node]
    return nodes[0].name if nodes else ""


@with_context("local-name", 0, 1)
def local_name(context: Context, *values: Value) -> str:
    """The node's name without prefix."""
    return text_of(name(context, *values))


@with_context("instance", 1, 1)
def instance(context: Context, value: Value) -> Value:
    """The root of a choice list or of reference data, by its name; nothing where there is none."""
    root = context.env.instance(text_of(value))
    return [] if root is None else [root]


@with_context("pulldata", 4, 4)
def pulldata(context: Context, layer: Value, column: Value, key_column: Value, key: Value) -> str:
    """The cell of `column` in the row whose `key_column` is `key`; "" where there is none."""
    wanted = text_of(key)
    return context.env.pulldata(text_of(layer), text_of(column), text_of(key_column), wanted) if wanted else ""


@with_context("jr:itext", 1, 1)
def itext(context: Context, value: Value) -> str:
    """A text of the form in the current language."""
    return context.env.itext(text_of(value))


@with_context("property", 1, 1)
def property_(context: Context, value: Value) -> str:
    """What the host says about device and person."""
    return context.env.property(text_of(value))


@with_context("randomize", 1, 2)
def randomize(context: Context, value: Value, *seed: Value) -> list[XNode]:
    """The nodes in random order, always the same for a seed (Park and Miller's generator, as ODK wants)."""
    nodes = _nodes(value)
    state = _seed(number_of(seed[0])) if seed else int(context.env.random() * 2147483645) + 1
    for at in range(len(nodes) - 1, 0, -1):
        state = state * 16807 % 2147483647
        other = int((state - 1) / 2147483646 * (at + 1))
        nodes[at], nodes[other] = nodes[other], nodes[at]
    return nodes


def _seed(number: float) -> int:
    whole = int(number) % 2147483647 if math.isfinite(number) else 0
    return whole or 2147483646
