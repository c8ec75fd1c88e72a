"""A service whose form is corrected: the dog licence as it was, and as it is after an update of the program.

In version 2 the name has another path, the age is a choice, whether the dog is altered is asked no more, and a colour
must be given.
"""

from __future__ import annotations

from pathlib import Path

from fieldapp.services import Catalogue, shipped
from fieldapp.services.versions import Versions
from tests.support.services import DOG_COLUMNS, DOG_QUESTIONS, DOG_SETTINGS, sheet, write_dog_licence

DOGS = "dog-licence"
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
