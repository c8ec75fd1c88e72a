"""What the form alone decides for good: the names of a question's choices, and what counts a repeat's instances."""

from __future__ import annotations

from fieldapp.forms.definition.model import FormDefinition, Question
from fieldapp.forms.xpath.context import scope_of
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.references import route
from fieldapp.forms.xpath.tree import Call, Expression, Literal, Path

MANY = 2_000  # choices beyond which a list is taken as data: nobody compares with its names one by one


def names_of(definition: FormDefinition, question: Question) -> tuple[str, ...] | None:
    """The names of all choices that `question` can ever offer, whatever its filter; None when they are open."""
    choices = question.choices
    if choices is None or any(word.startswith(("search", "query")) for word in question.appearance):
        return None
    written = tuple(name for name, _ in choices.items)
    if not choices.nodeset:
        return written
    table = definition.tables.get(list_of(choices.nodeset))
    if table is None or table.source or table.root is None or not choices.value.isidentifier():
        return None
    rows = [item for root in table.root.named("root") for item in root.named("item")]
    if not 0 < len(rows) <= MANY:
        return None
    return written + tuple(name for row in rows if (name := row.cell(choices.value)))


def list_of(nodeset: str) -> str:
    """The list's name in `instance('list')/root/item[…]`, also where it is shuffled; "" for anything else."""
    tree = _tree(nodeset)
    if isinstance(tree, Call) and tree.name == "randomize" and tree.arguments:
        tree = tree.arguments[0]
    if not isinstance(tree, Path) or not isinstance(tree.start, Call) or tree.start.name != "instance":
        return ""
    named = tree.start.arguments[0] if tree.start.arguments else None
    is_items = [step.name for step in tree.steps] == ["root", "item"]
    return named.value if is_items and isinstance(named, Literal) and isinstance(named.value, str) else ""


def count_of(definition: FormDefinition, repeat: Question) -> Expression | None:
    """What counts the instances, None where people do: pyxform puts all but a reference into a calculation beside."""
    tree = _tree(repeat.count)
    way = route(tree, scope_of(definition, repeat.path)) if isinstance(tree, Path) else None
    beside = definition.questions.get(way.target) if way is not None and not way.rest else None
    return _tree(beside.bind.calculate) if beside is not None and beside.bind.calculate else tree


def _tree(source: str) -> Expression | None:
    try:
        return parse(source) if source else None
    except XPathError:
        return None
