"""Words as people type them: without accents, capitals or points, with the usual abbreviations of street names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = re.compile("['’ʼ`´.]")
_ELIDED = re.compile("\\b[ldLD]['’]")  # l’Église is found as "eglise" too
_WORD = re.compile(r"[^\W_]+")
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})

# Words of one group stand for each other. "St" is in two: 12 St Clair St.
_GROUPS = (
    "street st str",
    "saint st",
    "sainte ste",
    "avenue ave av",
    "road rd",
    "drive dr drv",
    "boulevard blvd boul bd",
    "crescent cres cr crt",
    "court crt ct",
    "place pl",
    "lane ln",
    "terrace terr ter",
    "trail trl tr",
    "highway hwy",
    "parkway pkwy pky",
    "square sq",
    "circle cir circ",
    "gardens gdns garden gdn",
    "heights hts",
    "grove grv",
    "gate gt",
    "concession conc con",
    "sideroad siderd sdrd",
    "line ln",
    "mount mt",
    "fort ft",
    "chemin ch",
    "regional reg rr",
    "township twp",
    "east e est",
    "west w ouest o",
    "north n nord",
    "south s sud",
    "northeast ne",
    "northwest nw",
    "southeast se",
    "southwest sw",
    "and et",
)


def _synonyms() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for group in _GROUPS:
        members = group.split()
        for word in members:
            found.setdefault(word, set()).update(members)
    return {word: tuple(sorted(others - {word})) for word, others in found.items()}


SYNONYMS = _synonyms()


def plain(text: str) -> str:
    """`text` without accents, capitals and apostrophes: "Côte-des-Neiges" becomes "cote-des-neiges"."""
    lower = _APOSTROPHES.sub("", text).casefold().translate(_LIGATURES)
    if lower.isascii():
        return lower
    return "".join(sign for sign in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(sign))


def words(text: str) -> list[str]:
    """The plain words of `text`, in order."""
    return _WORD.findall(plain(text))


def indexed(text: str) -> str:
    """What the search index keeps for `text`: its words and all that stand for them."""
    found = words(text) + words(_ELIDED.sub(" ", text))
    return " ".join(dict.fromkeys([*found, *(other for word in found for other in SYNONYMS.get(word, ()))]))


@lru_cache(maxsize=1 << 15)  # a city has few different house numbers
def number_key(text: str) -> str:
    """A house number so that "12A", "12 a" and "12-A" are the same: "12 a"."""
    return " ".join(_PIECE.findall(plain(text)))


def starting_with(found: list[str]) -> str:
    """An FTS5 query for texts that hold a word beginning with each of `found`."""
    return " AND ".join(f'"{word}"*' for word in found)
