"""Where an address is, by the City's own geocoder (GeocodeServer)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fieldapp.errors import ProtocolError
from fieldapp.texts import tr
from sync.arcgis.line import VARIABLE, Line, strange
from sync.arcgis.query import WGS84, in_degrees
from sync.arcgis.shapes import point_of

IMPATIENT = 0.3  # seconds between two tries


@dataclass(frozen=True)
class Candidate:
    """A place that may be meant: in degrees, with the geocoder's own score, 100 where it is sure."""

    address: str
    lon: float
    lat: float
    score: float

    @property
    def label(self) -> str:
        """The address in one line, as of those in the City's list."""
        return self.address


def places(url: str, address: str, most: int = 5) -> list[Candidate]:
    """What the geocoder at `url` says of `address`, while a person waits for it: it is not patient.

    Raises the SyncError that stopped it, with what to do, and RefusedError for an address that is not protected."""
    line = Line(url, os.environ.get(VARIABLE, ""), sleep=lambda seconds: time.sleep(min(seconds, IMPATIENT)))
    try:
        return candidates(line, address, most)
    finally:
        line.close()


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
