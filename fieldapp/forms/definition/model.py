"""What a form is, before anyone fills it: questions, choices, texts, rules. Frozen, and shared by all sessions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.forms.definition.instances import Table
from fieldapp.forms.definition.itext import Label, Phrase, Translations
from fieldapp.forms.tables.media import Media

if TYPE_CHECKING:
    from fieldapp.forms.definition.rules import RuleBook

GROUPS = frozenset({"group", "repeat"})
FILES = frozenset({"image", "audio", "video", "file"})


@dataclass(frozen=True, slots=True)
class Bind:
    """What the form says about a node's data: its type, and its rules as XPath ("" where there is none)."""

    type: str = "string"
    relevant: str = ""
    required: str = ""
    readonly: str = ""
    constraint: str = ""
    calculate: str = ""
    constraint_message: Label | None = None
    required_message: Label | None = None
    preload: str = ""
    preload_params: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """Where choices come from: `items` written out, then a `nodeset` of rows with a value and a label each.

    `columns` is a text that names the rows' label columns in each language, where search() says them so.
    """

    items: tuple[tuple[str, Label | None], ...] = ()
    nodeset: str = ""
    value: str = ""
    label: str = ""
    line: int = 0
    columns: Label | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice as a session offers it. `extra` holds the list's other columns; files are given by name."""

    name: str
    label: str
    image: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    audio: str = ""
    video: str = ""
    big_image: str = ""


@dataclass(frozen=True, eq=False)
class Question:
    """A question, group, repeat or hidden value. `path` is its way from the root: no root, no keys.

    `kind` is one of: group repeat text integer decimal date time dateTime select multiple rank geopoint geotrace
    geoshape image audio video file barcode acknowledge note calculate range attribute.
    `control` is the element of the body that shows it (input, secret, upload…), "" where none does.
    """

    name: str
    path: str
    kind: str
    parent: Question | None = field(repr=False)
    children: list[Question] = field(default_factory=list, repr=False)
    appearance: frozenset[str] = frozenset()
    extra: Mapping[str, str] = field(default_factory=dict, repr=False)
    bind: Bind = field(default_factory=Bind, repr=False)
    label: Label | None = field(default=None, repr=False)
    hint: Label | None = field(default=None, repr=False)
    guidance: Label | None = field(default=None, repr=False)
    choices: ChoiceList | None = field(default=None, repr=False)
    marks: ChoiceList | None = field(default=None, repr=False)  # the words beside the numbers of a range
    count: str = ""
    namespace: str = ""
    attributes: list[Question] = field(default_factory=list, repr=False)
    fixed: Mapping[str, str] = field(default_factory=dict, repr=False)  # attributes that nothing changes, for the XML
    control: str = ""

    @property
    def is_group(self) -> bool:
        """Whether it holds other questions instead of a value."""
        return self.kind in GROUPS

    @property
    def multiple(self) -> bool:
        """Whether its value is several choices, separated by spaces."""
        return self.kind in {"multiple", "rank"}

    def chosen(self, answer: str) -> list[str]:
        """The names of the choices in an answer. Only where several are taken do blanks stand between them."""
        return answer.split() if self.multiple else [answer] if answer else []

    @property
    def guarded(self) -> bool:
        """Whether an answer that its constraint refuses is never written down, not even in a draft: card numbers."""
        return "guarded" in self.appearance

    def walk(self) -> Iterator[Question]:
        """Itself, its attributes, and all below it in the form's order."""
        yield self
        yield from self.attributes
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, eq=False)
class Prototype:
    """A node as a new record begins with it. Of a repeat: `children` are the instances given, `template` is what added
    ones begin with, None where the form writes none (see templates.py)."""

    question: Question
    value: str = ""
    children: tuple[Prototype, ...] = ()
    template: Prototype | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """At one of `events` the node at `target` gets a value; `owner` is the path of what holds the action.

    By its `verb`: setvalue takes `source` (XPath) or `literal`, setgeopoint where the device is, recordaudio what it
    hears (`extra` says in which quality). `chosen` is the target as an expression where predicates choose among
    instances.
    """

    events: frozenset[str]
    target: str
    source: str
    literal: str
    owner: str
    line: int = 0
    verb: str = "setvalue"
    extra: Mapping[str, str] = field(default_factory=dict)
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Stray:
    """A bind or a control (`kind`) that speaks of a node which the form does not have."""

    path: str
    kind: str
    line: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something in the form that this engine gives no meaning to; the form works, but without it.

    `what` is one of: appearance attribute control element event preload source text type encryption. `path` is the
    question's, "" for the whole form; `line` is in the XForm, 0 where unknown.
    """

    what: str
    name: str
    path: str = ""
    line: int = 0


@dataclass(frozen=True, eq=False)
class FormDefinition:
    """A whole form. Sessions share it: nothing in it ever changes."""

    title: str
    id: str
    version: str
    digest: str  # SHA-256 of the XForm: two definitions with the same digest behave alike
    root: Question
    questions: Mapping[str, Question] = field(repr=False)  # by path; attributes as group/@name
    prototype: Prototype = field(repr=False)
    translations: Translations = field(repr=False)
    tables: Mapping[str, Table] = field(repr=False)
    actions: Sequence[Action] = field(repr=False)
    namespaces: Mapping[str, str] = field(repr=False)
    media: Media = field(default_factory=Media, repr=False)
    strays: Sequence[Stray] = field(default=(), repr=False)
    unknown: Sequence[Unknown] = field(default=(), repr=False)
    style: frozenset[str] = frozenset()  # the body's classes: pages, theme-grid
    submission: Mapping[str, str] = field(default_factory=dict, repr=False)  # what the form says of its sending

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages as the form names them, e.g. `English (en)`; none for a form of one language."""
        return self.translations.languages

    @property
    def folders(self) -> Sequence[Path]:
        """Where the form's own tables, pictures and sounds may lie."""
        return self.media.folders

    @property
    def root_name(self) -> str:
        """The root element's name, with which every reference begins."""
        return self.root.name

    @property
    def paths(self) -> Mapping[str, Question]:
        """All paths (for the checking of references)."""
        return self.questions

    @cached_property
    def repeats(self) -> frozenset[str]:
        """The paths of all repeats."""
        return frozenset(question.path for question in self.questions.values() if question.kind == "repeat")

    @cached_property
    def repeated(self) -> frozenset[str]:
        """The paths of all repeats and of everything in them."""
        return frozenset(path for repeat in self.repeats for path in self.under(repeat))

    @cached_property
    def templates(self) -> Mapping[str, Prototype]:
        """What an added instance of each repeat begins with, by the repeat's path."""
        from fieldapp.forms.definition.templates import templates_of

        return templates_of(self.prototype)

    @cached_property
    def rules(self) -> RuleBook:
        """The form's expressions, compiled, in the order in which they must run."""
        from fieldapp.forms.definition.rules import RuleBook

        return RuleBook(self)

    def under(self, path: str) -> Sequence[str]:
        """The paths at and below `path`."""
        return [question.path for question in self.questions[path].walk()] if path in self.questions else []

    def text(self, label: Label | None, language: str) -> str:
        """A label outside any session: what outputs would show is given as `…`."""
        phrase = self.phrase(label, language)
        return phrase.plain if phrase else ""

    def phrase(self, label: Label | None, language: str) -> Phrase | None:
        """The text behind a label in `language`."""
        if label is None:
            return None
        return self.translations.phrase(label.itext, language) if label.itext else label.phrase
