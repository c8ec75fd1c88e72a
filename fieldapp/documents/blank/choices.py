"""The choices of a question as a paper can offer them: all that there may be, whatever is answered elsewhere."""

from __future__ import annotations

from fieldapp.documents.blank.paper import Option
from fieldapp.documents.blank.wording import Wording, plain
from fieldapp.forms.definition.instances import Item
from fieldapp.forms.definition.model import Question
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.tree import Call, Expression, Literal, Path

MOST = 60  # choices on a paper; a longer list is answered in words
_ITEXT = "jr:itext("


def options_of(question: Question, wording: Wording) -> tuple[Option, ...]:
    """Every choice once. None of them where the list is long, lies in a layer, or is known only while one answers."""
    choices = question.choices
    if choices is None:
        return ()
    written = [Option(name, wording.said(label, question.path) or name) for name, label in choices.items]
    rows = _rows(choices.nodeset, wording) if choices.nodeset else []
    found = written + [Option(row.cell(choices.value), _label(row, choices.label, wording)) for row in rows]
    unique = {option.name: option for option in found if option.name}
    return tuple(unique.values()) if len(unique) <= MOST else ()


def _rows(nodeset: str, wording: Wording) -> list[Item]:
    """The rows that a list is made of, without its filter."""
    try:
        path = _path(parse(nodeset))
    except XPathError:
        return []
    start = path.start if path else None
    if (
        path is None
        or not isinstance(start, Call)
        or not start.arguments
        or not isinstance(start.arguments[0], Literal)
    ):
        return []
    table = wording.form.tables.get(str(start.arguments[0].value))
    if table is None or table.is_last_saved or not isinstance(table.root, Item):
        return []
    found = table.root.rows(tuple(step.name for step in path.steps))
    return list(found[: MOST + 1])


def _path(tree: Expression) -> Path | None:
    """The path to the rows; a list that is shuffled on the screen stands in its order on paper."""
    if isinstance(tree, Call) and tree.name == "randomize" and tree.arguments:
        tree = tree.arguments[0]
    return tree if isinstance(tree, Path) else None


def _label(row: Item, column: str, wording: Wording) -> str:
    if column.startswith(_ITEXT):
        return wording.spoken(row.cell(column.removeprefix(_ITEXT).rstrip(")").strip())) or row.cell("name")
    return plain(row.cell(column)) or row.cell("name")
