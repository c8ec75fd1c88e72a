"""FormSession: one record being filled. Give answers, read back what became relevant, required, calculated, wrong."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from fieldapp.clock import Clock, SystemClock
from fieldapp.errors import FormError
from fieldapp.forms.definition.itext import Label
from fieldapp.forms.definition.model import Choice, FormDefinition
from fieldapp.forms.session.answering import accepted, check_answerable
from fieldapp.forms.session.choosing import Chooser
from fieldapp.forms.session.effects import take_away
from fieldapp.forms.session.engine import Engine
from fieldapp.forms.session.environment import Device, NoReference, Reference, World
from fieldapp.forms.session.events import VALUE_CHANGED, Events
from fieldapp.forms.session.finding import find
from fieldapp.forms.session.growing import Fieldbook, Grower
from fieldapp.forms.session.history import History
from fieldapp.forms.session.keeping import difference, is_new_record, kept_answers, to_xml
from fieldapp.forms.session.nodes import Node, Options
from fieldapp.forms.session.preload import end_paths, preload
from fieldapp.forms.session.repeating import Repeater
from fieldapp.forms.session.saying import Speaker
from fieldapp.forms.undisturbed import undisturbed
from fieldapp.forms.xpath.context import Environment
from fieldapp.forms.xpath.values import Value, XNode
from fieldapp.records import Edits, Fields


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

    def __init__(  # noqa: PLR0913 - by name, all but the record: what a form asks of the world around
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
        device: Device | None = None,
    ) -> None:
        self.definition = definition
        self._world = World(
            definition,
            clock or SystemClock(),
            reference or NoReference(),
            context or {},
            functions or {},
            device or Device(),
        )
        self._engine = Engine(definition, self._world, self)
        self._speaker = Speaker(definition, self._engine, language)
        self._chooser = Chooser(definition, self._engine, self._speaker)
        self._grower = Grower(self._engine)
        self._events = Events(self._engine, self._world.place)
        self._repeater = Repeater(self._engine, self._grower, self._world, self._events)
        self._history = History(self._engine)
        self._world.singles = self._grower.singles
        self._world.itext, self._world.choice_name = self._itext, self._choice_name
        self._world.language = lambda: self._speaker.language
        self.is_new = is_new_record(definition, fields or {})
        with undisturbed():
            self._begin({**(prefill or {}), **(fields or {})} if self.is_new else dict(fields or {}))

    def _begin(self, kept: Fields) -> None:
        """The tree, preloads, all rules, then the form's actions: none of them over an answer that is there."""
        book = Fieldbook(kept)
        self.root = self._grower.tree(self.definition.prototype, book, is_new=self.is_new)
        self.orphans: dict[str, str] = book.left
        self._end_paths = end_paths(self.definition)
        self._ends: dict[str, str] = {}
        self._engine.opening, self._engine.begins = True, self.is_new
        if self.is_new:
            preload(self.root, self._world)
        self._engine.run()
        answered = {path for path, value in kept.items() if value}
        self._compare_with_choices(self.nodes(), kept=answered if self.is_new else None)
        self._events.loaded(self.root, is_new=self.is_new, kept=answered)
        self._compare_with_choices(self.nodes(), kept=answered if self.is_new else None)
        self._engine.opening = self._engine.begins = False
        self._engine.take_journal()
        self._engine.take_changed()

    def _compare_with_choices(self, nodes: Iterable[Node], *, kept: Container[str] | None) -> None:
        """Look what is offered to each answer, so that it goes when that changes. Defaults that are not among the
        choices go at once (as in JavaRosa); `kept`: the paths of what is no default, None for all."""
        for node in nodes:
            if node.value and node.question.choices is not None:
                names = self.options(node).names
                if kept is not None and node.path not in kept:
                    take_away(self._engine, node, names)
        self._engine.run()

    # Reading

    @property
    def language(self) -> str:
        """The language of labels and messages, as it was asked for."""
        return self._speaker.language

    @language.setter
    def language(self, language: str) -> None:
        self._speaker.language = language

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
        return self._speaker.say(node.question.label, node)

    def hint(self, node: Node) -> str:
        """The question's hint."""
        return self._speaker.say(node.question.hint, node)

    def guidance(self, node: Node) -> str:
        """The longer help that goes with the hint, "" for none."""
        return self._speaker.say(node.question.guidance, node)

    def media(self, node: Node) -> Mapping[str, str]:
        """The names of the files that go with the question's text, by kind: image, big-image, audio, video."""
        return self._speaker.media(node.question.label)

    def choices(self, node: Node) -> Sequence[Choice]:
        """The choices that the question offers now. Long lists are `LongChoices`: made as one looks at them."""
        return self._chooser.choices(node)

    def marks(self, node: Node) -> list[Choice]:
        """The words beside the numbers of a range."""
        return self._chooser.marks(node)

    def options(self, node: Node) -> Options:
        """The names of the choices that the question offers now."""
        return self._chooser.options(node)

    def message(self, node: Node) -> str:
        """Why the answer may not stand, "" when it may."""
        return self._speaker.message(node)

    def problems(self) -> list[Problem]:
        """What keeps the form from being complete, in the form's order."""
        wrong = (node for node in self.nodes() if node.trouble)
        return [Problem(node, self.message(node), node.trouble) for node in wrong]

    def answers(self, *, pruned: bool = False) -> dict[str, str]:
        """All answers as Fields; `pruned` leaves out what is not relevant. Orphans are kept in both.

        The form's `end` is the time of the last change: nothing in the form sees it, and reading never alters it.
        """
        return kept_answers(self.root, pruned=pruned) | self._ends | self.orphans

    def edits(self, since: Fields) -> tuple[Edits, dict[str, str | None]]:
        """What to keep: {path: new} and {path: was} against `since`; None for gone. Record fields are left alone."""
        return difference(self.answers(), since)

    def to_xml(self) -> str:
        """The record as an XForms instance: relevant nodes only."""
        return to_xml(self.definition, self.root, self._ends)

    # Writing: each returns the paths of all nodes that changed in value, relevance, validity, choices or label

    def set(self, ref_or_path: str, value: str) -> frozenset[str]:
        """Answer a question. FormError, and nothing changed, when it takes no answer or not this one."""
        node = self.node(ref_or_path)
        check_answerable(node)
        text = accepted(node, value, self.options(node))
        with self._step():
            if self._engine.assign(node, text):
                self.happened(node)
        return self._engine.take_changed()

    def add(self, ref_or_path: str) -> Node:
        """A new instance at the end of a repeat. FormError when the form itself counts them, or it is read-only."""
        with self._step():
            node = self._repeater.add(self.node(ref_or_path))
            self._engine.run()
            self._compare_with_choices(node.walk(), kept=())
        self._engine.take_changed()
        return node

    def remove(self, ref_or_path: str) -> frozenset[str]:
        """Take an instance away, with all its answers. FormError when the form itself counts them."""
        node = self.node(ref_or_path)
        with self._step():
            self._repeater.remove(node)
        return self._engine.take_changed() | {node.path}

    @contextmanager
    def _step(self) -> Iterator[None]:
        """A change with all its consequences, wholly or not at all."""
        try:
            yield
            self._engine.run()
        except FormError:
            self._events.forget()
            self._history.roll_back()
            self._engine.take_changed()
            raise
        if self._history.keep():
            now = self._world.now().isoformat(timespec="milliseconds")
            self._ends = dict.fromkeys(self._end_paths, now)

    # Undo

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back and nothing else was done since."""
        return self._history.can_redo

    def undo(self) -> frozenset[str]:
        """Take back the last answer, added or removed instance, with all that followed from it: the changed paths."""
        self._history.undo()
        return self._engine.take_changed()

    def redo(self) -> frozenset[str]:
        """Bring again what was taken back last, exactly as it was: the changed paths."""
        self._history.redo()
        return self._engine.take_changed()

    # What the engine asks (its Helper)

    def resize(self, repeat: Node, size: int) -> None:
        """Give a counted repeat that many instances."""
        self._repeater.resize(repeat, size)

    def happened(self, node: Node) -> None:
        """A node got another value, not by a calculation."""
        self._events.happened(VALUE_CHANGED, node)

    def next_action(self) -> bool:
        """Do the next action of the form that waits."""
        return self._events.next()

    def _itext(self, name: str) -> str:
        return self._speaker.say(Label(itext=name), self.root)

    def _choice_name(self, node: XNode, value: str) -> str:
        return self._chooser.label(node, value) if isinstance(node, Node) else ""
