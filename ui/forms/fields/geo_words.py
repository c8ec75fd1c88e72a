"""Positions, lengths and areas in words, in the language of the moment."""

from __future__ import annotations

from fieldapp.texts import language, plural, tr
from ui.forms.fields.geo_typed import dms
from ui.map.projection import Point
from ui.map.trail import Trail
from ui.numbers import grouped

HECTARE, KILOMETRE = 10_000.0, 1_000.0  # square metres, metres


def position(point: Point) -> str:
    """43°15′22.0″ N, 79°52′09.1″ W, with the French letter for West."""
    said = dms(point)
    return said.replace("W", "O") if language() == "fr" else said


def length(metres: float) -> str:
    """412 m, 1.24 km."""
    return tr("{n} m", n=grouped(round(metres))) if metres < KILOMETRE else tr("{n} km", n=_two(metres / KILOMETRE))


def area(square_metres: float) -> str:
    """4,180 m², 1.24 ha."""
    if square_metres < HECTARE:
        return tr("{n} m²", n=grouped(round(square_metres)))
    return tr("{n} ha", n=_two(square_metres / HECTARE))


def extent(trail: Trail) -> str:
    """What a line or an area measures: "4 points · 212 m", "5 points · 4,180 m² · outline 264 m"."""
    count = len(trail.points)
    if not count:
        return tr("No points yet")
    said = [plural(count, "{n} point", "{n} points")]
    if trail.closed and count > 2:
        said += [area(trail.square_metres), tr("outline {length}", length=length(trail.metres))]
    elif count > 1:
        said.append(length(trail.metres))
    return " · ".join(said)


def _two(number: float) -> str:
    said = f"{number:.2f}"
    return said.replace(".", ",") if language() == "fr" else said
