"""What a person may choose to unlock a store with: a PIN of six digits or more, or a passphrase."""

from __future__ import annotations

from itertools import pairwise

from fieldapp.errors import RefusedError
from fieldapp.store.wrap import check_length
from fieldapp.texts import tr

SHORTEST, LONGEST = 6, 12  # digits of a PIN


def is_pin(words: str) -> bool:
    """Whether these are digits only: they need a part in the keyring besides."""
    return words.isascii() and words.isdecimal()


def check_words(words: str, *, keyring: bool) -> None:
    """RefusedError, which says why, for what must not be chosen. `keyring`: there is one that holds a PIN's part."""
    if not is_pin(words):
        check_length(words)
        return
    if not keyring:
        raise RefusedError(
            tr("This computer has no keyring that FieldApp trusts, so a PIN would not be safe.")
            + " "
            + tr("Please choose a passphrase.")
        )
    if not SHORTEST <= len(words) <= LONGEST:
        raise RefusedError(tr("A PIN has {least} to {most} digits.", least=SHORTEST, most=LONGEST))
    if _is_easy(words):
        raise RefusedError(tr("This PIN is among the first that anybody tries. Please choose another."))


def _is_easy(pin: str) -> bool:
    """One digit again and again, a piece that repeats, or digits in a row."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    repeats = any(len(pin) % n == 0 and pin == pin[:n] * (len(pin) // n) for n in range(1, len(pin) // 2 + 1))
    return repeats or steps in ({1}, {9})
