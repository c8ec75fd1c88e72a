"""What the form does at events: when a record begins or opens, when an instance is added, when an answer changes.

An action runs when all rules have run, so that it sees what was calculated; the rules run after it, before the next.
An action may change an answer that another action waits for: that one follows. Circles of actions are stopped.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Container
from typing import TYPE_CHECKING

from fieldapp.errors import FormError, Place
from fieldapp.forms.definition.model import Action
from fieldapp.forms.session.nodes import Node
from fieldapp.forms.session.targets import targets
from fieldapp.forms.session.types import coerce
from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.values import Value
from fieldapp.texts import tr

if TYPE_CHECKING:
    from fieldapp.forms.session.engine import Engine

FIRST_LOAD, EVERY_LOAD, NEW_REPEAT = "odk-instance-first-load", "odk-instance-load", "odk-new-repeat"
VALUE_CHANGED = "xforms-value-changed"
_MOST_TIMES = 1000  # that one action happens to one node for one change: beyond, it goes round for ever


class Events:
    """The actions of one record's form, and those that wait."""

    def __init__(self, engine: Engine, locate: Callable[[], str]) -> None:
        self._engine = engine
        self._locate = locate
        self._waiting: deque[tuple[Action, Node]] = deque()
        self._times: Counter[tuple[int, Node]] = Counter()
        self._by_owner: dict[tuple[str, str], list[Action]] = {}
        for action in engine.definition.actions:
            for event in action.events & {NEW_REPEAT, VALUE_CHANGED}:
                self._by_owner.setdefault((event, action.owner), []).append(action)

    def loaded(self, root: Node, *, is_new: bool, kept: Container[str]) -> None:
        """The record was opened: actions of the form's beginning, in every instance, but none over what was kept."""
        events = {FIRST_LOAD, EVERY_LOAD} if is_new else {EVERY_LOAD}
        for action in self._engine.definition.actions:
            if action.events & events:
                for owner in targets(action.owner, root):
                    self._perform(action, owner, but=kept)
                    self._engine.run()

    def happened(self, event: str, node: Node) -> None:
        """Something happened to a node: what the form wants done then waits for its turn."""
        for action in self._by_owner.get((event, node.question.path), ()):
            self._waiting.append((action, node))

    def next(self) -> bool:
        """Do what waits longest; False when nothing waits. FormError when actions follow each other for ever."""
        if not self._waiting:
            self._times.clear()
            return False
        action, owner = self._waiting.popleft()
        self._times[id(action), owner] += 1
        if self._times[id(action), owner] > _MOST_TIMES:
            message = tr("the form's actions never come to rest: each change makes another one")
            raise FormError(message, Place(field=owner.ref))
        self._perform(action, owner)
        return True

    def forget(self) -> None:
        """A step failed: nothing waits any more."""
        self._waiting.clear()
        self._times.clear()

    def _perform(self, action: Action, owner: Node, but: Container[str] = ()) -> None:
        """Give the node that an action means its value, seen from the node whose event it is; not at the paths in
        `but`. Where several instances could be meant none is: the engines that others wrote refuse to go on there."""
        found = self._chosen(action, owner) if action.chosen else targets(action.target, owner)
        if len(found) != 1 or found[0].path in but:
            return
        target = found[0]
        value = self._value(action, target, owner)
        self._engine.reads.clear()
        if value is not None and self._engine.assign(target, coerce(target.question, value, self._engine.env.zone)):
            self.happened(VALUE_CHANGED, target)

    def _chosen(self, action: Action, owner: Node) -> list[Node]:
        """The nodes that the target's predicates choose, seen from the node whose event it is."""
        rules = self._engine.definition.rules
        found = rules.closure(action.chosen, owner.question.path)(Context(owner, owner, self._engine.env))
        self._engine.reads.clear()
        return [] if isinstance(found, str | float | bool) else [node for node in found if isinstance(node, Node)]

    def _value(self, action: Action, target: Node, owner: Node) -> Value | None:
        """What the node gets, None to leave it: the device does not know its place, or nobody records here."""
        if action.verb == "setgeopoint":
            return self._locate() or None
        if action.verb != "setvalue":
            return None
        if not action.source:
            return action.literal
        rules = self._engine.definition.rules
        base = rules.base_of(action)
        node = target if base == action.target else owner
        return rules.closure(action.source, base)(Context(node, node, self._engine.env))
