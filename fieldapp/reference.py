"""Whether the tables and layers of this laptop are the ones that the City has, and which of them it can be sent."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fieldapp.paths import resources
from fieldapp.places import LayerInfo, Layers
from fieldapp.store import LAYER, TABLE, Store


def other_tables(store: Store) -> list[str]:
    """The tables that the City told of and that are not the same in this FieldApp; none before the first sync."""
    told = [one.fields for one in store.handouts.of(TABLE)]
    return [str(one.get("name")) for one in told if _table(str(one.get("name"))) != str(one.get("sha256"))]


@dataclass(frozen=True)
class CityLayer:
    """A layer as the City told of it, beside this laptop's own. Days are YYYY-MM-DD."""

    name: str
    sha256: str
    as_of: str
    file: str
    source: str
    licence: str
    size: int  # of its file in bytes; 0 where the City has word of it, but does not send it
    here: LayerInfo | None

    @property
    def same(self) -> bool:
        """Whether this laptop has this very one; where it can be sent, also with the day that the City says."""
        here = self.here
        return here is not None and here.sha256 == self.sha256 and (not self.size or here.as_of == self.as_of)


def city_layers(store: Store, layers: Layers | None) -> list[CityLayer]:
    """The City's layers, in the order of their ids; none before the first sync."""
    loaded = {one.name: one for one in layers.describe()} if layers else {}
    return [_city_layer(one.fields, loaded) for one in store.handouts.of(LAYER)]


def _city_layer(fields: Mapping[str, object], loaded: Mapping[str, LayerInfo]) -> CityLayer:
    name, sha256, as_of, file, source, licence, size = (
        str(fields.get(key, "")) for key in ("name", "sha256", "as_of", "file", "source", "licence", "size")
    )
    digits = size.isascii() and size.isdecimal()
    return CityLayer(name, sha256, as_of, file, source, licence, int(size) if digits else 0, loaded.get(name))


def _table(name: str) -> str:
    """The SHA-256 of a table that ships with this FieldApp; "" for one that does not."""
    return _shipped(resources() / "reference").get(name, "")


@lru_cache(maxsize=4)
def _shipped(folder: Path) -> dict[str, str]:
    """The SHA-256 of each table: they do not change while the program runs."""
    return {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.csv")}
