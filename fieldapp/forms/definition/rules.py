"""The form's expressions, compiled once: who reads whom, the order in which they run, and the circles they make."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from fieldapp.forms.definition.model import Action, FormDefinition, Question
from fieldapp.forms.definition.ordering import components
from fieldapp.forms.xpath.compile import compile_expression
from fieldapp.forms.xpath.context import Closure, scope_of
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.references import Reference, references, unknown
from fieldapp.texts import tr

CONSTANTS = {"true()": True, "false()": False, "true": True, "false": False, "1": True, "0": False}
_WRITERS = frozenset({"relevant", "calculate", "count", "choices"})
_CIRCULAR = frozenset({"relevant", "calculate", "count"})


@dataclass(frozen=True, eq=False)
class Rule:
    """One expression of the form. `rank`: it runs after all of lower rank that it may depend on."""

    path: str
    kind: str  # relevant, calculate, count, choices, readonly, required or constraint
    source: str
    closure: Closure
    reads: tuple[Reference, ...]
    constant: bool | None = None
    rank: int = field(default=0)


@dataclass(frozen=True, slots=True)
class Fault:
    """An expression that cannot be used: of which question, which of its rules, and why."""

    path: str
    kind: str
    message: str
    line: int = 0


class RuleBook:
    """All rules of a form, by path and kind. `faults` lists every expression that cannot be used."""

    def __init__(self, definition: FormDefinition) -> None:
        self.definition = definition
        self.faults: list[Fault] = []
        self._closures: dict[tuple[str, str], Closure] = {}
        rules = [rule for source in _sources(definition) if (rule := self._rule(*source)) is not None]
        for rule, rank in zip(rules, _order(rules, definition), strict=True):
            object.__setattr__(rule, "rank", rank if rule.kind in _WRITERS else len(rules))
        self.rules = rules
        self.by_path: dict[str, list[Rule]] = {}
        for rule in rules:
            self.by_path.setdefault(rule.path, []).append(rule)
        self.faults += self._circles(rules)

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
        if not action.source or not any(self.faults_of(action.source, action.target, "setvalue")):
            return action.target
        seen_by_owner = not any(self.faults_of(action.source, action.owner, "setvalue"))
        return action.owner if seen_by_owner else action.target

    def _rule(self, question: Question, kind: str, source: str, line: int) -> Rule | None:
        if kind in {"relevant", "readonly", "required"} and source in CONSTANTS:
            constant = CONSTANTS[source]
            return Rule(question.path, kind, source, lambda _context: constant, (), constant)
        try:
            reads = self._reads(source, question.path)
        except XPathError as error:
            self.faults.append(Fault(question.path, kind, str(error), line))
            return None
        faults = list(self._unknown(reads, question.path, kind, line))
        self.faults += faults
        return None if faults else Rule(question.path, kind, source, self.closure(source, question.path), tuple(reads))

    def _circles(self, rules: list[Rule]) -> Iterator[Fault]:
        circular = [rule for rule in rules if rule.kind in _CIRCULAR]
        graph = _graph(circular, self.definition, lambda reference: not reference.loose)
        members: dict[int, list[Rule]] = {}
        for index, component in enumerate(components(graph)):
            members.setdefault(component, []).append(circular[index])
        alone = {index for index, after in enumerate(graph) if index in after}
        for family in members.values():
            if len(family) > 1 or circular.index(family[0]) in alone:
                yield self._circle(family)

    def _circle(self, family: list[Rule]) -> Fault:
        first = family[0]
        names = ", ".join(
            f"/{self.definition.root_name}/{path}" for path in dict.fromkeys(rule.path for rule in family)
        )
        line = self.definition.questions[first.path].bind.line
        if len(family) == 1:
            return Fault(first.path, first.kind, tr("{name} depends on itself", name=names), line)
        return Fault(first.path, first.kind, tr("these depend on each other in a circle: {names}", names=names), line)


def _sources(definition: FormDefinition) -> Iterator[tuple[Question, str, str, int]]:
    for question in definition.questions.values():
        bind = question.bind
        for kind in ("relevant", "calculate", "readonly", "required", "constraint"):
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
