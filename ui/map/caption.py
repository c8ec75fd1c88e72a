"""Of which day the map's layers are: said on the map, and wherever an answer comes from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fieldapp.places import LayerInfo, Layers
from fieldapp.texts import tr
from ui import days


def caption(layers: Layers, today: date) -> str:
    """The words in the map's corner: the date of what it shows; that there is nothing, when there is nothing."""
    shown = [info for info in layers.describe() if info.name in {"wards", "parcels", "addresses", "streets"}]
    if not shown:
        return tr("No map layers on this laptop yet")
    if any(info.name == "streets" for info in shown):
        return tr("Wards, properties and streets as of {day} · offline", day=_oldest(shown, today))
    return tr("Wards and properties as of {day} · offline", day=_oldest(shown, today))


def named(info: LayerInfo, today: date) -> str:
    """A layer's source and date: "City of Hamilton, as of 1 Nov"."""
    from fieldapp.places.made_up import MADE_UP  # what makes a city up: no map waits for it

    source = tr("Practice city (made up)") if info.source == MADE_UP else info.source or info.file
    return tr("{source}, as of {day}", source=source, day=_day(info, today))


def _oldest(shown: Sequence[LayerInfo], today: date) -> str:
    return _day(min(shown, key=lambda info: info.as_of), today)


def _day(info: LayerInfo, today: date) -> str:
    day = days.day_in(info.as_of)
    return days.short(day, today) if day else info.as_of
