"""The table of functions: each name with how many arguments it takes, and how a call of it is compiled.

Most functions only look at values. They say of what kind each argument is (casting.py), and get it as that; the modules
functions_*.py hold them. The few that look at how they are called, and where, compile themselves (functions_forms.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TypeVar

from fieldapp.forms.xpath.casting import Cast
from fieldapp.forms.xpath.context import Closure, Context, Scope
from fieldapp.forms.xpath.foreign import tool_of
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.tree import Call, Expression
from fieldapp.forms.xpath.values import Value
from fieldapp.texts import plural, tr

__all__ = ["HOST", "TABLE", "Build", "Compile", "Function", "XPathError", "check", "function", "special"]

HOST = "city:"  # functions of this prefix come from the host, with texts as arguments

Compile = Callable[[Expression, Scope], Closure]
Build = Callable[[Call, Scope, Compile], Closure]
Work = TypeVar("Work", bound=Callable[..., Value])


@dataclass(frozen=True, slots=True)
class Function:
    """What a name does. `most` is None where there is no upper limit to the number of arguments."""

    name: str
    least: int
    most: int | None
    build: Build


TABLE: dict[str, Function] = {}


def function(
    name: str,
    *takes: Cast,
    optional: tuple[Cast, ...] = (),
    rest: Cast | None = None,
    sees_context: bool = False,
) -> Callable[[Work], Work]:
    """Put a function of values into the table.

    It is called with its arguments cast as told, those of `rest` however many; after the Context if it `sees_context`.
    """

    def put(work: Work) -> Work:
        def build(call: Call, scope: Scope, compile_: Compile) -> Closure:
            casts = [*takes, *optional, *([rest] * len(call.arguments) if rest is not None else ())]
            taken = zip(call.arguments, casts, strict=False)
            arguments = [(compile_(argument, scope), cast) for argument, cast in taken]
            return _with_context(work, arguments) if sees_context else _plain(work, arguments)

        TABLE[name] = Function(name, len(takes), None if rest else len(takes) + len(optional), build)
        return work

    return put


def special(name: str, least: int, most: int | None) -> Callable[[Build], Build]:
    """Put a function into the table that compiles its calls itself."""

    def put(build: Build) -> Build:
        TABLE[name] = Function(name, least, most, build)
        return build

    return put


def _plain(work: Callable[..., Value], arguments: list[tuple[Closure, Cast]]) -> Closure:
    """A call; those of one and two arguments, which are most, without a list in between."""
    if len(arguments) == 1:
        only, cast = arguments[0]
        return lambda context: work(cast(only(context), context))
    if len(arguments) == 2:
        (first, cast_first), (second, cast_second) = arguments
        return lambda context: work(cast_first(first(context), context), cast_second(second(context), context))
    return lambda context: work(*[cast(argument(context), context) for argument, cast in arguments])


def _with_context(work: Callable[..., Value], arguments: list[tuple[Closure, Cast]]) -> Closure:
    def run(context: Context) -> Value:
        return work(context, *[cast(argument(context), context) for argument, cast in arguments])

    return run


def check(call: Call) -> Function:
    """The function that `call` names. XPathError when there is none, or when it takes other arguments."""
    found = _BLANK if tool_of(call) else TABLE.get(call.name)
    if found is None:
        raise XPathError(tr("there is no function {name}()", name=call.name))
    given = len(call.arguments)
    if given < found.least or (found.most is not None and given > found.most):
        raise XPathError(tr("{name}() takes {wanted}, not {given}", name=call.name, wanted=_wanted(found), given=given))
    return found


_BLANK = Function("", 0, None, lambda _call, _scope, _compile: lambda _context: "")


def _wanted(found: Function) -> str:
    least, most = found.least, found.most
    if most is None:
        return plural(least, "at least {n} argument", "at least {n} arguments")
    if least == most:
        return plural(least, "{n} argument", "{n} arguments")
    return tr("{least} to {most} arguments", least=least, most=most)


for _module in ("forms", "text", "choices", "coding", "truth", "number", "maths", "time", "nodes", "place"):
    import_module(f"fieldapp.forms.xpath.functions_{_module}")
