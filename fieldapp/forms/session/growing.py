"""How the tree of a record grows: from the form's prototype, from kept Fields, and by added instances."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator, Mapping
from itertools import count

from fieldapp.forms.definition.model import FILES, Prototype
from fieldapp.forms.session.engine import Engine
from fieldapp.forms.session.nodes import Node
from fieldapp.forms.session.paths import instances_in, number_of_instance
from fieldapp.forms.session.types import AnswerError, normalise

_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"  # without those that look alike


class Fieldbook:
    """Kept Fields on their way into a tree: what is taken is crossed out, the rest are orphans."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.left = {path: value for path, value in fields.items() if value and not path.startswith("@")}
        self._keys: dict[str, dict[str, None]] = {}
        for path in self.left:
            for repeat, key in instances_in(path):
                self._keys.setdefault(repeat, {})[key] = None
        self._kept = dict(self.left)

    def take(self, path: str) -> str:
        """The value at `path`, "" for none; it is no orphan now."""
        return self.left.pop(path, "")

    def keys(self, repeat: str) -> list[tuple[str, int]]:
        """The instances of the repeat at `repeat` (with keys) in order, each with its number."""
        found = [
            (key, number_of_instance(self._kept.get(f"{repeat}[{key}]", ""))) for key in self._keys.get(repeat, ())
        ]
        return sorted(found, key=lambda item: (item[1], item[0]))


class Grower:
    """Makes nodes. `singles` finds those outside repeats by their question's path."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.singles: dict[str, Node] = {}
        self._given: dict[str, Prototype] = {}  # how a repeat begins that is not inside another one, by its path

    def tree(self, prototype: Prototype, book: Fieldbook, *, is_new: bool) -> Node:
        """The whole tree: of a new record with the form's defaults under the kept values, else of kept values only."""
        return self._grow(prototype, None, "group", "", book, is_new=is_new)

    def instance(self, repeat: Node, key: str) -> Node:
        """A new instance at the end of a repeat, with the template's values."""
        return self._instance(repeat, self._template(repeat), key, next_number(repeat), Fieldbook({}), is_new=True)

    def counted(self, repeat: Node, key: str) -> Node:
        """The next instance of a repeat that the form counts: one that the form gives, or a new one."""
        index = len(repeat.children)
        given = self._given.get(repeat.path)
        known = given is not None and index < len(given.children)
        prototype = given.children[index] if given is not None and known else self._template(repeat)
        return self._instance(repeat, prototype, key, next_number(repeat), Fieldbook({}), is_new=True)

    def _template(self, repeat: Node) -> Prototype:
        return self.engine.definition.templates[repeat.question.path]

    def _instance(
        self, repeat: Node, prototype: Prototype, key: str, number: int, book: Fieldbook, *, is_new: bool
    ) -> Node:
        path = f"{repeat.path}[{key}]"
        book.take(path)
        node = self._grow(prototype, repeat, "instance", path, book, is_new=is_new)
        node.key, node.number = key, number
        return node

    def _grow(
        self, prototype: Prototype, parent: Node | None, kind: str, path: str, book: Fieldbook, *, is_new: bool
    ) -> Node:
        question = prototype.question
        node = Node(self.engine, question, parent, kind, path)
        if parent is None:
            self.singles[path] = node
        else:
            self._place(node, parent, kind)
        if not question.is_group:
            self._fill(node, prototype.value if is_new else "", book)
        self.engine.equip(node)
        for child in prototype.children:
            name = child.question.name
            child_path = f"{path}/{name}" if path else name
            if child.question.kind == "repeat":
                self._repeat(child, node, child_path, book, is_new=is_new)
            else:
                inner = child.question.kind if child.question.kind in {"group", "attribute"} else "question"
                self._grow(child, node, inner, child_path, book, is_new=is_new)
        return node

    def _place(self, node: Node, parent: Node, kind: str) -> None:
        if kind == "attribute":
            parent.attributes.append(node)
            parent.by_name[node.question.name] = node
        elif kind == "instance":
            parent.children.append(node)
        else:
            parent.children.append(node)
            parent.by_name[node.question.name] = node
        if "[" not in node.path:
            self.singles[node.path] = node
        above = node.up()
        if above is not None:
            node.relevant, node.readonly = above.relevant, above.readonly or node.own_readonly

    def _fill(self, node: Node, default: str, book: Fieldbook) -> None:
        """The kept value as it is, marked where it is wrong; or the form's default in its one spelling."""
        kept = book.take(node.path)
        if kept:
            node.value = kept
            try:
                normalise(node.question, kept, self.engine.env.zone)
            except AnswerError as fault:
                node.fault = str(fault)
        elif node.question.kind in FILES:
            node.value = default  # the form's own picture, by its place in the form
        elif default:
            with contextlib.suppress(AnswerError):
                node.value = normalise(node.question, default, self.engine.env.zone)

    def _repeat(self, prototype: Prototype, parent: Node, path: str, book: Fieldbook, *, is_new: bool) -> None:
        repeat = Node(self.engine, prototype.question, parent, "repeat", path)
        repeat.own_readonly = bool(prototype.question.count)  # the form counts its instances: nobody else may
        self._place(repeat, parent, "repeat")
        if prototype.question.count:
            self._given.setdefault(path, prototype)
        kept = book.keys(path)
        for key, number in kept:
            self._instance(repeat, self._template(repeat), key, number, book, is_new=is_new)
        if is_new and not kept:
            for number, given in enumerate(prototype.children, 1):
                self._instance(repeat, given, f"d{number}", number, book, is_new=True)
        self.engine.equip(repeat)


def new_key() -> str:
    """A key for an instance that a person adds: never the same on two laptops."""
    return "".join(secrets.choice(_SIGNS) for _ in range(8))


def counted_keys(repeat: Node) -> Iterator[str]:
    """Keys for instances that the form makes by itself: the same on every laptop."""
    taken = {node.key for node in repeat.children}
    return (key for number in count(next_number(repeat)) if (key := f"d{number}") not in taken)


def next_number(repeat: Node) -> int:
    """The number that orders an instance after all that are there."""
    return repeat.children[-1].number + 1 if repeat.children else 1
