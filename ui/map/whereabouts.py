"""A place on the map in words, for whoever does not see the map: its ward, and the address or street it is near."""

from __future__ import annotations

from fieldapp.places import Layers
from fieldapp.texts import tr
from ui.map.projection import Point

NEAR = 60.0  # metres within which an address names a place
STREET = 150.0  # metres within which a street does, where no address is known


def near(layers: Layers | None, point: Point) -> str:
    """The address that a position is at, else its street; "" when neither is near or known here."""
    if layers is None:
        return ""
    found = layers.addresses_near(point.lat, point.lon, limit=1, within=NEAR)
    street = None if found else layers.street_near(point.lat, point.lon, within=STREET)
    named = found[0].label if found else street.name if street else ""
    return tr("near {address}", address=named) if named else ""


def whereabouts(layers: Layers, point: Point) -> str:
    """Ward 2 · near King Street; "" where nothing is known of the place."""
    ward, _rural = layers.wards_at(point.lat, point.lon)
    words = [tr("Ward {number}", number=ward.lstrip("0") or ward) if ward else "", near(layers, point)]
    return " · ".join(word for word in words if word)
