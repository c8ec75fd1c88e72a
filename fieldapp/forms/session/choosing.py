"""Choice lists as a question offers them now: filtered, in order, with their labels in the session's language."""

from __future__ import annotations

from collections.abc import Callable

from fieldapp.forms.definition.instances import Item
from fieldapp.forms.definition.itext import Label
from fieldapp.forms.definition.model import Choice, FormDefinition, Question
from fieldapp.forms.session.engine import Engine
from fieldapp.forms.session.nodes import Node, Options
from fieldapp.forms.xpath.compile import compile_expression
from fieldapp.forms.xpath.context import Closure, Context, Scope
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.tree import Call
from fieldapp.forms.xpath.values import XNode, text_of

Say = Callable[[Label | None, Node], str]
_OWN_COLUMNS = frozenset({"name", "label", "itextId"})


class Chooser:
    """Answers which choices a question offers."""

    def __init__(self, definition: FormDefinition, engine: Engine, say: Say) -> None:
        self._definition = definition
        self._engine = engine
        self._say = say
        self._fixed: dict[str, Options] = {}
        self._closures: dict[tuple[str, str], Closure] = {}

    def options(self, node: Node) -> Options:
        """The choices now: kept until something that their filter reads changes."""
        if node.options is None:
            node.options = self._options(node)
        return node.options

    def _options(self, node: Node) -> Options:
        question = node.question
        if question.choices is None:
            return Options([])
        if not question.choices.nodeset:
            return Options(list(question.choices.items))
        cell = next((cell for cell in node.cells if cell.kind == "choices"), None)
        if cell is None or question.path in self._fixed:
            return self._fixed.get(question.path, Options([]))
        rows = self._engine.evaluate(cell)
        found = [] if isinstance(rows, str | float | bool) else rows
        value = question.choices.value
        options = Options([(name, row) for row in found if (name := self._cell(question, value, row, node))])
        if not cell.sources and all(isinstance(row, Item) for row in found):
            self._fixed[question.path] = options
        return options

    def choices(self, node: Node) -> list[Choice]:
        """The choices with labels, pictures and the list's other columns."""
        return [self._choice(node, name, row) for name, row in self.options(node).rows]

    def label(self, node: Node, name: str) -> str:
        """The label of one choice; "" for one that is not offered."""
        row = next((row for other, row in self.options(node).rows if other == name), None)
        return self._choice(node, name, row).label if row is not None else ""

    def _choice(self, node: Node, name: str, row: object) -> Choice:
        if isinstance(row, Item):
            return self._row_choice(node, name, row)
        if isinstance(row, Node):
            choices = node.question.choices
            return Choice(name, self._cell(node.question, choices.label, row, node) if choices else name)
        label = row if isinstance(row, Label) else None
        return Choice(name, self._say(label, node) or name, self._image(label.itext if label else ""))

    def _row_choice(self, node: Node, name: str, row: Item) -> Choice:
        choices = node.question.choices
        source = choices.label if choices else "label"
        itext = _itext_column(source)
        cells = row.cells()
        extra = {column: value for column, value in cells.items() if column not in _OWN_COLUMNS}
        if itext:
            text = cells.get(itext, "")
            return Choice(name, self._say(Label(itext=text), node) or name, self._image(text), extra)
        return Choice(name, self._cell(node.question, source, row, node) or name, cells.get("image", ""), extra)

    def _image(self, itext: str) -> str:
        translations = self._definition.translations
        return translations.file(itext, "image", translations.default) if itext else ""

    def _cell(self, question: Question, source: str, row: XNode, node: Node) -> str:
        """A row's value or label: mostly a column, else an expression seen from the row."""
        if source.isidentifier():
            cells = row.named(source)
            return cells[0].text() if cells else ""
        key = (source, question.path)
        closure = self._closures.get(key)
        if closure is None:
            closure = compile_expression(parse(source), Scope(self._definition, None, question.path))
            self._closures[key] = closure
        return text_of(closure(Context(row, node, self._engine.env)))


def _itext_column(source: str) -> str:
    """The column in `jr:itext(column)`, "" where the label is something else."""
    tree = parse(source)
    if isinstance(tree, Call) and tree.name == "jr:itext" and str(tree.arguments[0]).isidentifier():
        return str(tree.arguments[0])
    return ""
