"""Service: what a service folder says, as frozen data. The form itself is loaded when it is first needed.

A service is a folder with `service.toml`, a form (an XLSForm) and, where it wants, tables as CSV files that the form
reads with `pulldata()`. `loader.py` reads it and refuses mistakes with their place; nothing here touches a screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from fieldapp.clock import Clock, SystemClock
from fieldapp.errors import Place, ServiceError
from fieldapp.records import Edits, Fields
from fieldapp.services.booking import BookingRule
from fieldapp.services.declared import (
    CarryRule,
    Derivation,
    Document,
    Files,
    Merging,
    OfficialNumber,
    PaperRule,
    Parent,
    Privacy,
    Series,
    ServiceClock,
    State,
    Target,
    Transition,
)
from fieldapp.services.effects import Effect
from fieldapp.services.forwarding import Forward
from fieldapp.services.open311 import Open311
from fieldapp.services.publishing import Publication
from fieldapp.services.sequel import Sequel
from fieldapp.services.stocked import StockRule
from fieldapp.services.texts import Text
from fieldapp.texts import tr

if TYPE_CHECKING:
    from fieldapp.forms import FormDefinition, Reference
    from fieldapp.places import Layers
    from fieldapp.services.fees import FeeTable
    from fieldapp.services.versions import Versions


HEALTH = "P4"  # the privacy class of what concerns somebody's health


@dataclass(frozen=True, eq=False)
class Service:
    """One service of the City, whole. It never changes while the program runs."""

    id: str
    code: str
    version: str
    title: Text
    summary: Text
    keywords: Mapping[str, tuple[str, ...]]
    icon: str
    api: str
    start_roles: frozenset[str]
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    series: Series
    clocks: tuple[ServiceClock, ...]
    privacy: Privacy
    documents: tuple[Document, ...]
    open_data: tuple[str, ...]
    derivation: Derivation
    files: Files
    parent_rule: Parent | None = None
    carry: CarryRule | None = None
    start_answers: Mapping[str, str] = field(default_factory=dict)
    versions: Versions | None = None  # the forms as they were; None where only today's is wanted
    target: Target | None = None
    forward: Forward | None = None  # a server outside, to which the gateway hands requests on
    office: str = ""  # whose desk all its records come to, in whatever ward they lie; "" for nobody's
    numbers: tuple[OfficialNumber, ...] = ()
    papers: tuple[PaperRule, ...] = ()
    merging: Merging = field(default_factory=Merging)
    open311: Open311 | None = None  # how strangers' requests become records
    topic: str = "other"  # what it is about, for those who look for it
    publications: tuple[Publication, ...] = ()  # what open data take of it
    bookings: tuple[BookingRule, ...] = ()
    stock: tuple[StockRule, ...] = ()  # what its steps hand over
    effects: tuple[Effect, ...] = ()  # what its steps do to the record that it belongs to
    after: tuple[Sequel, ...] = ()  # the steps of other records after which one of it begins
    internal: bool = False  # the City's own work, which no resident asks for: begun by a room of its own
    kept_version: str = ""  # of a service that came as a package: the name under which that is kept

    @property
    def parent(self) -> str:
        """The id of the service whose record this one belongs to, "" when it stands alone."""
        return self.parent_rule.service if self.parent_rule else ""

    @property
    def stands_alone(self) -> bool:
        """Whether a record of it may begin without one that it belongs to."""
        return self.parent_rule is None or self.parent_rule.optional

    def principal(self, person_id: str) -> str:
        """Under which sign-in this person's Changes are sent: their own at the City's gateway, or at the target.

        No user id has a slash, so that Changes for another server are never sent to the gateway, and the reverse."""
        return f"{person_id}/{self.id}" if self.target else person_id

    @property
    def language_answer(self) -> str:
        """The path of the answer that says in which language the resident is written to, "" without one."""
        return self.derivation.paths.get("lang", "")

    @property
    def first_state(self) -> str:
        """The state of a new record: the first of the list."""
        return self.states[0].id

    @cached_property
    def drafts(self) -> frozenset[str]:
        """The states in which a record is its author's alone, also where the City keeps a copy."""
        return frozenset(state.id for state in self.states if state.kind == "draft")

    @property
    def is_counted(self) -> bool:
        """Whether its records are in any figure that is published or reported: health never is."""
        return self.privacy.class_ != HEALTH

    @cached_property
    def done(self) -> frozenset[str]:
        """The states in which a record rests."""
        return frozenset(state.id for state in self.states if state.kind == "done")

    def state(self, state_id: str) -> State:
        """The state with this id; ServiceError for one that this version of the service does not know."""
        for state in self.states:
            if state.id == state_id:
                return state
        raise ServiceError(
            tr("the service “{service}” has no state “{state}”", service=self.id, state=state_id),
            Place(str(self.files.toml)),
        )

    def transition(self, transition_id: str) -> Transition:
        """The step with this id; ServiceError for one that this version of the service does not know."""
        for transition in self.transitions:
            if transition.id == transition_id:
                return transition
        raise ServiceError(
            tr("the service “{service}” has no step “{step}”", service=self.id, step=transition_id),
            Place(str(self.files.toml)),
        )

    @cached_property
    def form_version(self) -> str:
        """The version and eight hex digits of the form's source with its blocks and tables: another form, another
        version, even where an author forgot to count it up."""
        from fieldapp.services.source import source_digest

        return self.kept_version or f"{self.version}-{source_digest(self.files)[:8]}"

    def form(self, version: str = "") -> FormDefinition:
        """The form as it is now, or as it was in `version`, loaded at its first use.

        FormError with its place when the form is wrong, ServiceError when service.toml names a question that the form
        does not have, or when this machine does not have that version.
        """
        if version in {"", self.form_version}:
            return self._form
        if self.versions is None:
            words = {"version": version, "service": self.id}
            raise ServiceError(tr("version {version} of the form of “{service}” is not here", **words))
        return self.versions.form(self.id, version)

    def official(self, number_id: str) -> OfficialNumber | None:
        """The official number with this id; None for one that this version of the service does not know."""
        return next((one for one in self.numbers if one.id == number_id), None)

    def booking(self, booking_id: str) -> BookingRule | None:
        """The booking with this id; None for one that this version of the service does not know."""
        return next((one for one in self.bookings if one.id == booking_id), None)

    def has_form(self, version: str) -> bool:
        """Whether this machine has that version of the form."""
        return version == self.form_version or (self.versions is not None and self.versions.has(self.id, version))

    @cached_property
    def _form(self) -> FormDefinition:
        from fieldapp.forms import load_form
        from fieldapp.services.check import check_paths

        definition = load_form(self.files.form, cache=self.files.cache, blocks=self.files.blocks)
        check_paths(self, definition)
        if self.versions is not None:
            from fieldapp.services.keeping import keep

            keep(self, self.versions)
        return definition

    def derived(self, fields: Fields, language: str, today: date | None = None) -> Edits:
        """The record fields that follow from the answers: title, address, point, ward, language, due date.

        `today` is the day of a step that is being taken: clocks that start with each step count from it."""
        from fieldapp.services.derived import derived

        return derived(self, fields, language, today)

    def reference_data(
        self, layers: Layers | None = None, clock: Clock | None = None, *, version: str = ""
    ) -> Reference:
        """Fees, holidays, clocks and the service's own tables (those of `version`, where this machine has it), and
        behind them the layers of this machine."""
        from fieldapp.services.reference import service_reference

        folder = self.files.folder
        if self.versions is not None and version not in {"", self.form_version} and self.has_form(version):
            folder = self.versions.folder(self.id, version)
        return service_reference(folder, layers, clock or SystemClock())

    @property
    def fees(self) -> FeeTable:
        """The fees of all days: the service's own before the City's. ServiceError, with place, for a wrong table."""
        from fieldapp.services.fees import fees_of

        return fees_of(self.files.folder)

    def functions(self) -> Mapping[str, Callable[..., str | float]]:
        """The City's own functions for the form's expressions: `city:add-business-days(date, n)` and its kin."""
        from fieldapp.services.functions import city_functions

        return city_functions(lambda: self.fees)
