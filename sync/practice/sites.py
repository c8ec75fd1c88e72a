"""Where the practice city lies: made-up layers, or a real city's open data, and the properties that are worked on."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from fieldapp.clock import Clock
from fieldapp.errors import LayerError, Place
from fieldapp.places import Layers, import_layer
from fieldapp.places.database import KINDS
from fieldapp.places.made_up import MADE_UP, build
from fieldapp.texts import tr
from sync.practice.answers import Site

# Which file of a folder of open data holds which layer; wards and rural come first: the others are placed by them.
FILES = (
    ("wards", "*wards*.geojson"),
    ("rural", "*rural*.geojson"),
    ("parcels", "*parcel*.csv"),
    ("addresses", "*address*.csv"),
    ("streets", "*street*.geojson"),
    ("gtfs", "hsr*gtfs*.zip"),
)
SPREAD = 0.04  # degrees around the middle of the city in which properties are looked for
REACH = 1500.0  # metres around such a point
STREETS = ("Foxglove Street", "Lantern Avenue", "Quarry Road", "Heron Crescent", "Saffron Lane", "Thimble Court")


def lay_out(path: Path, clock: Clock, data: Path | None, tell: Callable[[str], None]) -> None:
    """Import the layers into the file `path`: from the folder `data`, or a made-up city where there is none."""
    if data is None:
        build(path, clock=clock)
        return
    if not data.is_dir():
        raise LayerError(tr("there is no such folder of open data"), Place(str(data)))
    found = [(kind, file) for kind, pattern in FILES for file in sorted(data.glob(pattern))[:1]]
    if not found:
        raise LayerError(tr("no file of open data is in this folder"), Place(str(data)))
    for kind, file in found:
        report = import_layer(path, kind, file)
        tell(f"{kind}: {report.rows:,} rows from {file.name} in {report.seconds:.1f} s")


def complete(path: Path, clock: Clock) -> None:
    """Give a made-up city of an earlier FieldApp the layers that came since. A real city's stay as they are."""
    layers = Layers(path)
    here = {info.name: info.source for info in layers.describe()}
    layers.close()
    if MADE_UP in here.values() and not here.keys() >= set(KINDS):
        build(path, clock=clock, without=here)


def sites(layers: Layers, seed: int, count: int) -> list[Site]:
    """`count` properties, spread over the city, the same for the same seed.

    Where the City's data has parcels without street addresses, the address is made up and the point is the parcel's.
    """
    lat, lon = _middle(layers)
    chance = random.Random(seed)  # noqa: S311 - a choice of examples, no secret
    found: list[Site] = []
    for _ in range(50 * count):
        north, east = chance.uniform(-SPREAD, SPREAD), chance.uniform(-SPREAD, SPREAD)
        site = _site(layers, lat + north, lon + east, chance)
        if site is not None and site.address not in {one.address for one in found}:
            found.append(site)
        if len(found) == count:
            return found
    raise LayerError(tr("the layers hold neither addresses nor parcels to work on"))


def _site(layers: Layers, lat: float, lon: float, chance: random.Random) -> Site | None:
    """The property next to a point, None where there is none within reach."""
    for address in layers.addresses_near(lat, lon, limit=1, within=REACH):
        return Site(address.label, address.lat, address.lon)
    for parcel in layers.parcels_near(lat, lon, limit=1, within=REACH):
        return Site(f"{chance.randint(1, 400)} {chance.choice(STREETS)}", parcel.lat, parcel.lon, listed=False)
    return None


def _middle(layers: Layers) -> tuple[float, float]:
    """The middle of all wards."""
    outlines = layers.outlines("wards", (-180.0, -90.0, 180.0, 90.0), 0.01)
    points = [point for outline in outlines for ring in outline.rings for point in zip(*[iter(ring)] * 2, strict=False)]
    if not points:
        raise LayerError(tr("the layers hold no wards"))
    return sum(lat for _, lat in points) / len(points), sum(lon for lon, _ in points) / len(points)
