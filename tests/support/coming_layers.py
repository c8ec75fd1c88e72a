"""A laptop that takes the City's layers, the lines that they come over, and what its screen is told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from fieldapp.places import Layers, Report
from sync.layers import LayerFiles, Watching
from sync.status import LayerComing
from sync.wire import CHUNK
from tests.support.faults import Line
from tests.support.gateway import CLERK, City, Laptop
from tests.support.places import feature, geojson, square, text_file

Reply = TypeVar("Reply")
ABOUT = Report("wards", "", source="City of Hamilton", as_of="2026-11-01", licence="Open")
OLD, NEW = ("2025-01-01", 2), ("2026-11-01", 3)  # the day of the wards, and how many


def always() -> bool:
    """Nothing asks to stop."""
    return True


@dataclass
class Seen:
    """What a screen is told of layers on their way."""

    layers: list[LayerComing | None] = field(default_factory=list)


def loading(seen: Seen) -> bool:
    """Whether one is being taken in, or was."""
    return any(one is not None and one.loading for one in seen.layers)


@dataclass
class Alters(Line):
    """A line that changes a letter of each layer."""

    def carry(self, _name: str, ask: Callable[[], Reply]) -> Reply:
        """As it came, but for bytes."""
        reply = ask()
        return cast("Reply", bytes([reply[0] ^ 1]) + reply[1:]) if isinstance(reply, bytes) and reply else reply


def large_wards(folder: Path, count: int = 3) -> Path:
    """Wards in a file that takes three pieces."""
    note = "x" * CHUNK
    features = [feature({"ward": n + 1, "note": note}, [square(n)]) for n in range(count)]
    return geojson(folder / "large.geojson", features)


def addresses(folder: Path) -> Path:
    """A file of one address."""
    return text_file(folder / "a.csv", "id,number,street,city,lon,lat\n1,12,King St,Hamilton,-79.65,43.25\n")


def sha(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def taking(
    city: City,
    layers: Layers,
    *,
    line: Line | None = None,
    between: Callable[[], bool] = always,
    seen: Seen | None = None,
) -> Laptop:
    """A laptop whose program takes layers in."""
    laptop = city.laptop(CLERK, wrap=line.over if line else lambda api: api)
    watch(laptop, layers, between=between, seen=seen)
    return laptop


def watch(laptop: Laptop, layers: Layers, *, between: Callable[[], bool] = always, seen: Seen | None = None) -> None:
    """Its program begins anew."""
    watching = Watching(between, (seen or Seen()).layers.append)
    laptop.engine.layers = LayerFiles(laptop.store, laptop.api, layers, laptop.clock, watching)


def wards(layers: Layers) -> tuple[str, int]:
    """The day of the wards here, and how many."""
    found = next(one for one in layers.describe() if one.name == "wards")
    return found.as_of, found.rows
