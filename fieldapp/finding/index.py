"""An index over everyday words, which knows how much each word tells: "divan" more than "trottoir", "form" little."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from fieldapp.finding.stems import root, stems
from fieldapp.finding.told import Told
from fieldapp.near import ALIKE, likeness

TITLE, SAID, ABOUT = 3.0, 2.4, 0.7  # what a word is worth by where it stands
WHOLE, KIN, BEGUN, MISSPELT = 1.0, 0.75, 0.8, 0.5  # ... and by how it is met: itself, its kin, its beginning, nearly
SHORTEST = 3  # shorter words must match whole
PHRASE = 0.6  # what all words of a title or phrase are worth together, besides each
VERY = 2.0  # ... where nothing else was typed
HALF = 0.5  # of the question: what meets less of it, and no whole phrase, is no answer
WORTH = 0.25  # of the best: what is worth less is no answer


class Found(NamedTuple):
    """`score` compares things of one index for one question; `share`, 0 to 1, how much of the question it answers."""

    id: str
    score: float
    share: float


@dataclass(frozen=True)
class _Phrase:
    words: frozenset[str]
    weight: float


class Index:
    """Made once for a set of things; asked as one types."""

    def __init__(self, things: Iterable[Told]) -> None:
        self._ids: list[str] = []
        self._phrases: dict[str, list[_Phrase]] = {}
        self._words: dict[str, dict[str, float]] = defaultdict(dict)  # word: what it is worth for each thing
        self._kin: dict[str, set[str]] = defaultdict(set)  # root: its words
        for thing in things:
            self._add(thing)

    def find(self, asked: str) -> list[Found]:
        """What answers, the likeliest first; none for a blank text or words that nobody knows."""
        wanted = tuple(dict.fromkeys(stems(asked)))
        met = {word: self._met(word) for word in wanted}
        tells = {word: self._tells(found) for word, found in met.items()}
        total = sum(tells.values())
        scored = [self._scored(one, wanted, met, tells, total) for one in self._ids]
        found = sorted((one for one in scored if one.score > 0), key=lambda one: -one.score)
        return [one for one in found if one.score >= WORTH * found[0].score]

    def _add(self, thing: Told) -> None:
        self._ids.append(thing.id)
        places = ((thing.about, ABOUT), (thing.said, SAID), (thing.titles, TITLE))
        phrases = [_Phrase(frozenset(stems(text)), weight) for texts, weight in places for text in texts]
        self._phrases[thing.id] = [one for one in phrases if one.words and one.weight > ABOUT]
        for one in phrases:
            worth = one.weight if one.weight == ABOUT else one.weight / math.sqrt(len(one.words) or 1)
            for word in one.words:
                self._words[word][thing.id] = max(worth, self._words[word].get(thing.id, 0.0))
                self._kin[root(word)].add(word)

    def _met(self, asked: str) -> dict[str, float]:
        """How well each thing answers one word: what its best word is worth, times how that is met."""
        best: dict[str, float] = defaultdict(float)
        for word, how in (self._alike(asked) or self._nearly(asked)).items():
            for thing, worth in self._words[word].items():
                best[thing] = max(best[thing], worth * how)
        return best

    def _alike(self, asked: str) -> dict[str, float]:
        """The words that it is, is kin to, or begins."""
        found = {}
        if len(asked) >= SHORTEST:
            found = {word: BEGUN * len(asked) / len(word) for word in self._words if word.startswith(asked)}
        found.update({word: max(KIN, found.get(word, 0)) for word in self._kin.get(root(asked), ())})
        return {**found, asked: WHOLE} if asked in self._words else found

    def _nearly(self, asked: str) -> dict[str, float]:
        """The words that it nearly is, where nobody knows it: a letter may be wrong."""
        alike = {word: likeness(asked, word) for word in self._words}
        return {word: MISSPELT * how for word, how in alike.items() if how >= ALIKE}

    def _tells(self, met: Mapping[str, float]) -> float:
        """How much a word tells: the more, the fewer things know it, and the less they make of it."""
        known = sum(min(1.0, worth / SAID) for worth in met.values())
        return math.log(1 + len(self._ids) / max(known, 0.5))

    def _scored(
        self,
        thing: str,
        wanted: tuple[str, ...],
        met: Mapping[str, Mapping[str, float]],
        tells: Mapping[str, float],
        total: float,
    ) -> Found:
        answered = [word for word in wanted if met[word].get(thing)]
        if not answered:
            return Found(thing, 0.0, 0.0)
        share = sum(tells[word] for word in answered) / total
        together = self._together(thing, wanted, tells)
        if not together and share < HALF:
            return Found(thing, 0.0, share)  # a word of a phrase: a tax certificate is no birth certificate
        worth = sum(tells[word] * met[word][thing] for word in answered)
        return Found(thing, (worth + together) * share, share)

    def _together(self, thing: str, wanted: tuple[str, ...], tells: Mapping[str, float]) -> float:
        """What a whole title or phrase is worth whose words were all typed."""
        kin = {root(word): tells[word] for word in wanted}
        best = 0.0
        for one in self._phrases[thing]:
            roots = {root(word) for word in one.words}
            if roots <= kin.keys():
                worth = one.weight * PHRASE * sum(kin[each] for each in roots)
                best = max(best, worth * (VERY if len(roots) == len(kin) else 1))
        return best
