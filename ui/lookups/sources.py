"""Where an answer comes from: each look-up names its layers with source and date, or says how to get them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from fieldapp.clock import today
from fieldapp.texts import tr
from sync.layers import to_come
from sync.status import LayerComing
from ui.forms.fields.blob import size_of
from ui.map.caption import named
from ui.session import Session

COMMAND = "fieldapp import {layer} FILE"


def names() -> dict[str, str]:
    """What people call the layers."""
    return {
        "wards": tr("Wards"),
        "rural": tr("Rural area"),
        "collection": tr("Collection days"),
        "parcels": tr("Parcels"),
        "addresses": tr("Addresses"),
        "streets": tr("Streets"),
        "gtfs": tr("Timetable"),
    }


def sources(session: Session, layers: Iterable[str]) -> str:
    """One line: the loaded ones of `layers`, each with its source and date, and which the City has newer; "" when none
    is loaded."""
    wanted, called, day = set(layers), names(), today(session.clock)
    found: dict[str, list[str]] = {}
    for info in session.layers.describe():
        if info.name in wanted:
            found.setdefault(named(info, day), []).append(called[info.name])
    said = [tr("{layers}: {source}", layers=", ".join(which), source=one) for one, which in found.items()]
    news = [on_its_way(session, wanted)] if on_its_way(session, wanted) else _to_come(session, wanted)
    return " · ".join([*said, *news] if said else [])


def on_its_way(session: Session, layers: Collection[str]) -> str:
    """How far one of these is that comes from the City now; "" for none."""
    coming = session.courier.status.layer if session.courier else None
    if coming is None or coming.name not in layers:
        return ""
    return tr("{layers}: {source}", layers=names()[coming.name], source=progress(coming))


def progress(coming: LayerComing) -> str:
    """How far a layer is that comes from the City now."""
    share = 100 * coming.done // coming.size if coming.size else 0
    if coming.loading:
        return tr("All of it is here and is being taken in: {n} %.", n=share)
    return tr("{done} of {size} are here.", done=size_of(coming.done), size=size_of(coming.size))


def _to_come(session: Session, wanted: set[str]) -> list[str]:
    """The layers of which another version is to come from the City."""
    others = [one.name for one in to_come(session.store, session.layers)]
    coming = [called for name, called in names().items() if name in wanted and name in others]
    return [tr("comes anew with the next sync: {layers}", layers=", ".join(coming))] if coming else []


def loaded(session: Session, layer: str) -> bool:
    """Whether this laptop has the layer."""
    return any(info.name == layer for info in session.layers.describe())


def how_to(layer: str) -> str:
    """What to do where a layer is missing."""
    return tr(
        "It comes with a sync where the City hands it out. Or load it once, from open data: {command}. Then it works "
        "without a network.",
        command=COMMAND.format(layer=layer),
    )
