"""The map over 139,778 properties, as it is moved and drawn nearer: `python -m tests.bench map`, lines of JSON.

The City's own wards and properties where its files lie beside the repository, else as many made-up ones.
"""

from __future__ import annotations

import csv
import random
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from fieldapp.places import Layers, import_layer
from tests.bench.screen import Heart, Taken
from tests.support.data import shared_data
from ui import theme
from ui.app import application
from ui.map.pins import Pin
from ui.map.projection import Point
from ui.map.view import MapView

PROPERTIES = 139_778
STREET, CITY = 1 / 60, 1 / 15  # seconds a picture at most
WIDE, HIGH = 1200, 800
MIDDLE = Point(43.2557, -79.8711)
STEPS = 60


def lines() -> Iterator[dict[str, Any]]:
    """Moving at street level, moving at city level, and drawing nearer from one to the other."""
    theme.apply(application(), "light")
    layers = Layers(_layers())
    for phase, scale, target in (("street level", 1.0, STREET), ("a block", 3.0, STREET), ("district", 0.05, CITY)):
        view = _map(layers)
        view.look_at(MIDDLE, scale)
        yield _moved(view, layers, phase, target)
    view = _map(layers)
    yield _moved(view, layers, "city level", CITY)
    heart = Heart()
    zooms = [1.2] * 30 + [1 / 1.2] * 30
    heart.watch([partial(view.zoom, factor) for factor in zooms], calm=0.5)
    yield heart.line("map", "longest wait while one draws nearer and farther")
    layers.close()


def _map(layers: Layers) -> MapView:
    made = MapView(layers, "Map")
    made.resize(WIDE, HIGH)
    made.show_pins([Pin(str(n), str(n), Point(MIDDLE.lat + n / 500, MIDDLE.lon - n / 400), "") for n in range(12)])
    made.show()
    return made


def _moved(view: MapView, layers: Layers, phase: str, target: float) -> dict[str, Any]:
    taken = Taken()
    for step in range(STEPS):
        shown = view.view()
        assert shown is not None
        there = shown.moved(17 if step < STEPS // 2 else -13, 11)
        view.look_at(there.centre, there.scale)
        taken.of(view.repaint)
    count = next((one.rows for one in layers.describe() if one.name == "parcels"), 0)
    line = taken.line("map", f"a picture while it is moved, {phase}", target, properties=count)
    return {**line, "pictures_a_second": round(1 / line["cpu_secs"]) if line["cpu_secs"] else None}


def _layers() -> Path:
    kept = Path(tempfile.gettempdir()) / "fieldapp-bench-map" / "layers.db"
    if not kept.exists():
        half = kept.parent.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir()
        _import(half)
        half.rename(kept.parent)
    return kept


def _import(folder: Path) -> None:
    try:
        wards, parcels = shared_data("hamilton_wards.geojson"), shared_data("hamilton_parcel_points_2016.csv")
    except pytest.skip.Exception:
        import_layer(folder / "layers.db", "parcels", _made_up(folder / "parcels.csv"))
        return
    import_layer(folder / "layers.db", "wards", wards)
    import_layer(folder / "layers.db", "parcels", parcels)


def _made_up(path: Path) -> Path:
    """As dense as a city: most of them in its middle."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("parcel_id", "lon", "lat"))
        for n in range(PROPERTIES):
            writer.writerow((n, chance.gauss(MIDDLE.lon, 0.09), chance.gauss(MIDDLE.lat, 0.05)))
    return path
