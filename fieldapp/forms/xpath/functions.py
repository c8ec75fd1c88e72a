"""The table of functions: each name with how many arguments it takes. The modules functions_*.py fill it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.tree import Call
from fieldapp.forms.xpath.values import Value
from fieldapp.texts import plural, tr

__all__ = ["HOST", "TABLE", "Function", "XPathError", "check", "pure", "with_context"]

HOST = "city:"  # functions of this prefix come from the host, with texts as arguments


@dataclass(frozen=True, slots=True)
class Function:
    """What a name does: `call(context, *values)`. `most` is None where there is no upper limit."""

    name: str
    least: int
    most: int | None
    call: Callable[..., Value]


TABLE: dict[str, Function] = {}


def pure(name: str, least: int, most: int | None) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    """Put a function of its values alone into the table."""

    def put(work: Callable[..., Value]) -> Callable[..., Value]:
        TABLE[name] = Function(name, least, most, lambda _context, *values: work(*values))
        return work

    return put


def with_context(name: str, least: int, most: int | None) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    """Put a function into the table that also looks at where it is evaluated."""

    def put(work: Callable[..., Value]) -> Callable[..., Value]:
        TABLE[name] = Function(name, least, most, work)
        return work

    return put


def check(call: Call) -> Function:
    """The function that `call` names. XPathError when there is none, or when it takes other arguments."""
    function = TABLE.get(call.name)
    if function is None:
        raise XPathError(tr("there is no function {name}()", name=call.name))
    given = len(call.arguments)
    if given < function.least or (function.most is not None and given > function.most):
        raise XPathError(
            tr("{name}() takes {wanted}, not {given}", name=call.name, wanted=_wanted(function), given=given)
        )
    return function


def _wanted(function: Function) -> str:
    least, most = function.least, function.most
    if most is None:
        return plural(least, "at least {n} argument", "at least {n} arguments")
    if least == most:
        return plural(least, "{n} argument", "{n} arguments")
    return tr("{least} to {most} arguments", least=least, most=most)


def _special(context: Context, *values: Value) -> Value:
    """Never called: compile.py gives these their meaning, since they look at more than values."""
    raise NotImplementedError(context, values)


for _name, _least, _most in (
    ("if", 3, 3),
    ("coalesce", 1, None),
    ("once", 1, 1),
    ("current", 0, 0),
    ("jr:choice-name", 2, 2),
    ("indexed-repeat", 3, None),
):
    with_context(_name, _least, _most)(_special)

for _module in ("text", "number", "time", "nodes", "place"):
    import_module(f"fieldapp.forms.xpath.functions_{_module}")
