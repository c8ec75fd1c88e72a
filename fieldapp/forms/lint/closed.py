"""Which texts a question can hold at all: the names of its choices, where no file and no filter's data decide them."""

from __future__ import annotations

from fieldapp.forms.definition.model import FormDefinition, Question
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.tree import Call, Expression, Literal, Path

MANY = 2_000  # choices beyond which a list is taken as data: nobody compares with its names one by one


def names_of(definition: FormDefinition, question: Question) -> tuple[str, ...] | None:
    """The names of all choices that `question` can ever offer, whatever its filter; None when they are open."""
    choices = question.choices
    if choices is None or any(word.startswith(("search", "query")) for word in question.appearance):
        return None
    if not choices.nodeset:
        return tuple(name for name, _ in choices.items)
    name = list_of(choices.nodeset)
    table = definition.tables.get(name)
    if table is None or table.source or table.root is None or not choices.value.isidentifier():
        return None
    rows = [item for root in table.root.named("root") for item in root.named("item")]
    return tuple(row.cell(choices.value) for row in rows) if 0 < len(rows) <= MANY else None


def list_of(nodeset: str) -> str:
    """The list's name in `instance('list')/root/item[…]`, also where it is shuffled; "" for anything else."""
    try:
        tree: Expression = parse(nodeset)
    except XPathError:
        return ""
    if isinstance(tree, Call) and tree.name == "randomize" and tree.arguments:
        tree = tree.arguments[0]
    if not isinstance(tree, Path) or not isinstance(tree.start, Call) or tree.start.name != "instance":
        return ""
    named = tree.start.arguments[0] if tree.start.arguments else None
    is_items = [step.name for step in tree.steps] == ["root", "item"]
    return named.value if is_items and isinstance(named, Literal) and isinstance(named.value, str) else ""
