"""The live tree of one record: nodes that hold values, know their relevance, and remember who read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import TYPE_CHECKING

from fieldapp.forms.definition.model import Question
from fieldapp.forms.session.types import is_numeric
from fieldapp.forms.xpath.values import number_of
from fieldapp.money.cards import holds_card

if TYPE_CHECKING:
    from fieldapp.forms.session.cells import Cell
    from fieldapp.forms.session.engine import Engine

TYPED = frozenset({"text", "integer", "decimal", "barcode"})  # questions whose answer can be any row of digits


class Node:
    """A question, group, repeat or instance as one record has it.

    A repeat is a node of kind "repeat"; its children are its instances, nodes of kind "instance"; theirs are the
    questions. `relevant` and `readonly` are effective: they include those of the groups around.
    """

    __slots__ = (
        "_number",
        "_numbered",
        "attributes",
        "by_name",
        "cells",
        "children",
        "constraint_met",
        "engine",
        "fault",
        "key",
        "kind",
        "number",
        "numeric",
        "options",
        "own_readonly",
        "own_relevant",
        "parent",
        "path",
        "question",
        "readers",
        "readonly",
        "relevant",
        "required",
        "truth",
        "value",
    )

    def __init__(self, engine: Engine, question: Question, parent: Node | None, kind: str, path: str) -> None:
        self.engine = engine
        self.question = question
        self.parent = parent
        self.kind = kind
        self.path = path
        self.children: list[Node] = []
        self.attributes: list[Node] = []
        self.by_name: dict[str, Node] = {}
        self.key = ""
        self.number = 0
        self.value = ""
        self.own_relevant = self.relevant = self.constraint_met = True
        self.own_readonly = self.readonly = self.required = False
        self.fault = ""
        self.truth = False  # whether the value was calculated as true or false
        self.numeric = is_numeric(question)
        self._numbered, self._number = "", 0.0  # the value that was last read as a number, and that number
        self.options: Options | None = None
        self.cells: list[Cell] = []
        self.readers: dict[Cell, None] = {}

    def __repr__(self) -> str:
        return f"<Node {self.ref}={self.value!r}>"

    @property
    def ref(self) -> str:
        """Its place by names and numbers: `/data/items[2]/item_type`."""
        if self.parent is None:
            return f"/{self.question.name}"
        if self.kind == "instance":
            return f"{self.parent.ref}[{self.parent.children.index(self) + 1}]"
        return f"{self.parent.ref}/{self.question.name}"

    @property
    def is_group(self) -> bool:
        """Whether it holds nodes instead of a value."""
        return self.question.is_group

    @property
    def trouble(self) -> str:
        """What is wrong with the answer: card, required, constraint, type or choice; "" for nothing."""
        if self.is_group or not self.relevant:
            return ""
        if self.holds_card:
            return "card"
        if self.fault:
            return "type"
        if not self.value:
            return "required" if self.required else ""
        if not self.constraint_met:
            return "constraint"
        return "choice" if self.engine.strange_choices(self) else ""

    @property
    def holds_card(self) -> bool:
        """Whether somebody typed a payment card's number here: it is never kept, in whatever form."""
        return self.question.kind in TYPED and holds_card(self.value)

    @property
    def valid(self) -> bool:
        """Whether the answer may stand: complete where required, allowed, of its type."""
        return not self.trouble

    @property
    def message(self) -> str:
        """Why the answer may not stand, in the session's language; "" when it may."""
        return self.engine.message(self)

    def walk(self) -> Iterator[Node]:
        """Itself and all below, in the form's order."""
        yield self
        for child in self.children:
            yield from child.walk()

    # What XPath sees: instances in place of their repeat.

    @property
    def name(self) -> str:
        """The element's name."""
        return self.question.name

    def counts(self) -> bool:
        """Whether it is relevant; the expression being evaluated will run again when that or the value changes."""
        self.engine.reads.append(self)
        return self.relevant or self.engine.counts_inside(self)

    def up(self) -> Node | None:
        """The parent element."""
        above = self.parent
        return above.parent if above is not None and self.kind == "instance" else above

    def text(self) -> str:
        """The value; of a group all values in it."""
        if self.children:
            return "".join(child.text() for child in self.children)
        return self.value

    def atom(self) -> str | float | bool:
        """The value: a number in questions of numbers, a truth where one was calculated (as in JavaRosa)."""
        if self.numeric and self.value:
            if self._numbered is not self.value:
                self._numbered, self._number = self.value, number_of(self.value)
            return self._number
        return self.value == "true" if self.truth else self.text()

    def named(self, name: str) -> Sequence[Node]:
        """The child elements of this name (`*`: all); `@name` is an attribute."""
        child = self.by_name.get(name)
        if child is not None:
            return child.elements()
        if name == "*":
            return [element for child in self.children for element in child.elements()]
        return self._fixed(name) if name.startswith("@") else ()

    def _fixed(self, name: str) -> Sequence[Node]:
        """Attributes that nothing changes, such as the form's version, made when asked for (`@*`: and all others)."""
        for full, value in self.question.fixed.items():
            own = f"@{full.rpartition('}')[2]}"
            if own not in self.by_name and name in {own, "@*"}:
                question = Question(own, f"{self.question.path}/{own}".strip("/"), "attribute", self.question)
                node = self.by_name[own] = Node(
                    self.engine, question, self, "attribute", f"{self.path}/{own}".strip("/")
                )
                node.value = value
        if name == "@*":
            return [node for own, node in self.by_name.items() if own.startswith("@")]
        return (self.by_name[name],) if name in self.by_name else ()

    def elements(self) -> Sequence[Node]:
        """Itself, or a repeat's instances."""
        if self.kind != "repeat":
            return (self,)
        self.engine.reads.append(self)
        return self.children

    def place(self) -> int:
        """The position among the instances of its repeat, from 1; when one before it leaves, the instance changes."""
        if self.kind != "instance" or self.parent is None:
            return 1
        self.engine.reads.append(self)
        return self.parent.children.index(self) + 1


class Options:
    """The choices that a question offers now: names in order, and what their labels are made from."""

    __slots__ = ("names", "rows")

    def __init__(self, rows: Sequence[tuple[str, object]], names: Set[str] | None = None) -> None:
        self.rows = rows
        self.names: Set[str] = frozenset(name for name, _ in rows) if names is None else names
