"""Words that are nearly the same: a letter wrong, missing, too many, or two of them swapped."""

from __future__ import annotations

from difflib import SequenceMatcher

SHORTEST = 4  # letters: of shorter words, each one counts
ALIKE = 0.8  # of 1; "permitt" and "permit" are 0.92, "liscence" and "licence" 0.8


def likeness(typed: str, word: str) -> float:
    """How alike they are, 0 to 1, where the word may go on behind what was typed."""
    if len(typed) < SHORTEST or not word or typed[0] != word[0]:
        return float(typed == word)
    whole = SequenceMatcher(None, typed, word, autojunk=False).ratio()
    begun = SequenceMatcher(None, typed, word[: len(typed)], autojunk=False).ratio()
    return max(whole, begun)
