"""A form with every kind of answer, and records of it, made at random."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from fieldapp.forms import FormDefinition, FormSession
from fieldapp.forms.submission import schema

SURVEY = """
type | name | label::English (en) | label::French (fr) | required | relevant | calculation | parameters
text | title | Title | Titre | yes |  |  |
begin_group | who | Who | Qui |  |  |  |
text | name | Name | Nom | yes |  |  |
integer | age | Age | Âge |  |  |  |
end_group |  |  |  |  |  |  |
begin_group | all | All | Tous |  | ${title} != '' |  |
decimal | amount | Amount | Montant |  |  |  |
date | day | Day | Jour | yes |  |  |
time | hour | Hour | Heure |  |  |  |
dateTime | moment | Moment | Moment |  |  |  |
select_one c | colour | Colour | Couleur |  |  |  |
select_multiple c | colours | Colours | Couleurs |  |  |  |
rank c | order | Order | Ordre |  |  |  |
acknowledge | ok | OK | OK |  |  |  |
geopoint | point | Point | Point |  |  |  |
geotrace | way | Way | Voie |  |  |  |
geoshape | area | Area | Aire |  |  |  |
image | photo | Photo | Photo |  |  |  |
barcode | code | Code | Code |  |  |  |
range | rating | Rating | Cote |  |  |  | start=1 end=5 step=1
note | say | Note | Note |  |  |  |
calculate | double |  |  |  |  | ${age} * 2 |
begin_repeat | item | Item | Article |  |  |  |
text | what | What | Quoi |  |  |  |
begin_repeat | part | Part | Partie |  |  |  |
integer | size | Size | Taille |  |  |  |
end_repeat |  |  |  |  |  |  |
end_repeat |  |  |  |  |  |  |
end_group |  |  |  |  |  |  |
"""
CHOICES = """
list_name | name | label::English (en) | label::French (fr)
c | red | Red | Rouge
c | blue | Blue | Bleu
c | green | Green | Vert
"""
SETTINGS = "form_title | form_id | version | default_language\nEverything | every | 7 | English (en)"

_degrees = st.decimals(-90, 90, places=5).map(str)
_points = st.tuples(_degrees, _degrees, st.sampled_from(["", " 0 0", " 75.5 4.25"])).map("{0[0]} {0[1]}{0[2]}".format)
_names = ["red", "blue", "green"]
_text = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)
ANSWERS: dict[str, st.SearchStrategy[str]] = {
    "title": _text,
    "who/name": _text,
    "who/age": st.integers(0, 120).map(str),
    "all/amount": st.one_of(
        st.decimals(-(10**14), 10**14, places=3).map(str), st.sampled_from(["0", "1e3", "007", ".5"])
    ),
    "all/day": st.dates().map(str),
    "all/hour": st.times().map(lambda time: time.isoformat("milliseconds")),
    "all/moment": st.sampled_from(["2026-11-23T09:30:00.000-05:00", "2026-07-01T23:59"]),
    "all/colour": st.sampled_from(_names),
    "all/colours": st.lists(st.sampled_from(_names), min_size=1, unique=True).map(" ".join),
    "all/order": st.permutations(_names).map(" ".join),
    "all/ok": st.just("OK"),
    "all/point": _points,
    "all/way": st.lists(_points, min_size=2, max_size=4).map("; ".join),
    "all/area": st.lists(_points, min_size=3, max_size=4).map("; ".join),
    "all/photo": st.sampled_from(["a.jpg", "signature 1.png"]),
    "all/code": _text,
    "all/rating": st.integers(1, 5).map(str),
}
# A record: its answers, and for each item what it is and the sizes of its parts.
RECORDS = st.tuples(
    st.fixed_dictionaries({}, optional=ANSWERS),
    st.lists(st.tuples(_text, st.lists(st.integers(-5, 5), max_size=3)), max_size=3),
)


def fill(session: FormSession, record: tuple[dict[str, str], list[tuple[str, list[int]]]]) -> None:
    """Give the record's answers; what the form does not take, it does not get."""
    from fieldapp.errors import FormError

    answers, items = record
    for path, value in answers.items():
        try:
            session.set(path, value)
        except FormError:
            continue
    for what, sizes in items:
        item = session.add("all/item")
        session.set(f"{item.path}/what", what)
        for size in sizes:
            session.set(f"{session.add(f'{item.path}/part').path}/size", str(size))


def numbered(fields: dict[str, str]) -> dict[str, str]:
    """Fields with the instances of each repeat numbered from 1 without gaps: only their order means anything."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for path, value in fields.items():
        if path.endswith("]"):
            groups.setdefault(path.rpartition("[")[0], []).append((int(value), path))
    places = {path: str(number) for group in groups.values() for number, (_, path) in enumerate(sorted(group), 1)}
    return {**fields, **places}


def faults(definition: FormDefinition, value: Any) -> list[str]:
    """What the schema refuses: `keyword at path`."""
    validator = Draft202012Validator(schema(definition), format_checker=FormatChecker())
    return [f"{error.validator} at {error.json_path}" for error in validator.iter_errors(json.loads(json.dumps(value)))]
