"""Questions that are never asked, and constraints that no answer can meet."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.forms.definition.model import FormDefinition, Question
from fieldapp.forms.lint.findings import Finding, finding
from fieldapp.forms.lint.places import Places
from fieldapp.forms.lint.possible import Conditions, Facts
from fieldapp.forms.lint.sorts import Sorts, tree_of
from fieldapp.forms.xpath.context import scope_of
from fieldapp.texts import tr

_ROUNDS = 3  # a question that is never asked may make others so, which may make others so
_FALSE = frozenset({"false()", "false", "0"})


def unreachable(definition: FormDefinition, sorts: Sorts, places: Places) -> Iterator[Finding]:
    """The outermost questions and groups whose relevance can never hold, and constraints of the same make."""
    reach = _Reach(definition, sorts)
    for question in reach.never_asked():
        place = places.rule(question.path, "relevant", question.bind.line)
        yield finding("unreachable", place, tr("this is never asked: its condition can never hold"))
    for question in reach.never_allowed():
        place = places.rule(question.path, "constraint", question.bind.line)
        yield finding("never-allowed", place, tr("no answer is ever allowed here: the constraint can never hold"))


class _Reach:
    def __init__(self, definition: FormDefinition, sorts: Sorts) -> None:
        self.definition = definition
        self.conditions = Conditions(sorts, set())
        self.facts: dict[str, Facts | None] = {}

    def never_asked(self) -> Iterator[Question]:
        """Found in rounds: what is never asked is blank for the conditions of others."""
        for _ in range(_ROUNDS):
            before = len(self.conditions.blank)
            self.facts = {}
            for question in self.definition.root.walk():
                self._look(question)
            if len(self.conditions.blank) == before:
                break
        for question in self.definition.root.walk():
            above = question.parent
            if above is not None and self.facts[question.path] is None and self.facts[above.path] is not None:
                yield question

    def _look(self, question: Question) -> None:
        """What is known where `question` is asked: all the conditions above it and its own hold."""
        above: Facts | None = self.facts[question.parent.path] if question.parent is not None else {}
        if question.kind == "repeat" and above is not None:
            above = {path: domain for path, domain in above.items() if path not in self.definition.repeated}
        self.facts[question.path] = known = self._under(question, "relevant", above)
        if known is None:
            self.conditions.blank.add(question.path)

    def _under(self, question: Question, kind: str, facts: Facts | None) -> Facts | None:
        source = getattr(question.bind, kind)
        if not source or facts is None:
            return facts
        if source in _FALSE:
            return None
        tree = tree_of(source)
        return self.conditions.assume(tree, scope_of(self.definition, question.path), facts) if tree else facts

    def never_allowed(self) -> Iterator[Question]:
        """A constraint is looked at only when there is an answer, and by itself: its question may be asked or not."""
        for question in self.definition.root.walk():
            is_asked = question.bind.constraint and self.facts[question.path] is not None and not question.is_group
            if is_asked and self._under(question, "constraint", {}) is None:
                yield question
