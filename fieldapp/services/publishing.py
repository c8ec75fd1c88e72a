"""What a service says of the City's open data: into which data set its records go, and from where each column comes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from fieldapp.records import ADDRESS, DUE, NUMBER, POINT, RECEIVED, STATE, WARD
from fieldapp.services.entries import Entries
from fieldapp.texts import tr

WHEN = "@when/"  # and a state: the City's day on which a record first came into it
LAT, LON = f"{POINT}/lat", f"{POINT}/lon"
SERVICE_CODE, SERVICE_TITLE = "@service/code", "@service/title"
STATUS, ENDED = (
    "@status",
    "@ended",
)  # open or closed; the day on which it came into the state it rests in, if that ends it
NOBODY = frozenset(
    {NUMBER, STATE, STATUS, WARD, RECEIVED, DUE, ENDED, SERVICE_CODE, SERVICE_TITLE}
)  # what says nothing of anybody
WHERE = frozenset({ADDRESS, POINT})  # record fields that may: only where `open_data` names them
UNPUBLISHED = ("P3", "P4")  # classes of which no single record is ever published


@dataclass(frozen=True)
class Publication:
    """A data set that takes a row of each record; with `repeat`, a row of each of its instances. `columns` are a path
    each, `texts` are the same in every row, `values` are what stands for a value in a column. Columns that are not
    named here come from where the data set says."""

    dataset: str
    columns: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    repeat: str = ""
    states: frozenset[str] = frozenset()  # only records in these; empty for all that the City received


def read_publications(entries: Entries, open_data: Iterable[str], states: Iterable[str]) -> tuple[Publication, ...]:
    """The data sets that a service feeds; ServiceError for a column that may not be published."""
    allowed, known = frozenset(open_data), frozenset(states)
    found = tuple(_publication(item, allowed, known) for item in entries.tables("publish"))
    if found and (class_ := entries.table("privacy").text("class")) in UNPUBLISHED:
        entries.wrong("publish", tr("records of class {privacy} are never published", privacy=class_))
    return found


def _publication(item: Entries, allowed: frozenset[str], states: frozenset[str]) -> Publication:
    values = item.table("values") if item.has("values") else None
    one = Publication(
        dataset=item.text("dataset"),
        columns=item.pairs("columns"),
        texts=item.pairs("texts"),
        values={name: values.pairs(name) for name in values.names()} if values else {},
        repeat=item.text("repeat", ""),
        states=frozenset(item.texts("states", ())),
    )
    if values:
        values.finish()
    item.finish()
    for column, path in one.columns.items():
        if not may_be_published(path, one.repeat, allowed, states):
            item.wrong(f"columns.{column}", tr("“{path}” is not in open_data: it may not be published", path=path))
    for state in sorted(one.states - states):
        item.wrong("states", tr("unknown state “{state}”", state=state))
    return one


def may_be_published(path: str, repeat: str, allowed: Collection[str], states: frozenset[str]) -> bool:
    """Whether a column may come from `path`: it says nothing of anybody, or `open_data` allows it."""
    if path.startswith(WHEN):
        return set(path.removeprefix(WHEN).split("|")) <= states
    if path in (LAT, LON):
        return POINT in allowed
    return path in NOBODY or path in allowed or (bool(repeat) and f"{repeat}/{path}" in allowed)
