"""Where an address is, by the City's own geocoder (GeocodeServer)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fieldapp.errors import ProtocolError
from fieldapp.texts import tr
from sync.arcgis.line import Line, strange
from sync.arcgis.query import WGS84, in_degrees
from sync.arcgis.shapes import point_of


@dataclass(frozen=True)
class Candidate:
    """A place that may be meant: in degrees, with the geocoder's own score, 100 where it is sure."""

    address: str
    lon: float
    lat: float
    score: float


def candidates(line: Line, address: str, most: int = 5) -> list[Candidate]:
    """The places that `address`, in one line, may mean, the likeliest first; none where the geocoder knows none."""
    question = {"SingleLine": address, "maxLocations": str(most), "outSR": str(WGS84)}
    said = line.ask("/findAddressCandidates", question)
    if not in_degrees(said):
        raise ProtocolError(tr("The server gives other coordinates than it was asked for (degrees, EPSG:4326)."))
    return sorted(_candidates(said), key=lambda one: -one.score)[:most]


def _candidates(said: Mapping[str, Any]) -> Iterator[Candidate]:
    listed = said.get("candidates")
    if not isinstance(listed, list):
        raise strange()
    for one in listed:
        if not isinstance(one, dict) or not isinstance(one.get("score"), int | float):
            raise strange()
        if point := point_of(one.get("location")):
            lon, lat = point["coordinates"]
            yield Candidate(str(one.get("address", "")), lon, lat, float(one["score"]))
