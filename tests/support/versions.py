"""A service whose form is corrected: the dog licence as it was, and as it is after an update of the program.

In version 2 the name has another path, the age is a choice, whether the dog is altered is asked no more, and a colour
must be given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.actions import Desk, answer, catch_up, open_form
from fieldapp.clock import Clock, FixedClock
from fieldapp.places import Layers
from fieldapp.records import Person, Record
from fieldapp.services import Catalogue, shipped
from fieldapp.services.versions import Versions
from fieldapp.store import Store
from tests.support.filling import fill
from tests.support.services import DOG_COLUMNS, DOG_QUESTIONS, DOG_SETTINGS, sheet, write_dog_licence
from tests.support.store import KEY

DOGS = "puppy-tag"
COLUMNS = (*DOG_COLUMNS, "bind::was")
QUESTIONS = (
    ("begin_group", "dog", "Dog", "Chien"),
    ("text", "call_name", "Name of the dog", "Nom du chien", "yes", "", "", "", "", "", "dog_name"),
    ("select_one years", "age", "Age", "Âge", "yes"),
    ("text", "colour", "Colour", "Couleur", "yes"),
    ("calculate", "twice", "", "", "", "", "", "", "", "string-length(${call_name}) * 2"),
    *DOG_QUESTIONS[4:],
)
YEARS = (
    ("list_name", "name", "label::English (en)", "label::Français (fr)"),
    ("years", "young", "Under two years", "Moins de deux ans"),
    ("years", "grown", "Two years and more", "Deux ans et plus"),
)

# Answers to the first version, and what the second asks for besides.
OLD = {"dog/dog_name": "Rex", "dog/age": "4", "dog/altered": "yes"}
NEW = {"dog/age": "grown", "dog/colour": "brown"}


def correct_dog_licence(place: Path) -> None:
    """Version 2 of the dog licence, in place of the first."""
    folder = write_dog_licence(place, replacing=('version = "1"', 'version = "2"'))
    declared = (folder / "service.toml").read_text("utf-8").replace("dog/dog_name", "dog/call_name")
    (folder / "service.toml").write_text(declared, "utf-8")
    form = sheet("survey", COLUMNS, *QUESTIONS) + sheet("choices", *YEARS) + sheet("settings", *DOG_SETTINGS)
    (folder / "form.md").write_text(form, "utf-8")


def catalogue_of(place: Path, home: Path) -> Catalogue:
    """The services in `place` on a machine that keeps its forms below `home`."""
    blocks = place / "_blocks"
    if not blocks.exists():
        blocks.symlink_to(shipped() / "_blocks")
    return Catalogue.load([place], home / "cache", Versions(home / "forms", home / "cache" / "versions"))


@dataclass
class Machine:
    """One laptop: its store stays when the program, with the forms in it, is updated."""

    home: Path
    person: Person
    device: str = "LT01"
    clock: Clock = field(default_factory=FixedClock)

    def __post_init__(self) -> None:
        self.store = Store.open(self.home / "store", KEY, clock=self.clock, device=self.device)

    def desk(self, services: Path) -> Desk:
        """The desk at this laptop with the program, and so the forms, that is installed in `services` now."""
        catalogue = catalogue_of(services, self.home)
        layers = Layers(self.home / "layers.db")
        return Desk(self.person, self.store, catalogue, layers, self.clock, self.device)


def answer_all(desk: Desk, record: Record, answers: Mapping[str, str]) -> Record:
    """Answer a record's form without a screen, as it opens at this desk."""
    record = catch_up(desk, record.id)
    session = open_form(desk, record)
    fill(session, answers)
    edits, _ = session.edits(record.fields)
    return answer(desk, record.id, edits)
