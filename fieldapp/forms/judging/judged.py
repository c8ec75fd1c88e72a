"""A form as its judge uses it: every rule that can be repeated is, and what does not come out the same is a fault."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from fieldapp.clock import Clock
from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.judging.repeatable import RuleName, unrepeatable
from fieldapp.forms.session.environment import Reference
from fieldapp.forms.session.keeping import INSTANCE_ID
from fieldapp.forms.session.nodes import Node
from fieldapp.forms.session.session import FormSession
from fieldapp.forms.xpath.values import Value
from fieldapp.records import Fields
from fieldapp.texts import language, tr

CLOSE = 1e-9  # so much, of its size, may a calculated number differ


@dataclass(frozen=True)
class Fault:
    """Something that keeps a record from being taken: at which answer, and why, for a person.

    `kind` is required, constraint, type, choice or calculated; `expected` is what the form calculates."""

    path: str
    label: str
    message: str
    kind: str
    expected: str = ""


class JudgedForm:
    """One version of a form, over the judge's own reference data."""

    def __init__(
        self,
        form: FormDefinition,
        *,
        tables: Collection[str],
        functions: Mapping[str, Callable[..., Value]] | None = None,
    ) -> None:
        """`tables` are those that the judge's reference data has, beside the form's own."""
        self._form = form
        self._tables = tables
        self._functions = functions or {}

    def faults(self, fields: Fields, *, clock: Clock, reference: Reference) -> Iterator[Fault]:
        """What is wrong with a record that claims to be complete, in the form's order, in the current language.

        `clock` tells the moment at which it was completed: what had to lie ahead then may be past by now.
        """
        session, left_out = self._session(fields, clock, reference)
        for node in session.nodes():
            if node.trouble and (node.question.path, _rule_of(node)) not in left_out:
                yield Fault(node.path, _name(session, node), session.message(node), node.trouble)
            elif self._miscalculated(node, fields, left_out):
                words = {"mine": fields.get(node.path) or "–", "theirs": node.value or "–"}
                message = tr("it says {mine}, but the form gives {theirs}", **words)
                yield Fault(node.path, _name(session, node), message, "calculated", node.value)

    def figures(self, fields: Fields, *, clock: Clock, reference: Reference) -> dict[str, str]:
        """What the form calculates from `fields`, by path, "" for nothing; without what cannot be repeated here."""
        session, left_out = self._session(fields, clock, reference)
        return {
            node.path: node.value if node.relevant else ""
            for node in session.nodes()
            if node.question.bind.calculate and (node.question.path, "calculate") not in left_out
        }

    def _session(self, fields: Fields, clock: Clock, reference: Reference) -> tuple[FormSession, Collection[RuleName]]:
        """The record, opened without the rules that are left out."""
        form, left_out = self._checkable
        known = {INSTANCE_ID: "uuid:judged"} if INSTANCE_ID in form.questions else {}
        session = FormSession(
            form,
            known | dict(fields),
            language=language(),
            clock=clock,
            reference=reference,
            functions=self._functions,
        )
        return session, left_out

    def _miscalculated(self, node: Node, fields: Fields, left_out: Collection[RuleName]) -> bool:
        path = node.question.path
        calculated = node.question.bind.calculate and node.relevant and (path, "calculate") not in left_out
        return bool(calculated) and not same(fields.get(node.path, ""), node.value)

    @cached_property
    def _checkable(self) -> tuple[FormDefinition, frozenset[RuleName]]:
        """The form without the rules that cannot be repeated here: what they gave is taken as it is."""
        form = replace(self._form)
        own = {name for name, table in form.tables.items() if table.root is not None}
        left_out = unrepeatable(form, own | set(self._tables))
        rules = form.rules
        rules.rules = [rule for rule in rules.rules if (rule.path, rule.kind) not in left_out]
        rules.by_path = {}
        for rule in rules.rules:
            rules.by_path.setdefault(rule.path, []).append(rule)
        return form, left_out


def same(one: str, other: str) -> bool:
    """Whether two calculated values are the same: as texts, or as numbers."""
    try:
        return one == other or abs(float(one) - float(other)) <= CLOSE * max(1.0, abs(float(one)))
    except ValueError:
        return False


def _rule_of(node: Node) -> str:
    """The rule by which an answer is in trouble. A choice is wrong by the list that it was taken from."""
    return "choices" if node.trouble == "choice" else node.trouble


def _name(session: FormSession, node: Node) -> str:
    return session.label(node) or node.question.name
