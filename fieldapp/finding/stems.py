"""Words made comparable: without accents, plurals and the endings of deeds; none that say nothing."""

from __future__ import annotations

import re
from functools import lru_cache

from fieldapp.places.words import words

APOSTROPHE = re.compile("['’ʼ`´]")  # l’autobus, neighbour's: two words
SHORTEST = 3  # letters that stay of a word without its plural
ROOT = 4  # letters that stay of a word without its ending
ENDINGS = ("ement", "ation", "ing", "ment", "ure", "ed", "er", "ir", "e")  # closing, closure, closed; fermer, fermeture

_FILLER = (
    "a about am an and are at be been by can could d did do does for from get got has have he her his how i if in "
    "into is it its just like ll m me my need of on or our out please put re s she so some somebody someone t that "
    "the their them there they this to us ve want was we were what when where which who will with would you your ai "
    "ainsi aimerais au aux avec avez avons besoin c ce cela ces cette chez comme comment d dans de des du elle en "
    "est et etait ete etre faire fais fait faut il ils j je l la le les leur leurs lui ma mais mes moi mon n ne nos "
    "notre nous on ont ou par pas peut peux pour pourrais qu quand que quel quelle quelqu qui s sa se ses si son "
    "sont sur t ta te tes ton tu un une va vais veut veux vos votre voudrais vous y"
)
FILLER = frozenset(_FILLER.split())


@lru_cache(maxsize=4096)
def stems(text: str) -> tuple[str, ...]:
    """The words of a text that say something, each without its plural, in order."""
    return tuple(stem(word) for word in words(APOSTROPHE.sub(" ", text)) if word not in FILLER)


def stem(word: str) -> str:
    """A word without its plural and its silent e: couches, couch; licences, licence; animaux, animal; bylaws, bylaw."""
    if word.endswith("ies") and len(word) > SHORTEST + 1:
        return word[:-3] + "y"
    if word.endswith("aux") and not word.endswith("eaux") and len(word) > SHORTEST + 1:
        return word[:-3] + "al"
    bare = word[:-1] if word[-1] in "sx" and not word.endswith("ss") and len(word) > SHORTEST else word
    return bare[:-1] if bare.endswith("e") and len(bare) > SHORTEST else bare


@lru_cache(maxsize=16384)
def root(stemmed: str) -> str:
    """What a deed and its thing have in common: closing, closure, closed, close; tourner, tournage do not."""
    for ending in ENDINGS:
        if stemmed.endswith(ending) and len(stemmed) - len(ending) >= ROOT:
            return stemmed[: -len(ending)]
    return stemmed
