"""Random order: the inside-out Fisher-Yates shuffle, and Park and Miller's generator for one that can come again."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from datetime import tzinfo

from fieldapp.forms.xpath.values import Atom, XNode, number_of

_MODULUS = 2**31 - 1
_FACTOR = 16807  # of the "minimal standard" generator
_LARGEST = 2**63 - 1


def seed_of(value: Atom, zone: tzinfo) -> int:
    """The seed in a value: a number without its fraction, 0 for a blank, and for other texts the first eight bytes of
    their SHA-256 as a signed number (JavaRosa and Web Forms)."""
    number = number_of(value, zone)
    if not math.isnan(number):
        return int(max(-_LARGEST - 1, min(_LARGEST, number)))
    if value == "" or not isinstance(value, str):
        return 0
    return int.from_bytes(hashlib.sha256(value.encode()).digest()[:8], "big", signed=True)


def shuffled(nodes: Sequence[XNode], seed: int) -> list[XNode]:
    """The nodes in the order that the seed stands for."""
    state = abs(seed) % _MODULUS * (1 if seed > 0 else -1)  # the sign is the seed's, as in Java and JavaScript
    if state <= 0:
        state += _MODULUS - 1

    def chance() -> float:
        nonlocal state
        state = state * _FACTOR % _MODULUS
        return (state - 1) / (_MODULUS - 1)

    return shuffled_by_chance(nodes, chance)


def shuffled_by_chance(nodes: Sequence[XNode], chance: Callable[[], float]) -> list[XNode]:
    """The nodes in the order that numbers from 0 up to 1 make: each node changes places with one before it."""
    found: list[XNode] = []
    for at, node in enumerate(nodes):
        other = int(chance() * (at + 1))
        found.append(node)
        found[at], found[other] = found[other], node
    return found
