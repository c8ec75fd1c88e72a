"""Where an answer comes from: each look-up names its layers with source and date, or says how to get them."""

from __future__ import annotations

from collections.abc import Iterable

from fieldapp.clock import today
from fieldapp.texts import tr
from ui.map.caption import named
from ui.session import Session

COMMANDS = {"addresses": "fieldapp import addresses FILE", "gtfs": "fieldapp import gtfs FILE"}


def names() -> dict[str, str]:
    """What people call the layers."""
    return {
        "wards": tr("Wards"),
        "rural": tr("Rural area"),
        "collection": tr("Collection days"),
        "parcels": tr("Parcels"),
        "addresses": tr("Addresses"),
        "gtfs": tr("Timetable"),
    }


def sources(session: Session, layers: Iterable[str]) -> str:
    """One line: the loaded ones of `layers`, each with its source and date; "" when none is loaded."""
    wanted, called, day = set(layers), names(), today(session.clock)
    found: dict[str, list[str]] = {}
    for info in session.layers.describe():
        if info.name in wanted:
            found.setdefault(named(info, day), []).append(called[info.name])
    return " · ".join(tr("{layers}: {source}", layers=", ".join(which), source=one) for one, which in found.items())


def loaded(session: Session, layer: str) -> bool:
    """Whether this laptop has the layer."""
    return any(info.name == layer for info in session.layers.describe())


def how_to(layer: str) -> str:
    """What to do where a layer is missing."""
    return tr("Load it once, from open data: {command}. Then it works without a network.", command=COMMANDS[layer])
