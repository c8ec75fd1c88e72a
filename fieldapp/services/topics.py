"""Topics: what a service is about, so that forty of them are found at a glance. resources/services/topics.csv."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from fieldapp.paths import resources
from fieldapp.services.entries import Entries
from fieldapp.services.service import Service
from fieldapp.services.tables import read_table
from fieldapp.services.texts import Text
from fieldapp.texts import tr

OTHER = "other"


@dataclass(frozen=True)
class Topic:
    """A topic with its title."""

    id: str
    title: Text


@cache
def topics() -> tuple[Topic, ...]:
    """All topics, in the order in which they are shown."""
    rows = read_table(resources() / "services" / "topics.csv", ("id", "en", "fr")).rows
    return tuple(Topic(row["id"], Text(row["en"], row["fr"])) for row in rows)


def read_topic(entries: Entries) -> str:
    """The topic that a service names, `other` without one."""
    name = entries.text("topic", OTHER)
    known = [topic.id for topic in topics()]
    if name not in known:
        entries.wrong("topic", tr("there is no topic “{name}”; there are: {known}", name=name, known=", ".join(known)))
    return name


def by_topic(services: Iterable[Service]) -> list[tuple[Topic, list[Service]]]:
    """Services under their topics, in the order of both; topics without any are left out."""
    found = list(services)
    grouped = [(topic, [one for one in found if one.topic == topic.id]) for topic in topics()]
    return [(topic, several) for topic, several in grouped if several]
