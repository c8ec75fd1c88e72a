"""Finding a service in a resident's own words, in English or French: "couch at the curb" is bulk item pick-up."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from fieldapp.near import ALIKE, likeness
from fieldapp.places.words import words
from fieldapp.services.service import Service

TITLE, KEYWORD, SUMMARY = 3.0, 2.0, 1.0
SHORTEST = 3  # shorter words must match whole
MISSPELT = 0.5  # what a word is worth that is only nearly one
BEGUN = 0.8  # what the beginning of a word is worth, beside the whole one


def find(services: Iterable[Service], text: str) -> list[Service]:
    """The services that `text` speaks of, the likeliest first; none for a blank text or words nobody knows.

    A word that few services know tells more than one that many do: “divan” more than “trottoir”."""
    known = [(service, _known(service)) for service in services]
    scores = dict.fromkeys((service.id for service, _ in known), 0.0)
    for one in words(text):
        met = {service.id: best for service, told in known if (best := _best(one, told))}
        met = met or {service.id: best for service, told in known if (best := _nearly(one, told))}
        rarity = math.log(1 + len(known) / len(met)) if met else 0.0
        for name, best in met.items():
            scores[name] += best * rarity
    found = [service for service, _ in known if scores[service.id] > 0]
    return sorted(found, key=lambda service: -scores[service.id])


def _best(asked: str, known: Mapping[str, float]) -> float:
    return max((weight * _meets(asked, word) for word, weight in known.items()), default=0.0)


def _nearly(asked: str, known: Mapping[str, float]) -> float:
    """The same for a word that nobody knows: a letter may be wrong."""
    if asked in FILLER:
        return 0.0
    stem = _stem(asked)
    alike = ((weight, likeness(stem, word)) for word, weight in known.items())
    return max((MISSPELT * weight * how for weight, how in alike if how >= ALIKE), default=0.0)


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


def _meets(asked: str, known: str) -> float:
    """How well a word that was typed fits one that is known: 1 for the same, less for the beginning of a longer one."""
    if asked in FILLER:
        return 0.0
    stem = _stem(asked)
    if stem == known:
        return 1.0
    return BEGUN * len(stem) / len(known) if len(stem) >= SHORTEST and known.startswith(stem) else 0.0


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
