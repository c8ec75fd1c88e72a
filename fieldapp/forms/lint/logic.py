"""Advice on the expressions of a form: what does not fit together, and what is many values where one is wanted."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.lint.expressions import Written, outputs_of, rules_of
from fieldapp.forms.lint.findings import Finding, finding
from fieldapp.forms.lint.mismatch import Mismatches, Remark
from fieldapp.forms.lint.places import Places
from fieldapp.forms.lint.results import SINGLE
from fieldapp.forms.lint.said import Said
from fieldapp.forms.lint.slips import is_swapped
from fieldapp.forms.lint.sorts import Sorts, tree_of
from fieldapp.forms.lint.spelling import Speller
from fieldapp.forms.lint.standing import is_many
from fieldapp.forms.lint.tablecolumns import TableColumns
from fieldapp.forms.xpath.context import Scope, scope_of
from fieldapp.forms.xpath.foreign import tool_of
from fieldapp.forms.xpath.functions import HOST
from fieldapp.forms.xpath.patterns import why_unreadable
from fieldapp.forms.xpath.references import after
from fieldapp.forms.xpath.tree import Binary, Call, Expression, Literal, Negate, Path, parts, walk
from fieldapp.texts import tr


def logic_of(definition: FormDefinition, sorts: Sorts, places: Places, speller: Speller) -> Iterator[Finding]:
    """The remarks on every expression, each once for a cell."""
    said = Said(definition)
    eye = _Eye(Mismatches(sorts, said, speller), said, TableColumns(definition, speller))
    for written in (*rules_of(definition), *outputs_of(definition)):
        tree = tree_of(written.source)
        if tree is None:
            continue
        scope = scope_of(definition, written.base)
        remarks = dict.fromkeys((*eye.remarks(tree, scope), *eye.whole(tree, scope, written)))
        place = places.rule(written.base, written.kind, written.line)
        yield from (finding(code, place, message, suggestion) for code, message, suggestion in remarks)
    yield from _foreign_actions(definition, places)


def _foreign_actions(definition: FormDefinition, places: Places) -> Iterator[Finding]:
    """Functions of other tools in what is set: defaults, and calculations with a trigger."""
    for action in definition.actions:
        tree = tree_of(action.source) if action.source else None
        for part in walk(tree) if tree is not None else ():
            for code, message, suggestion in _foreign(part):
                yield finding(code, places.rule(action.target, "setvalue", action.line), message, suggestion)


class _Eye:
    """Walks through an expression with the scope that holds at each part."""

    def __init__(self, mismatches: Mismatches, said: Said, columns: TableColumns) -> None:
        self.mismatches, self.said, self.columns = mismatches, said, columns

    def remarks(self, tree: Expression, scope: Scope) -> Iterator[Remark]:
        """All remarks on an expression, however deep."""
        waiting = [(tree, scope)]
        while waiting:
            part, here = waiting.pop()
            yield from self.mismatches.of(part, here)
            yield from self._many(part, here)
            yield from self.columns.of(part)
            yield from _pattern(part)
            yield from _foreign(part)
            waiting += reversed(list(_inside(part, here)))

    def whole(self, tree: Expression, scope: Scope, written: Written) -> Iterator[Remark]:
        """A calculation or an output that is nothing but a path shows one value."""
        if isinstance(tree, Path) and written.kind not in {"choices", "count"}:
            yield from self._one(tree, scope)

    def _many(self, part: Expression, scope: Scope) -> Iterator[Remark]:
        if isinstance(part, Call):
            operands = part.arguments if part.name in SINGLE else ()
        elif isinstance(part, Binary):
            operands = () if part.operator == "|" else (part.left, part.right)
        else:
            operands = (part.operand,) if isinstance(part, Negate) else ()
        for operand in operands:
            yield from self._one(operand, scope)

    def _one(self, operand: Expression, scope: Scope) -> Iterator[Remark]:
        """One value is wanted of `operand`."""
        if isinstance(operand, Path) and is_many(operand, scope):
            name = self.said.expression(operand)
            message = tr("{name} has a value in each instance of its repeat, and one is wanted here", name=name)
            yield "many-values", message, tr("Choose one with indexed-repeat(), or use sum(), count(), join()…")


def _inside(part: Expression, scope: Scope) -> Iterator[tuple[Expression, Scope]]:
    """The expressions directly in `part`; a predicate is seen from the nodes that it filters."""
    if not isinstance(part, Path):
        yield from ((inner, scope) for inner in parts(part))
        return
    if part.start is not None:
        yield part.start, scope
    base = scope.base if part.start is None and not part.absolute else None
    for number, step in enumerate(part.steps):
        is_root = part.absolute and part.start is None and not number and step.name == scope.outline.root_name
        base = "" if is_root else after(base, step, scope)
        yield from ((predicate, scope.at(base)) for predicate in step.predicates)


def _pattern(part: Expression) -> Iterator[Remark]:
    """A regular expression that is none."""
    if isinstance(part, Call) and part.name == "regex" and len(part.arguments) == 2 and not is_swapped(part):
        pattern = part.arguments[1]
        if isinstance(pattern, Literal) and isinstance(pattern.value, str):
            why = why_unreadable(pattern.value)
            if why:
                yield "bad-pattern", tr("“{text}” is no pattern: {why}", text=pattern.value, why=why), ""


def _foreign(part: Expression) -> Iterator[Remark]:
    """A function of another tool."""
    tool = tool_of(part) if isinstance(part, Call) and not part.name.startswith(HOST) else ""
    if isinstance(part, Call) and tool:
        yield (
            "foreign-function",
            tr("{name}() is a function of {tool}: here it is blank", name=part.name, tool=tool),
            "",
        )
