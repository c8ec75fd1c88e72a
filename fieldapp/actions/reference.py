"""Whether the tables and layers of this laptop are the ones that the City has."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fieldapp.paths import resources
from fieldapp.places import Layers
from fieldapp.store import LAYER, TABLE, Store


@dataclass(frozen=True)
class Differs:
    """A table or layer that is another one here, or missing. Days are of layers only, YYYY-MM-DD."""

    kind: str
    name: str
    city: str = ""  # the day of the City's
    here: str = ""  # the day of this laptop's, "" where it has none


def differing(store: Store, layers: Layers | None) -> list[Differs]:
    """What the City handed out word of and is not the same here; nothing before the first sync."""
    found = [Differs(TABLE, name) for name, sha256 in _told(store, TABLE) if _table(name) != sha256]
    loaded = {one.name: one for one in layers.describe()} if layers else {}
    for one in store.handouts.of(LAYER):
        name, here = str(one.fields.get("name")), loaded.get(str(one.fields.get("name")))
        if here is None or here.sha256 != one.fields.get("sha256"):
            found.append(Differs(LAYER, name, str(one.fields.get("as_of", "")), here.as_of if here else ""))
    return found


def _told(store: Store, kind: str) -> list[tuple[str, str]]:
    fields = [one.fields for one in store.handouts.of(kind)]
    return [(str(one.get("name")), str(one.get("sha256"))) for one in fields]


def _table(name: str) -> str:
    """The SHA-256 of a table that ships with this FieldApp; "" for one that does not."""
    return _shipped(resources() / "reference").get(name, "")


@lru_cache(maxsize=4)
def _shipped(folder: Path) -> dict[str, str]:
    """The SHA-256 of each table: they do not change while the program runs."""
    return {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.csv")}
