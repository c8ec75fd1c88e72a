"""The form's expressions, compiled once: who reads whom, the order in which they run, and the circles they make."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from fieldapp.errors import FormError, Place
from fieldapp.forms.definition.model import Action, FormDefinition, Question
from fieldapp.forms.definition.ordering import components
from fieldapp.forms.xpath.compile import compile_expression
from fieldapp.forms.xpath.context import Closure, Scope, scope_of
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.references import Reference, keeps, references, unknown
from fieldapp.texts import tr

CONSTANTS = {"true()": True, "false()": False, "true": True, "false": False, "1": True, "0": False}
_KINDS = ("relevant", "calculate", "readonly", "required", "constraint")
_TRUTHS = frozenset({"relevant", "readonly", "required"})
_WRITERS = frozenset({"relevant", "calculate", "count", "choices"})


@dataclass(frozen=True, eq=False)
class Rule:
    """One expression of the form, compiled when it is first wanted. `rank`: it runs after all of lower rank that it may
    depend on. `constant`: what it always says, None where that is not certain."""

    scope: Scope
    path: str
    kind: str  # relevant, calculate, count, choices, readonly, required or constraint
    source: str
    line: int = 0
    constant: bool | None = None
    rank: int = 0

    @cached_property
    def closure(self) -> Closure:
        """The function that evaluates it. FormError when it cannot be used."""
        try:
            return compile_expression(parse(self.source), self.scope)
        except XPathError as error:
            raise FormError(str(error), Place(row=self.line or None, column=self.kind, field=self.path)) from error

    @cached_property
    def reads(self) -> tuple[Reference, ...]:
        """The questions that it reads; none where it is constant, or cannot be used."""
        if self.constant is not None:
            return ()
        try:
            return tuple(references(parse(self.source), self.scope))
        except XPathError:
            return ()


@dataclass(frozen=True, slots=True)
class Fault:
    """An expression that cannot be used: of which question, which of its rules, and why. `circular`: because of others;
    `settles`: it can be used, a circle through relevance, which comes to rest as people answer."""

    path: str
    kind: str
    message: str
    line: int = 0
    settles: bool = False
    circular: bool = False


class RuleBook:
    """All rules of a form, by path and kind, in the order in which they run."""

    def __init__(self, definition: FormDefinition) -> None:
        self.definition = definition
        self._closures: dict[tuple[str, str], Closure] = {}
        self._bases: dict[tuple[str, str, str], str] = {}
        self.rules = _ranked([_rule(definition, *source) for source in _sources(definition)], definition)
        self.by_path: dict[str, list[Rule]] = {}
        for rule in self.rules:
            self.by_path.setdefault(rule.path, []).append(rule)

    @cached_property
    def faults(self) -> Sequence[Fault]:
        """Every rule that cannot be used, and the circles that they make."""
        found: list[Fault] = []
        for rule in self.rules:
            if rule.constant is None:
                found += self.faults_of(rule.source, rule.path, rule.kind, rule.line)
        certain = list(self._circles([rule for rule in self.rules if rule.kind == "calculate"]))
        return [*found, *certain, *self._settling(certain)]

    def closure(self, source: str, base: str) -> Closure:
        """A compiled expression outside the rules (of a label or an action). XPathError when it cannot be used."""
        found = self._closures.get((source, base))
        if found is None:
            found = compile_expression(parse(source), scope_of(self.definition, base))
            self._closures[source, base] = found
        return found

    def faults_of(self, source: str, base: str, kind: str, line: int = 0) -> Iterator[Fault]:
        """What is wrong with an expression."""
        try:
            found = self._reads(source, base)
        except XPathError as error:
            yield Fault(base, kind, str(error), line)
            return
        yield from self._unknown(found, base, kind, line)

    def _reads(self, source: str, base: str) -> list[Reference]:
        self.closure(source, base)
        return references(parse(source), scope_of(self.definition, base))

    def _unknown(self, found: list[Reference], base: str, kind: str, line: int) -> Iterator[Fault]:
        for path in unknown(found, scope_of(self.definition, base)):
            yield Fault(base, kind, tr("there is no question {path}", path=path), line)

    def base_of(self, action: Action) -> str:
        """The path from which a setvalue's expression is seen: its target, as ODK says. Where that leads nowhere it is
        the question that holds it: pyxform writes a trigger's calculation so."""
        key = (action.source, action.target, action.owner)
        if key not in self._bases:
            fits = not any(self.faults_of(action.source, action.target, "setvalue"))
            fits = fits or any(self.faults_of(action.source, action.owner, "setvalue"))
            self._bases[key] = action.target if fits else action.owner
        return self._bases[key]

    def _circles(self, circular: list[Rule]) -> Iterator[Fault]:
        """The circles that these calculations make."""
        for family in self._families(circular):
            names = self._names(family)
            if len(family) > 1:
                message = tr("these depend on each other in a circle: {names}", names=names)
                yield self._circle(family[0], message)
            elif not keeps(parse(family[0].source), family[0].scope):
                yield self._circle(family[0], tr("{name} depends on itself", name=names))

    def _settling(self, certain: list[Fault]) -> Iterator[Fault]:
        """The circles that only relevance closes. A count that depends on what is in the repeat adds an instance as
        long as people ask for one."""
        told = {fault.path for fault in certain}
        for family in self._families([rule for rule in self.rules if rule.kind in {"relevant", "calculate"}]):
            first = next((rule for rule in family if rule.kind == "relevant"), None)
            if first is None or any(rule.path in told for rule in family):
                continue
            names = self._names(family)
            if len(family) > 1:
                message = tr("whether these are asked depends on each other in a circle: {names}", names=names)
            else:
                message = tr("whether {name} is asked depends on its own answer, or on what is in it", name=names)
            yield replace(self._circle(first, message), settles=True)

    def _families(self, circular: list[Rule]) -> Iterator[list[Rule]]:
        """The rules that depend on each other, or on themselves."""
        graph = _graph(circular, self.definition, lambda reference: not reference.loose)
        members: dict[int, list[int]] = {}
        for index, component in enumerate(components(graph)):
            members.setdefault(component, []).append(index)
        for family in members.values():
            if len(family) > 1 or family[0] in graph[family[0]]:
                yield [circular[index] for index in family]

    def _names(self, family: list[Rule]) -> str:
        return ", ".join(f"/{self.definition.root_name}/{path}" for path in dict.fromkeys(rule.path for rule in family))

    def _circle(self, first: Rule, message: str) -> Fault:
        line = self.definition.questions[first.path].bind.line
        return Fault(first.path, first.kind, message, line, circular=True)


def _rule(definition: FormDefinition, question: Question, kind: str, source: str, line: int) -> Rule:
    constant = CONSTANTS.get(source) if kind in _TRUTHS else None
    return Rule(scope_of(definition, question.path), question.path, kind, source, line, constant)


def _ranked(rules: list[Rule], definition: FormDefinition) -> list[Rule]:
    """The same rules with their ranks: those that nothing can depend on run last."""
    writers = [rule for rule in rules if rule.kind in _WRITERS]
    ranks = dict(zip(writers, _order(writers, definition), strict=True))
    return [replace(rule, rank=ranks.get(rule, len(rules))) for rule in rules]


def _sources(definition: FormDefinition) -> Iterator[tuple[Question, str, str, int]]:
    for question in definition.questions.values():
        bind = question.bind
        for kind in _KINDS:
            source = getattr(bind, kind)
            if source:
                yield question, kind, source, bind.line
        if question.count:
            yield question, "count", question.count, bind.line
        if question.choices is not None and question.choices.nodeset:
            yield question, "choices", question.choices.nodeset, question.choices.line


def _graph(rules: list[Rule], definition: FormDefinition, wanted: Callable[[Reference], bool]) -> list[set[int]]:
    """For each rule, the rules that read what it writes."""
    readers: dict[str, set[int]] = {}
    for index, rule in enumerate(rules):
        for reference in rule.reads:
            if wanted(reference):
                readers.setdefault(reference.path, set()).add(index)
    nobody: set[int] = set()
    return [nobody.union(*(readers.get(path, ()) for path in _writes(rule, definition))) for rule in rules]


def _order(rules: list[Rule], definition: FormDefinition) -> list[int]:
    """The rank of each rule: after what it reads, and after what decides whether it is relevant at all."""
    graph = _graph(rules, definition, lambda _reference: True)
    owned: dict[str, set[int]] = {}
    for index, rule in enumerate(rules):
        if rule.kind in _WRITERS - {"relevant"}:
            owned.setdefault(rule.path, set()).add(index)
    for index, rule in enumerate(rules):
        if rule.kind == "relevant":
            graph[index] |= {inner for path in definition.under(rule.path) for inner in owned.get(path, ())}
    return components(graph)


def _writes(rule: Rule, definition: FormDefinition) -> list[str]:
    if rule.kind in {"relevant", "count"}:
        return list(definition.under(rule.path))
    return [rule.path] if rule.kind in _WRITERS and (rule.kind != "choices" or rule.reads) else []
