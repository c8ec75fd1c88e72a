"""FormSession: one record being filled. Give answers, read back what became relevant, required, calculated, wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from fieldapp.clock import Clock, SystemClock
from fieldapp.errors import FormError, Place
from fieldapp.forms.definition.itext import Label, Output
from fieldapp.forms.definition.model import Choice, FormDefinition
from fieldapp.forms.session.choosing import Chooser
from fieldapp.forms.session.engine import Engine
from fieldapp.forms.session.environment import NoReference, Reference, World
from fieldapp.forms.session.finding import find
from fieldapp.forms.session.growing import Fieldbook, Grower, counted_key, new_key
from fieldapp.forms.session.keeping import difference, is_new_record, kept_answers, to_xml
from fieldapp.forms.session.nodes import Node, Options
from fieldapp.forms.session.preload import preload, touch_end
from fieldapp.forms.session.types import AnswerError, normalise
from fieldapp.forms.xpath.context import Environment
from fieldapp.forms.xpath.values import Value, XNode, text_of
from fieldapp.records import Edits, Fields
from fieldapp.texts import tr

FIRST_LOAD, EVERY_LOAD, NEW_REPEAT = "odk-instance-first-load", "odk-instance-load", "odk-new-repeat"


@dataclass(frozen=True)
class Problem:
    """Something that keeps the form from being complete. `kind`: required, constraint, type or choice."""

    node: Node
    message: str
    kind: str


class FormSession:
    """A form over one record's answers. Everything a screen or a program does with a form goes through here.

    A record is new as long as it holds no `meta/instanceID` (in a form without one: no answer): then the form's
    defaults come in, under the answers that are there. Later, only what was kept is there.
    """

    def __init__(
        self,
        definition: FormDefinition,
        fields: Fields | None = None,
        *,
        language: str = "en",
        clock: Clock | None = None,
        reference: Reference | None = None,
        context: Mapping[str, str] | None = None,
        prefill: Mapping[str, str] | None = None,
        functions: Mapping[str, Callable[..., Value]] | None = None,
    ) -> None:
        self.definition = definition
        self.language = language
        self._world = World(
            definition, clock or SystemClock(), reference or NoReference(), context or {}, functions or {}
        )
        self._engine = Engine(definition, self._world, self)
        self._chooser = Chooser(definition, self._engine, self._say)
        self._grower = Grower(self._engine)
        self._world.singles = self._grower.singles
        self._world.itext, self._world.choice_name = self._itext, self._choice_name
        self.is_new = is_new_record(definition, fields or {})
        kept = {**(prefill or {}), **(fields or {})} if self.is_new else dict(fields or {})
        book = Fieldbook(kept)
        self.root = self._grower.tree(definition.prototype, book, is_new=self.is_new)
        self.orphans: dict[str, str] = book.left
        self._begin({path for path, value in kept.items() if value})

    def _begin(self, kept: set[str]) -> None:
        """Preloads, all rules, then the defaults that are calculated: none of them over an answer that is there."""
        if self.is_new:
            preload(self.root, self._world)
        self._engine.run()
        events = {FIRST_LOAD, EVERY_LOAD} if self.is_new else {EVERY_LOAD}
        for action in self.definition.actions:
            if action.events & events:
                self._engine.perform(action, self.root, but=kept)
                self._engine.run()
        self._engine.changed.clear()

    # Reading

    @property
    def language(self) -> str:
        """The language of labels and messages, as it was asked for."""
        return self._language

    @language.setter
    def language(self, language: str) -> None:
        self._language = language
        self._translation = self.definition.translations.chosen(language)

    @property
    def environment(self) -> Environment:
        """What the form's expressions are evaluated in."""
        return self._world

    def node(self, ref_or_path: str) -> Node:
        """The node at `/data/items[2]/x` or at `items[k3f9a]/x`. FormError when there is none."""
        return find(self.root, ref_or_path)

    def nodes(self) -> Iterator[Node]:
        """All nodes but the root, in the form's order."""
        walk = self.root.walk()
        next(walk)
        return walk

    def label(self, node: Node) -> str:
        """The question's text."""
        return self._say(node.question.label, node)

    def hint(self, node: Node) -> str:
        """The question's hint."""
        return self._say(node.question.hint, node)

    def choices(self, node: Node) -> list[Choice]:
        """The choices that the question offers now."""
        return self._chooser.choices(node)

    def options(self, node: Node) -> Options:
        """The names of the choices that the question offers now."""
        return self._chooser.options(node)

    def message(self, node: Node) -> str:
        """Why the answer may not stand, "" when it may."""
        trouble = node.trouble
        if trouble == "required":
            return self._say(node.question.bind.required_message, node) or tr("This answer is needed.")
        if trouble == "constraint":
            return self._say(node.question.bind.constraint_message, node) or tr("This answer is not allowed here.")
        if trouble == "choice":
            return tr("“{answer}” is not among the choices.", answer=self._strange(node))
        return node.fault if trouble else ""

    def problems(self) -> list[Problem]:
        """What keeps the form from being complete, in the form's order."""
        wrong = (node for node in self.nodes() if node.trouble)
        return [Problem(node, self.message(node), node.trouble) for node in wrong]

    def answers(self, *, pruned: bool = False) -> dict[str, str]:
        """All answers as Fields; `pruned` leaves out what is not relevant. Orphans are kept in both."""
        return kept_answers(self.root, pruned=pruned) | self.orphans

    def edits(self, since: Fields) -> tuple[Edits, dict[str, str | None]]:
        """What to keep: {path: new} and {path: was} against `since`; None for gone. Record fields are left alone."""
        return difference(self.answers(), since)

    def to_xml(self) -> str:
        """The record as an XForms instance: relevant nodes only."""
        return to_xml(self.definition, self.root)

    # Writing: each returns the paths of all nodes that changed in value, relevance, validity, choices or label

    def set(self, ref_or_path: str, value: str) -> frozenset[str]:
        """Answer a question. FormError, and nothing changed, when it takes no answer or not this one."""
        node = self.node(ref_or_path)
        self._check_settable(node)
        before = node.value
        self._engine.assign(node, self._normal(node, value))
        touch_end(self.root, self._world, self._engine)
        try:
            return self._settled()
        except FormError:
            self._engine.assign(node, before)
            self._settled()
            raise

    def add(self, ref_or_path: str) -> Node:
        """A new instance at the end of a repeat. FormError when the form itself counts them, or it is read-only."""
        repeat = self._repeat(self.node(ref_or_path))
        node = self._add(repeat, new_key())
        self._settled()
        return node

    def remove(self, ref_or_path: str) -> frozenset[str]:
        """Take an instance away, with all its answers. FormError when the form itself counts them."""
        node = self.node(ref_or_path)
        if node.kind != "instance" or node.parent is None:
            raise FormError(tr("this is no instance of a repeat"), Place(field=ref_or_path))
        self._repeat(node.parent)
        self._remove(node)
        return self._settled() | {node.path}

    def _settled(self) -> frozenset[str]:
        try:
            self._engine.run()
            return frozenset(node.path for node in self._engine.changed)
        finally:
            self._engine.changed.clear()

    def _check_settable(self, node: Node) -> None:
        place = Place(field=node.ref)
        if node.is_group:
            raise FormError(tr("this is a group: only the questions in it take answers"), place)
        if node.question.bind.calculate:
            raise FormError(tr("this value is calculated by the form"), place)
        if node.readonly or node.question.kind in {"note", "attribute"}:
            raise FormError(tr("this is read-only"), place)

    def _normal(self, node: Node, value: str) -> str:
        place = Place(field=node.ref)
        try:
            text = normalise(node.question, value)
        except AnswerError as fault:
            raise FormError(str(fault), place) from None
        if node.question.choices is not None and text:
            names = self.options(node).names
            strange = [token for token in text.split() if token not in names]
            if strange:
                raise FormError(tr("“{answer}” is not among the choices.", answer=strange[0]), place)
            if node.question.kind == "rank" and len(text.split()) != len(names):
                raise FormError(tr("All choices must be put in order."), place)
        return text

    def _strange(self, node: Node) -> str:
        names = self.options(node).names
        return next((token for token in node.value.split() if token not in names), "")

    # Repeats

    def _repeat(self, node: Node) -> Node:
        place = Place(field=node.ref)
        if node.kind != "repeat":
            raise FormError(tr("this is no repeat"), place)
        if node.question.count:
            raise FormError(tr("the form itself decides how often this is repeated"), place)
        if node.readonly:
            raise FormError(tr("this is read-only"), place)
        return node

    def resize(self, repeat: Node, size: int) -> None:
        """Give a counted repeat that many instances."""
        for node in repeat.children[size:][::-1]:
            self._remove(node)
        while len(repeat.children) < size:
            self._add(repeat, counted_key(repeat))

    def _add(self, repeat: Node, key: str) -> Node:
        node = self._grower.instance(repeat, key)
        preload(node, self._world)
        self._engine.notify(repeat)
        self._engine.touch(repeat)
        for new in node.walk():
            self._engine.touch(new)
        for action in self.definition.actions:
            if NEW_REPEAT in action.events and action.owner == repeat.question.path:
                self._engine.follow(action, node)
        return node

    def _remove(self, node: Node) -> None:
        repeat = node.parent
        if repeat is not None:
            repeat.children.remove(node)
            self._engine.retire(node)
            self._engine.notify(repeat)
            self._engine.touch(repeat)
            for left in repeat.children:
                self._engine.notify(left)

    # Texts

    def _say(self, label: Label | None, node: Node) -> str:
        if label is None:
            return ""
        if label.source:
            return text_of(self._watched(label.source, node)).strip()
        phrase = self.definition.phrase(label, self._translation)
        if phrase is None:
            return ""
        parts = (
            text_of(self._watched(part.source, node)) if isinstance(part, Output) else part for part in phrase.parts
        )
        return "".join(parts).strip()

    def _watched(self, source: str, node: Node) -> Value:
        closure = self.definition.rules.closure(source, node.question.path)
        return self._engine.watch(node, closure)

    def _itext(self, name: str) -> str:
        return self._say(Label(itext=name), self.root)

    def _choice_name(self, node: XNode, value: str) -> str:
        return self._chooser.label(node, value) if isinstance(node, Node) else ""
