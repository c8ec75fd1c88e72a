"""Choice lists as a question offers them now: filtered, in order, with their labels in the session's language."""

from __future__ import annotations

from collections.abc import Sequence

from fieldapp.forms.definition.instances import Item
from fieldapp.forms.definition.model import Choice, ChoiceList, FormDefinition, Question
from fieldapp.forms.session.dressing import Dresser
from fieldapp.forms.session.engine import Engine
from fieldapp.forms.session.longlists import LongChoices, LongOptions, whole_table
from fieldapp.forms.session.nodes import Node, Options
from fieldapp.forms.session.saying import Speaker
from fieldapp.forms.tables.storedrows import StoredTable
from fieldapp.forms.xpath.values import Value, XNode, number_of

Rows = list[tuple[str, object]]
_ORDER = "sortby"  # the column by which search() orders what it finds


class Chooser:
    """Answers which choices a question offers."""

    def __init__(self, definition: FormDefinition, engine: Engine, speaker: Speaker) -> None:
        self._engine = engine
        self._speaker = speaker
        self._dresser = Dresser(definition, engine, speaker)
        self._fixed: dict[str, Options] = {}

    def options(self, node: Node) -> Options:
        """The choices now: kept until something that their filter reads changes."""
        if node.options is None:
            node.options = self._options(node)
        return node.options

    def _options(self, node: Node) -> Options:
        question, choices = node.question, node.question.choices
        if choices is None:
            return Options([])
        if not choices.nodeset:
            return Options(list(choices.items))
        known = self._fixed.get(question.path) or self._long(choices)
        cell = next((cell for cell in node.cells if cell.kind == "choices"), None)
        if known is not None:
            self._fixed[question.path] = known
            return known
        if cell is None:
            return Options([])
        found: Rows = list(choices.items)
        rows = self._engine.evaluate(cell, lambda rows: found.extend(self._found(question, choices, rows, node)))
        options = Options(found)
        if not cell.seen and (isinstance(rows, str | float | bool) or all(isinstance(row, Item) for row in rows)):
            self._fixed[question.path] = options
        return options

    def _long(self, choices: ChoiceList) -> Options | None:
        """All rows of a table on disk, where that is what the list offers."""
        name = whole_table(choices.nodeset)
        table = self._engine.env.instance(name) if name else None
        plain = choices.value.isidentifier() and choices.label.isidentifier() and choices.columns is None
        return LongOptions(table, choices.value, choices.label) if plain and isinstance(table, StoredTable) else None

    def _found(self, question: Question, choices: ChoiceList, rows: Value, node: Node) -> Rows:
        nodes: Sequence[XNode] = [] if isinstance(rows, str | float | bool) else rows
        pairs = ((self._dresser.cell(question, choices.value, row, node), row) for row in nodes)
        found: Rows = [(name, row) for name, row in pairs if name]
        return _searched(found) if choices.columns is not None else found

    def choices(self, node: Node) -> Sequence[Choice]:
        """The choices with labels, pictures and the list's other columns; of long lists made as one looks at them."""
        options = self.options(node)
        if isinstance(options, LongOptions):
            return LongChoices(
                options, lambda name, row: self._dresser.of_row(node, name, row), self._speaker.translation
            )
        return [self._dresser.choice(node, name, row) for name, row in options.rows]

    def label(self, node: Node, name: str) -> str:
        """The label of one choice; "" for one that is not offered."""
        options = self.options(node)
        if isinstance(options, LongOptions):
            found = options.table.matching(("root", "item"), options.value, name)
            return self._dresser.of_row(node, name, found[0]).label if found else ""
        row = next((row for other, row in options.rows if other == name), None)
        return self._dresser.choice(node, name, row).label if row is not None else ""

    def marks(self, node: Node) -> list[Choice]:
        """The words beside the numbers of a range."""
        marks = node.question.marks
        if marks is None:
            return []
        rows = self._dresser.evaluate(marks.nodeset, node)
        return [
            self._dresser.of_row(node, name, row, marks)
            for name, row in self._found(node.question, marks, rows, node)
            if isinstance(row, Item)
        ]


def _searched(rows: Rows) -> Rows:
    """What search() found: each name once, ordered by the column for it, where there is one (as in ODK Collect)."""
    first = dict(reversed(rows))
    unique = [(name, first[name]) for name in dict.fromkeys(name for name, _ in rows)]
    if any(isinstance(row, Item) and row.cell(_ORDER) for _, row in unique):
        unique.sort(key=lambda pair: number_of(pair[1].cell(_ORDER)) if isinstance(pair[1], Item) else 0.0)
    return unique
