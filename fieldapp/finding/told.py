"""What a thing answers to: its names, what people say for it, and what explains it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from fieldapp.paths import resources

LANGUAGES = ("en", "fr")


@dataclass(frozen=True)
class Told:
    """The texts by which something is found, in both languages where there are two; `said` are phrases that people say
    for it."""

    id: str
    titles: tuple[str, ...]
    said: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


def everyday(name: str) -> tuple[str, ...]:
    """What people say for a page, an act or a help article (resources/everyday.toml), in both languages."""
    return _everyday().get(name, ())


@cache
def _everyday() -> dict[str, tuple[str, ...]]:
    with (resources() / "everyday.toml").open("rb") as file:
        said = tomllib.load(file)
    return {name: tuple(one for spoken in LANGUAGES for one in both[spoken]) for name, both in said.items()}
