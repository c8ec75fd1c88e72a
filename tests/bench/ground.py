"""The map over 139,778 properties, as it is moved and drawn nearer: `python -m tests.bench map`, lines of JSON.

The City's own wards and properties where its files lie beside the repository, else as many made-up ones.
"""

from __future__ import annotations

import csv
import random
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from fieldapp.places import Layers, import_layer
from tests.bench import street_grid
from tests.bench.screen import STALL, Heart, Taken
from tests.support.data import shared_data
from ui import theme
from ui.app import application
from ui.map.pins import Pin
from ui.map.projection import Point
from ui.map.view import MapView

PROPERTIES = 139_778
STREET, CITY = 1 / 60, 1 / 15  # seconds a picture at most
HELD = 1 / 30  # s from one stroke of a held key to the next: nobody asks for more pictures
LEVELS = (  # px a metre
    ("a block", 3.0, STREET),
    ("street level", 1.0, STREET),
    ("a quarter of the city", 0.28, CITY),
    ("district", 0.05, CITY),
    ("city level", 0.014, CITY),
)
ZOOMS = [1.2] * 30 + [1 / 1.2] * 30
WIDE, HIGH = 1200, 800
MIDDLE = Point(43.2557, -79.8711)
STREETS = Point(43.2512, -79.8535)  # lot beside lot
STEPS = 60
Step = Callable[[MapView, int], None]


def lines() -> Iterator[dict[str, Any]]:
    """Dragging and moving by keys, from a block to the whole city, and drawing nearer from one to the other."""
    theme.apply(application(), "light")
    layers = Layers(_layers())
    count = next((one.rows for one in layers.describe() if one.name == "parcels"), 0)
    for level, scale, target in LEVELS:
        for how, step, least in (("dragged", _drag, 0.0), ("moved by keys", _key, HELD)):
            with _map(layers, scale) as view:
                yield _moved(view, step, f"a picture while it is {how}, {level}", max(target, least), count)
    with _map(layers, LEVELS[1][1]) as view:
        yield _zoomed(view)
    layers.close()


@contextmanager
def _map(layers: Layers, scale: float) -> Iterator[MapView]:
    made = MapView(layers, "Map")
    made.resize(WIDE, HIGH)
    made.show_pins([Pin(str(n), str(n), Point(MIDDLE.lat + n / 500, MIDDLE.lon - n / 400), "") for n in range(12)])
    made.show()
    made.look_at(STREETS, scale)
    _until_sharp(made)
    yield made
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _moved(view: MapView, step: Step, phase: str, target: float, count: int) -> dict[str, Any]:
    """One picture after the other, each until all of it is there: what is drawn later counts for it too. Then the same
    way on, for how long a key waits meanwhile."""
    taken, heart = Taken(), Heart()
    for number in range(STEPS):
        taken.of(partial(_sharp_after, view, partial(step, view, number)))
    heart.watch([partial(step, view, number) for number in range(STEPS)], calm=0.2)
    line = taken.line("map", phase, target, properties=count)
    mean = sum(taken.cpu) / STEPS
    told = {"mean_cpu_secs": round(mean, 4), "pictures_a_second": round(1 / mean), "longest_wait": round(heart.most, 4)}
    return {**line, **told, "ok": mean <= target and heart.most <= STALL}


def _zoomed(view: MapView) -> dict[str, Any]:
    """What a person's key would wait for while the wheel turns; and how long until all is sharp after a turn."""
    heart, sharp = Heart(), Taken()
    heart.watch([partial(view.zoom, factor) for factor in ZOOMS], calm=0.5)
    for factor in ZOOMS[::10]:
        sharp.of(partial(_sharp_after, view, partial(view.zoom, factor)))
    line = heart.line("map", "longest wait while one draws nearer and farther")
    return {**line, "sharp_after_cpu_secs": round(statistics.median(sharp.cpu), 4)}


def _drag(view: MapView, number: int) -> None:
    """A picture's share of a quick drag, 1,200 px a second: pressed in the middle, and back there at the end."""
    middle = QPointF(WIDE / 2, HIGH / 2)
    way = QPointF(17, 11) if number < STEPS // 2 else QPointF(-13, 11)
    for kind, where, button in (
        (QEvent.Type.MouseButtonPress, middle, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseMove, middle + way, Qt.MouseButton.NoButton),
    ):
        view.event(QMouseEvent(kind, where, where, button, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))


def _key(view: MapView, number: int) -> None:
    """An arrow key that is held: 64 px each."""
    keys = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up)
    key = keys[number * len(keys) // STEPS]
    view.event(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


def _sharp_after(view: MapView, act: Callable[[], object]) -> None:
    act()
    view.repaint()
    while view.is_drawing():
        QApplication.processEvents()


def _until_sharp(view: MapView) -> None:
    view.repaint()
    while not view.is_sharp():
        QApplication.processEvents()


def _layers() -> Path:
    kept = Path(tempfile.gettempdir()) / "fieldapp-bench-map-streets" / "layers.db"
    if not kept.exists():
        half = kept.parent.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir()
        _import(half)
        half.rename(kept.parent)
    return kept


def _import(folder: Path) -> None:
    import_layer(folder / "layers.db", "streets", street_grid.written(folder / "streets.geojson", MIDDLE))
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
