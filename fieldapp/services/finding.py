"""Finding a service in a resident's own words, in English or French: "couch at the curb" is bulk item pick-up."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from fieldapp.finding import Index, Told
from fieldapp.services.service import Service


def told(service: Service) -> Told:
    """What a service answers to, in both languages."""
    return Told(
        service.id,
        (service.title.en, service.title.fr),
        tuple(one for several in service.keywords.values() for one in several),
        (service.summary.en, service.summary.fr),
    )


def find(services: Iterable[Service], text: str) -> list[Service]:
    """The services that `text` speaks of, the likeliest first; none for a blank text or words nobody knows."""
    there = {service.id: service for service in services}
    return [there[one.id] for one in _index(tuple(told(service) for service in there.values())).find(text)]


@lru_cache(maxsize=4)  # of the services of each role
def _index(known: tuple[Told, ...]) -> Index:
    return Index(known)
