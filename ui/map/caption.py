"""Of which day the map's layers are: said on the map, and wherever an answer comes from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fieldapp.places import LayerInfo, Layers
from fieldapp.places.made_up import MADE_UP
from fieldapp.texts import tr
from ui import days


def caption(layers: Layers, today: date) -> str:
    """The words in the map's corner: the date of wards and properties; that there are none, when there are none."""
    shown = [info for info in layers.describe() if info.name in {"wards", "parcels", "addresses"}]
    if not shown:
        return tr("No map layers on this laptop yet")
    return tr("Wards and properties as of {day} · offline", day=_oldest(shown, today))


def named(info: LayerInfo, today: date) -> str:
    """A layer's source and date: "City of Hamilton, as of 1 Nov"."""
    source = tr("Practice city (made up)") if info.source == MADE_UP else info.source or info.file
    return tr("{source}, as of {day}", source=source, day=_day(info, today))


def _oldest(shown: Sequence[LayerInfo], today: date) -> str:
    return _day(min(shown, key=lambda info: info.as_of), today)


def _day(info: LayerInfo, today: date) -> str:
    day = days.day_in(info.as_of)
    return days.short(day, today) if day else info.as_of
