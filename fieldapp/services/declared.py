"""What a service.toml declares, part by part, as frozen data: states and steps, numbers and clocks, privacy, papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fieldapp.services.texts import Text

TOML = "service.toml"
KINDS = ("draft", "open", "review", "returned", "done")
EDITABLE_KINDS = frozenset({"draft", "open", "returned"})


@dataclass(frozen=True)
class State:
    """A place in the workflow. Its kind says who holds the record: draft and returned its author, open the person
    it is assigned to, review the City's reviewers; done asks nobody for anything at a desk or in the field."""

    id: str
    title: Text
    kind: str

    @property
    def editable(self) -> bool:
        """Whether answers may be changed on a laptop while a record is here."""
        return self.kind in EDITABLE_KINDS


@dataclass(frozen=True)
class Transition:
    """A step that one person takes: from any of `from_` to `to`. With a `question`, only while its answer is one of
    `values` (`negated`: none of them, blank included).

    `sets` names the answers, or the groups of them, that go with the step, also where the record is not open to its
    author any more. `second_person` is stricter than `not_author`: neither who began the record nor who holds it.
    `gives`: whoever takes it says to whom the record goes with it."""

    id: str
    title: Text
    from_: frozenset[str]
    to: str
    roles: frozenset[str]
    needs_reason: bool = False
    needs_complete_form: bool = False
    not_author: bool = False
    author_only: bool = False
    question: str = ""
    values: frozenset[str] = frozenset()
    negated: bool = False
    second_person: bool = False
    sets: frozenset[str] = frozenset()
    gives: bool = False
    proposed: tuple[str, frozenset[str]] = ("", frozenset())  # a question, and the answers for which it comes first

    def fits(self, answers: Mapping[str, str]) -> bool:
        """Whether the answers allow the step."""
        return not self.question or (answers.get(self.question, "") in self.values) is not self.negated

    def is_proposed(self, answers: Mapping[str, str]) -> bool:
        """Whether the answers propose this step before others that are possible too."""
        question, values = self.proposed
        return bool(question) and answers.get(question, "") in values

    def writes(self, path: str) -> bool:
        """Whether the answer at `path` goes with this step."""
        return any(path == one or path.startswith(f"{one}/") for one in self.sets)


@dataclass(frozen=True)
class Series:
    """A number series of the City: `format` with {yy}, {yyyy} and {n}; `start` is each year's first number."""

    id: str
    format: str
    start: int


@dataclass(frozen=True)
class OfficialNumber:
    """A number that `steps` issue: `prefix` (with {yy}, {yyyy}) and `digits`. Laptops reserve `block` of them, and
    ask anew when fewer than `low` are left. With a `question`, only while its answer is one of `values` (`negated`:
    is given and none of them)."""

    id: str
    title: Text
    prefix: str
    digits: int
    start: int
    block: int
    low: int
    steps: frozenset[str]
    roles: frozenset[str]  # who may take any of the steps
    question: str = ""
    values: frozenset[str] = frozenset()
    negated: bool = False


@dataclass(frozen=True)
class ServiceClock:
    """A promise or a statutory limit: `days` after the day in the answer `from_`; with no days that day is it.
    Without `from_` it starts anew with each step of the workflow."""

    id: str
    title: Text
    from_: str
    days: int
    business: bool
    source: str


@dataclass(frozen=True)
class Privacy:
    """The privacy class of the whole, the answers that are more sensitive still, and how long it is kept."""

    class_: str
    sensitive: frozenset[str]
    retention: Text
    on_laptop: int = 30  # days that a closed record stays on a laptop after the City received it
    handed_off: frozenset[str] = frozenset()  # states in which the answers are not the City's to keep any more
    hand_off_days: int = 0  # that the gateway still has them then; laptops let go at once


@dataclass(frozen=True)
class Document:
    """Something that the resident has to bring or send. `seen` are the questions of the form that say that it was
    shown: where all of them do, nobody asks for it again."""

    id: str
    title: Text
    required: bool
    seen: tuple[str, ...] = ()


@dataclass(frozen=True)
class PaperRule:
    """A paper that the City issues about a record, as PDF: an order, a notice, a report, a card.

    It is issued while the record is in one of `states` (none named: in all but the first), and where it bears the
    official `number`, once the record has it. `to` are answers that say to whom, `show` the questions and groups
    (all, where none is named) whose answers stand on it, `text` paragraphs in which `{path}` is an answer,
    `signature` and `photos` the answers with pictures. Sensitive answers stand on it only where they are named."""

    id: str
    title: Text
    kind: str
    states: frozenset[str] = frozenset()
    number: str = ""
    to: tuple[str, ...] = ()
    show: tuple[str, ...] = ()
    text: tuple[Text, ...] = ()
    signature: str = ""
    photos: tuple[str, ...] = ()


@dataclass(frozen=True)
class Derivation:
    """How the record fields come from the answers: a path each, and the parts of the title."""

    title_en: tuple[str, ...]
    title_fr: tuple[str, ...]
    paths: Mapping[str, str]


@dataclass(frozen=True)
class CarrySource:
    """A repeat whose instances are open while `question` has one of `values` (all of them, where no question is
    named); `copy` names new: old questions."""

    repeat: str
    question: str
    values: frozenset[str]
    copy: Mapping[str, str]


@dataclass(frozen=True)
class CarryRule:
    """What a later record of the same parent takes over: open items of `states`, into the repeat `into`, their
    number into `count`; `visits` gets the number of this record among its siblings."""

    states: frozenset[str]
    into: str
    count: str
    visits: str
    id_question: str
    reference_question: str
    closed_question: str
    closed_values: frozenset[str]
    sources: tuple[CarrySource, ...]


@dataclass(frozen=True)
class Parent:
    """The service that this one belongs to, and the answers of the parent that a new record begins with. Where it is
    `optional` a record may also stand alone."""

    service: str
    copy: Mapping[str, str]
    optional: bool = False


@dataclass(frozen=True)
class Merging:
    """Answers that are more than a value when two people change them: those that only a supervisor may decide between,
    and notes, to which lines are only ever added. The rest follows from the form."""

    decision: frozenset[str] = frozenset()
    append: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Target:
    """A server that takes this service's records in place of the City's gateway: its address without any secret, the
    id under which it knows the form, and the steps that hand a record in. All other steps stay on the laptop."""

    kind: str
    server: str
    form: str
    submit: frozenset[str]


@dataclass(frozen=True)
class Files:
    """Where a service lies: its folder, its form, the shared question blocks, and the cache for converted forms."""

    folder: Path
    form: Path
    blocks: Path | None
    cache: Path | None

    @property
    def toml(self) -> Path:
        """The file that describes the service."""
        return self.folder / TOML
