"""From a case to the rows of a data set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from fieldapp.clock import CITY_ZONE, moment_of
from fieldapp.opendata.case import Case
from fieldapp.opendata.datasets import Dataset
from fieldapp.records import POINT, STATE
from fieldapp.services import Service
from fieldapp.services.publishing import (
    ENDED,
    LAT,
    LON,
    SERVICE_CODE,
    SERVICE_TITLE,
    STATUS,
    WHEN,
    Publication,
    may_be_published,
)

Row = Mapping[str, str]


def rows(case: Case, service: Service, publication: Publication, dataset: Dataset) -> Iterator[Row]:
    """The rows that a case gives: one, or one for each instance of the repeat."""
    if publication.states and case.record.state not in publication.states:
        return
    paths = {**_defaults(service, dataset), **publication.columns}
    texts = {**dataset.texts, **publication.texts}
    for instance in _instances(case, publication.repeat):
        row = {}
        for column in dataset.columns:
            told = _value(case, service, paths[column], instance) if column in paths else ""
            told = publication.values.get(column, {}).get(told, _as_told(case, service, paths.get(column, ""), told))
            row[column] = _typed(told or texts.get(column, ""), dataset.types[column])
        yield row


def _defaults(service: Service, dataset: Dataset) -> dict[str, str]:
    """Where the data set's columns come from, as far as this service lets them be published."""
    states = frozenset(state.id for state in service.states)
    return {name: path for name, path in dataset.from_.items() if may_be_published(path, "", service.open_data, states)}


def _instances(case: Case, repeat: str) -> list[str]:
    if not repeat:
        return [""]
    shape = re.compile(re.escape(repeat) + r"\[[^\]/]+\]")
    found = [path for path in case.record.fields if shape.fullmatch(path)]
    return sorted(found, key=lambda path: (float(case.record.get(path) or 0), path))


def _value(case: Case, service: Service, path: str, instance: str) -> str:
    record = case.record
    if path.startswith(WHEN):
        return _written(case.reached(*path.removeprefix(WHEN).split("|")))
    if path in (LAT, LON):
        lat, lon, *_ = [*record.get(POINT).split(), "", ""]
        return lat if path == LAT else lon
    if path in (STATUS, ENDED):
        ended = case.ended(service.done)
        return _written(ended) if path == ENDED else ("closed" if ended else "open")
    if path == SERVICE_CODE:
        return service.code
    if path == SERVICE_TITLE:
        return service.title.en
    return (instance and record.get(f"{instance}/{path}")) or record.get(path)


def _as_told(case: Case, service: Service, path: str, value: str) -> str:
    """A state by its title; everything else as it is."""
    if path != STATE:
        return value
    return next((state.title.en for state in service.states if state.id == case.record.state), value)


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""


def _typed(value: str, type_: str) -> str:
    """A moment as the schema has it: a day of the City's calendar, or with its offset."""
    if type_ not in ("date", "datetime") or len(value) <= len("2026-11-23"):
        return value
    try:
        moment = moment_of(value)
    except ValueError:
        return ""
    return moment.date().isoformat() if type_ == "date" else moment.astimezone(CITY_ZONE).isoformat(timespec="seconds")
