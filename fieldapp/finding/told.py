"""What a thing answers to: its names, what people say for it, and what explains it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """The texts by which something is found, in both languages where there are two; `said` are phrases that people say
    for it."""

    id: str
    titles: tuple[str, ...]
    said: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
