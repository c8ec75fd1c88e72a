"""Builders of services: a small service folder, as somebody who adds a service would write it."""

from __future__ import annotations

from pathlib import Path

from fieldapp.records import ALIAS, AUTHOR, STATE, Person, Record
from fieldapp.services import Catalogue, Service, shipped
from fieldapp.services.checking import Shelf
from fieldapp.services.loader import load_service
from fieldapp.services.making import UNTRANSLATED, make_service

API = 'api = "gateway"\n'
DOG_COLUMNS = (
    "type",
    "name",
    "label::English (en)",
    "label::Français (fr)",
    "required",
    "relevant",
    "constraint",
    "constraint_message::English (en)",
    "constraint_message::Français (fr)",
    "calculation",
)
AGE = (". >= 0 and . <= 30", "Enter an age from 0 to 30.", "Entrez un âge de 0 à 30.")
DOG_QUESTIONS = (
    ("begin_group", "dog", "Dog", "Chien"),
    ("text", "dog_name", "Name of the dog", "Nom du chien", "yes"),
    ("integer", "age", "Age in years", "Âge en années", "yes", "", *AGE),
    ("select_one yn", "altered", "Spayed or neutered?", "Stérilisé?", "yes", "${age} > 0"),
    ("calculate", "fee", "", "", "", "", "", "", "", "pulldata('fees', 'amount', 'code', 'DOG')"),
    ("end_group",),
    ("begin_group", "case", "Request", "Demande"),
    ("include", "b1_case"),
    ("end_group",),
)
DOG_SETTINGS = (
    ("form_title", "form_id", "version", "default_language"),
    ("Dog licence", "puppy-tag", "1", "English (en)"),
)

DOG_SERVICE = """\
id = "puppy-tag"
code = "S99"
version = "1"
icon = "dog"
api = "gateway"
start_roles = ["counter", "supervisor"]
open_data = ["dog/age"]

[title]
en = "Dog licence"
fr = "Licence de chien"

[summary]
en = "Register a dog"
fr = "Enregistrer un chien"

[keywords]
en = ["dog", "puppy", "whelp"]
fr = ["chien", "chiot", "médaille"]

[series]
id = "dog"
format = "D{yy}-{n:05}"
start = 1

[derived]
lang = "case/lang"
title.en = ["Dog licence", "{dog/dog_name}"]
title.fr = ["Licence de chien", "{dog/dog_name}"]

[[clocks]]
id = "answer"
title.en = "Answer due"
title.fr = "Réponse attendue"
from = "case/received_at"
days = 5
kind = "business"
source = "promise"

[privacy]
class = "P2"
sensitive = []
retention.en = "One year"
retention.fr = "Un an"

[[states]]
id = "draft"
kind = "draft"
title.en = "Draft"
title.fr = "Brouillon"

[[states]]
id = "submitted"
kind = "review"
title.en = "Submitted"
title.fr = "Soumise"

[[states]]
id = "returned"
kind = "returned"
title.en = "Returned"
title.fr = "Retournée"

[[states]]
id = "approved"
kind = "done"
title.en = "Approved"
title.fr = "Approuvée"

[[transitions]]
id = "submit"
from = "draft"
to = "submitted"
roles = ["counter", "supervisor"]
needs_complete_form = true
title.en = "Submit"
title.fr = "Soumettre"

[[transitions]]
id = "resubmit"
from = "returned"
to = "submitted"
roles = ["counter", "supervisor"]
needs_complete_form = true
author_only = true
title.en = "Submit again"
title.fr = "Soumettre de nouveau"

[[transitions]]
id = "approve"
from = "submitted"
to = "approved"
roles = ["supervisor"]
not_author = true
title.en = "Approve"
title.fr = "Approuver"

[[transitions]]
id = "return"
from = "submitted"
to = "returned"
roles = ["supervisor"]
needs_reason = true
title.en = "Return"
title.fr = "Retourner"
"""


def write_dog_licence(place: Path, *, replacing: tuple[str, str] = ("", "")) -> Path:
    """A whole service, "puppy-tag", as a folder in `place`. `replacing` = (old, new) spoils its service.toml."""
    old, new = replacing
    if old:
        assert old in DOG_SERVICE, old
    folder = place / "puppy-tag"
    folder.mkdir(parents=True, exist_ok=True)
    form = sheet("survey", DOG_COLUMNS, *DOG_QUESTIONS) + sheet("settings", *DOG_SETTINGS)
    (folder / "form.md").write_text(form, "utf-8")
    (folder / "service.toml").write_text(DOG_SERVICE.replace(old, new, 1) if old else DOG_SERVICE, "utf-8")
    return folder


def dog_licence_with(place: Path, target: str, *, api: str = API) -> Service:
    """The dog licence whose service.toml says `target` before its title, and `api` for the one that it says."""
    toml = write_dog_licence(place) / "service.toml"
    toml.write_text(toml.read_text("utf-8").replace(API, api).replace("[title]\n", f"{target}\n[title]\n", 1), "utf-8")
    return load_service(toml.parent)


_WRITTEN = (
    ("Say in a few words what a resident gets", "What an author says of it"),
    ("Dites en quelques mots ce que la personne obtient", "Ce que son auteur en dit"),
    ('["example", "try it out"]', '["walk"]'),
    ('["exemple", "essai"]', '["promenade"]'),
    (" (name the by-law or the section, to be confirmed)", ""),
    (" (nommez le règlement ou l'article, à confirmer)", ""),
    (f" {UNTRANSLATED}", ""),
)


def write_new_service(name: str, place: Path, shelf: Shelf) -> Path:
    """What `service new` makes, with an author's words in the place of the template's: nothing is to be corrected."""
    folder = make_service(name, place, shelf)
    for path in (folder / "service.toml", folder / "form.md"):
        text = path.read_text("utf-8")
        for old, new in _WRITTEN:
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
    return folder


def catalogue_with_dogs(place: Path, cache: Path | None = None) -> Catalogue:
    """The shipped services and the dog licence, dropped into `place`."""
    write_dog_licence(place)
    return Catalogue.load([shipped(), place], cache)


def person(name: str, *roles: str) -> Person:
    """A member of staff with `roles`."""
    return Person(id=name, name=name.title(), roles=frozenset(roles))


def record_in(service: str, state: str, *, author: str = "clara", record_id: str = "r1", **fields: str) -> Record:
    """A record of `service` in `state`; keywords are record fields without their `@`."""
    more = {f"@{name}": value for name, value in fields.items()}
    return Record(record_id, service, "1-test", 1, {STATE: state, AUTHOR: author, ALIAS: f"HAM-{record_id}", **more})


def sheet(name: str, *rows: tuple[str, ...]) -> str:
    """A sheet of an XLSForm in Markdown; short rows are filled up."""
    width = len(rows[0])
    cells = [("", *row, *[""] * (width - len(row))) for row in rows]
    return "\n".join(["| " + " | ".join(line) + " |" for line in [(name,), *cells]]) + "\n"
