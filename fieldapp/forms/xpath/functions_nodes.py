"""Functions on nodes: positions, counts, choice lists, texts of the form and the host's reference data."""

from __future__ import annotations

from collections.abc import Sequence

from fieldapp.forms.xpath import casting as a
from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.functions import function
from fieldapp.forms.xpath.shuffling import seed_of, shuffled, shuffled_by_chance
from fieldapp.forms.xpath.values import Atom, Value, XNode


@function("count", a.nodes)
def count(nodes: Sequence[XNode]) -> float:
    """How many relevant nodes."""
    return float(len(nodes))


@function("count-non-empty", a.texts, rest=a.texts)
def count_non_empty(*groups: list[str]) -> float:
    """How many of the nodes have a value; a group has one when anything in it has."""
    return float(sum(text != "" for group in groups for text in group))


@function("position", optional=(a.nodes,), sees_context=True)
def position(context: Context, nodes: Sequence[XNode] | None = None) -> float:
    """In a predicate the position among the candidates; of a repeat's instance, its place in the repeat."""
    if nodes is None:
        return float(context.position)
    return float(nodes[0].place()) if nodes else 0.0


@function("last", sees_context=True)
def last(context: Context) -> float:
    """How many candidates a predicate looks at."""
    return float(context.size)


@function("local-name", optional=(a.nodes,), sees_context=True)
@function("name", optional=(a.nodes,), sees_context=True)
def name(context: Context, nodes: Sequence[XNode] | None = None) -> str:
    """The node's name, always without prefix."""
    if nodes is None:
        return context.node.name
    return nodes[0].name if nodes else ""


@function("instance", a.text, sees_context=True)
def instance(context: Context, name: str) -> Value:
    """The root of a choice list or of reference data, by its name; nothing where there is none."""
    root = context.env.instance(name)
    return [] if root is None else [root]


@function("pulldata", a.text, a.text, a.text, a.text, sees_context=True)
def pulldata(context: Context, layer: str, column: str, key_column: str, key: str) -> str:
    """The cell of `column` in the row whose `key_column` is `key`; "" where there is none."""
    return context.env.pulldata(layer, column, key_column, key) if key else ""


@function("jr:itext", a.text, sees_context=True)
def itext(context: Context, name: str) -> str:
    """A text of the form in the current language."""
    return context.env.itext(name)


@function("property", a.text, sees_context=True)
def property_(context: Context, name: str) -> str:
    """What the host says about device and person."""
    return context.env.property(name)


@function("version", sees_context=True)
def version(context: Context) -> str:
    """The form's version (JavaRosa)."""
    return context.env.version


@function("randomize", a.nodes, optional=(a.atom,), sees_context=True)
def randomize(context: Context, nodes: Sequence[XNode], seed: Atom | None = None) -> list[XNode]:
    """The nodes in random order; by a seed always in the same one, which is that of ODK's engines."""
    if seed is None:
        return shuffled_by_chance(nodes, context.env.random)
    return shuffled(nodes, seed_of(seed, context.env.zone))
