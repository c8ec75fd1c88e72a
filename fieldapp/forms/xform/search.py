"""search() in an appearance: choices from a table beside the form, as an expression like any other.

`search('wards', 'contains', 'name', ${typed}, 'city', ${city})` becomes a nodeset with predicates, so that lookups
through an index, and running again when an answer changes, come by themselves. As in ODK Collect, case does not count
in contains, startswith and endswith, and a choice whose name is a whole number stands for itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fieldapp.forms.definition.itext import Label
from fieldapp.forms.definition.model import ChoiceList
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.tree import Call, Expression, Literal

_WAYS = {"contains": "contains", "startswith": "starts-with", "endswith": "ends-with"}
_UPPER, _LOWER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
_WHOLE = re.compile(r"\s*[+-]?\d+\s*")
Items = Sequence[tuple[str, Label | None]]


def searched(source: str, items: Items, line: int) -> ChoiceList | None:
    """The choices that a search() means; None when it is none that can be understood.

    `items` are the written choices: of those without a number the first tells which columns hold name and labels.
    """
    try:
        call = parse(source)
    except XPathError:
        return None
    nodeset = _nodeset(call)
    columns = next((item for item in items if not _WHOLE.fullmatch(item[0])), None)
    if nodeset is None or columns is None:
        return None
    fixed = tuple(item for item in items if _WHOLE.fullmatch(item[0]))
    return ChoiceList(fixed, nodeset, columns[0], columns[0], line, columns[1])


def _nodeset(call: Expression) -> str | None:
    """search(table), (table, way, columns, text) or with a further (column, value); None for anything else."""
    if not isinstance(call, Call) or call.name != "search" or len(call.arguments) not in {1, 4, 6}:
        return None
    table, *rest = call.arguments
    if not isinstance(table, Literal):
        return None
    found = f"instance({Literal(str(table.value).removesuffix('.csv'))})/root/item"
    texts = [argument.value if isinstance(argument, Literal) else None for argument in rest]
    if rest:
        if not isinstance(texts[0], str) or not isinstance(texts[1], str):
            return None
        found += f"[{_test(texts[0].casefold(), texts[1], rest[2])}]"
    if len(rest) > 3:
        if not isinstance(texts[3], str):
            return None
        found += f"[{texts[3]} = string({rest[4]})]"
    return found


def _test(way: str, columns: str, wanted: Expression) -> str:
    function = _WAYS.get(way)
    names = [name.strip() for name in columns.split(",") if name.strip()]
    if function is None:
        return " or ".join(f"{name} = string({wanted})" for name in names)
    return " or ".join(f"{function}({_low(name)}, {_low(str(wanted))})" for name in names)


def _low(source: str) -> str:
    return f"translate({source}, '{_UPPER}', '{_LOWER}')"
