"""Finding a service in a resident's own words, in English or French: "couch at the curb" is bulk item pick-up."""

from __future__ import annotations

from collections.abc import Iterable

from fieldapp.places.words import words
from fieldapp.services import Service

TITLE, KEYWORD, SUMMARY = 3.0, 2.0, 1.0
SHORTEST = 3  # shorter words must match whole


def find(services: Iterable[Service], text: str) -> list[Service]:
    """The services that `text` speaks of, the likeliest first; none for a blank text or words nobody knows."""
    asked = words(text)
    scored = [(_score(service, asked), service) for service in services]
    found = [(score, service) for score, service in scored if score > 0]
    return [service for _, service in sorted(found, key=lambda pair: -pair[0])]


def _score(service: Service, asked: list[str]) -> float:
    known = _known(service)
    return sum(max((weight for word, weight in known.items() if _meets(one, word)), default=0.0) for one in asked)


def _known(service: Service) -> dict[str, float]:
    """The words of a service, in both languages, each with the weight of the best place where it stands."""
    places = (
        (SUMMARY, (service.summary.en, service.summary.fr)),
        (KEYWORD, tuple(one for several in service.keywords.values() for one in several)),
        (TITLE, (service.title.en, service.title.fr)),
    )
    return {
        _stem(word): weight for weight, texts in places for text in texts for word in words(text) if word not in FILLER
    }


def _meets(asked: str, known: str) -> bool:
    if asked in FILLER:
        return False
    stem = _stem(asked)
    return stem == known or (len(stem) >= SHORTEST and known.startswith(stem))


def _stem(word: str) -> str:
    """Singular and plural meet: couches, couch; frigos, frigo."""
    for ending in ("es", "s", "x"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word[: -len(ending)]
    return word


_FILLER = (
    "a an and are at by can do for from have how i in is it me my need of on or our please the there to want we what "
    "with you your au aux avec ce d dans de des du en est et il j je l la le les ma mes mon nous notre ou par pour qu "
    "que qui sa ses son sur un une votre"
)
FILLER = frozenset(_FILLER.split())
