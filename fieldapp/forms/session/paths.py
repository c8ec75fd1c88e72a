"""Fields as a tree: `items[k3]/name` is the child `name` of the instance `k3` of `items`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from fieldapp.records import Fields


@dataclass
class Tree:
    """A node of a record: its value, and its children by name; of a repeat, the instances in their order."""

    value: str = ""
    children: dict[str, list[Tree]] = field(default_factory=dict)


def tree_of(fields: Fields) -> Tree:
    """All answers as a tree; what is no answer (`@state`) stays out."""
    answers = {path: value for path, value in fields.items() if value and not path.startswith("@")}
    nodes: dict[str, Tree] = {"": Tree()}
    for path in sorted(answers, key=lambda path: (_numbers(path, answers), path)):
        _node(path, nodes).value = "" if path.endswith("]") else answers[path]
    return nodes[""]


def instances_in(path: str) -> Iterator[tuple[str, str]]:
    """`a[k]/b[m]/c` → (`a`, `k`), (`a[k]/b`, `m`)."""
    at = path.find("[")
    while at >= 0:
        end = path.find("]", at)
        if end < 0:
            return
        yield path[:at], path[at + 1 : end]
        at = path.find("[", end)


def number_of_instance(text: str) -> int:
    """The place of an instance among its like, 0 where none is kept."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _numbers(path: str, answers: Fields) -> list[int]:
    places = (f"{repeat}[{key}]" for repeat, key in instances_in(path))
    return [number_of_instance(answers.get(place) or "") for place in places]


def _node(path: str, nodes: dict[str, Tree]) -> Tree:
    known = nodes.get(path)
    if known is None:
        above, _, step = path.rpartition("/")
        known = nodes[path] = Tree()
        _node(above, nodes).children.setdefault(step.partition("[")[0], []).append(known)
    return known
