"""A choice as a person meets it: its words in the session's language, its picture, its sound, its other columns."""

from __future__ import annotations

from collections.abc import Mapping

from fieldapp.forms.definition.instances import Item
from fieldapp.forms.definition.itext import Label
from fieldapp.forms.definition.model import Choice, ChoiceList, FormDefinition, Question
from fieldapp.forms.session.engine import Engine
from fieldapp.forms.session.nodes import Node
from fieldapp.forms.session.saying import Speaker
from fieldapp.forms.xpath.compile import compile_expression
from fieldapp.forms.xpath.context import Closure, Context, Scope
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.tree import Call
from fieldapp.forms.xpath.values import Value, XNode, text_of

_OWN_COLUMNS = frozenset({"name", "label", "itextId"})
_ITEXT = "itextId"


class Dresser:
    """Makes choices of the rows of a list."""

    def __init__(self, definition: FormDefinition, engine: Engine, speaker: Speaker) -> None:
        self._definition = definition
        self._engine = engine
        self._speaker = speaker
        self._closures: dict[tuple[str, str], Closure] = {}
        self._itext: dict[str, str] = {}

    def choice(self, node: Node, name: str, row: object) -> Choice:
        """The choice of a row: an item of a table, a node of the record, or the label of a written choice."""
        if isinstance(row, Item):
            return self.of_row(node, name, row)
        if isinstance(row, Node):
            choices = node.question.choices
            return Choice(name, self.cell(node.question, choices.label, row, node) if choices else name)
        label = row if isinstance(row, Label) else None
        return _dressed(name, self._speaker.say(label, node), self._speaker.media(label))

    def of_row(self, node: Node, name: str, row: Item, choices: ChoiceList | None = None) -> Choice:
        """The choice of a table's row, by the question's own list or by `choices`."""
        choices = choices or node.question.choices
        if choices is None:
            return Choice(name, name)
        cells = row.cells()
        extra = {column: value for column, value in cells.items() if column not in _OWN_COLUMNS}
        if choices.columns is not None:
            return self._of_columns(node, name, cells, choices.columns, extra)
        itext = self._itext_column(choices.label)
        if not itext and choices.label not in cells and _ITEXT in cells:
            itext = _ITEXT  # a translated list of select_one_external, whose query cannot say so
        if itext:
            text = cells.get(itext, "")
            label = Label(itext=text)
            return _dressed(name, self._speaker.say(label, node), self._speaker.media(label) or cells, extra)
        words = cells.get(f"{choices.label}::{self._speaker.translation}") or self.cell(
            node.question, choices.label, row, node
        )
        return _dressed(name, words, cells, extra)

    def _of_columns(
        self, node: Node, name: str, cells: Mapping[str, str], columns: Label, extra: Mapping[str, str]
    ) -> Choice:
        """What search() found: the label column's text, further columns behind it in brackets (as in ODK Collect)."""
        said = self._speaker.say(columns, node)
        wanted = [part.strip() for part in (said.split(",") if "," in said else said.split()) if part.strip()]
        first, *others = wanted or [""]
        label = " ".join([cells.get(first, ""), *(f"({column}: {cells.get(column, '')})" for column in others)])
        files = {kind: cells.get(column, "") for kind, column in self._speaker.media(columns).items()}
        return _dressed(name, label.strip(), files, extra)

    def cell(self, question: Question, source: str, row: XNode, node: Node) -> str:
        """A row's value or label: mostly a column, else an expression seen from the row."""
        if source.isidentifier():
            if isinstance(row, Item):
                return row.cell(source)
            cells = row.named(source)
            return cells[0].text() if cells and cells[0].counts() else ""
        return text_of(self._closure(source, question.path)(Context(row, node, self._engine.env)))

    def evaluate(self, source: str, node: Node) -> Value:
        """An expression that reads tables only."""
        return self._closure(source, node.question.path)(Context(node, node, self._engine.env))

    def _closure(self, source: str, path: str) -> Closure:
        found = self._closures.get((source, path))
        if found is None:
            found = compile_expression(parse(source), Scope(self._definition, None, path))
            self._closures[source, path] = found
        return found

    def _itext_column(self, source: str) -> str:
        """The column in `jr:itext(column)`, "" where the label is something else."""
        if source not in self._itext:
            tree = parse(source)
            named = isinstance(tree, Call) and tree.name == "jr:itext" and str(tree.arguments[0]).isidentifier()
            self._itext[source] = str(tree.arguments[0]) if named and isinstance(tree, Call) else ""
        return self._itext[source]


def _dressed(name: str, label: str, files: Mapping[str, str], extra: Mapping[str, str] | None = None) -> Choice:
    return Choice(
        name,
        label or name,
        _bare(files.get("image", "")),
        extra or {},
        _bare(files.get("audio", "")),
        _bare(files.get("video", "")),
        _bare(files.get("big-image", "")),
    )


def _bare(source: str) -> str:
    """`jr://images/a.png` → `a.png`."""
    return source.rpartition("/")[2]
