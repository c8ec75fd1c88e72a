"""Document order: in what order a set of nodes stands, whatever way it was found (XPath 1.0, 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fieldapp.forms.xpath.context import Closure, Context
from fieldapp.forms.xpath.values import Value, XNode


def union(terms: Sequence[Closure]) -> Closure:
    """The nodes of all terms, each once, in document order."""

    def run(context: Context) -> Value:
        found: list[XNode] = []
        for term in terms:
            value = term(context)
            if not isinstance(value, str | float | bool):
                found += value
        return in_document_order(distinct(found))

    return run


def distinct(nodes: Iterable[XNode]) -> list[XNode]:
    """Each node once, in the order in which it first came."""
    return list({id(node): node for node in nodes}.values())


def in_document_order(nodes: list[XNode]) -> list[XNode]:
    """The nodes as a reader of the document meets them; attributes come before what is inside their element."""
    if len(nodes) < 2:
        return nodes
    places: dict[int, dict[int, int]] = {}
    return sorted(nodes, key=lambda node: _way(node, places))


def _way(node: XNode, places: dict[int, dict[int, int]]) -> list[int]:
    """The places, from the root down, of the node and of all that it lies in."""
    way: list[int] = []
    above = node.up()
    while above is not None:
        family = places.get(id(above))
        if family is None:
            family = places[id(above)] = {id(child): at for at, child in enumerate(above.named("*"))}
        way.append(family.get(id(node), -1))
        node, above = above, above.up()
    return way[::-1]
