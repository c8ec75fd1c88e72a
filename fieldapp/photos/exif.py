"""What a camera wrote into a photo: when and where it was taken, by the camera's own clock and receiver."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

EXIF, GPS = 0x8769, 0x8825  # the parts of EXIF 2.3 that have time and place
TAKEN, OFFSET = 0x9003, 0x9011  # DateTimeOriginal, OffsetTimeOriginal
SOUTH, LAT, WEST, LON, ERROR = 1, 2, 3, 4, 31
ZONE = re.compile(r"[+-]\d\d:\d\d")


@dataclass(frozen=True)
class CameraSaid:
    """ "" where the camera said nothing. `taken` is ISO 8601, with a zone where the camera knew one; `place` is a
    geopoint, its accuracy 0 where the camera did not tell."""

    taken: str = ""
    place: str = ""


def camera_said(photo: bytes) -> CameraSaid:
    """What is written in the photo; nothing for what is no photo, or says nonsense."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(photo)) as image:
            exif = image.getexif()
            shot, place = exif.get_ifd(EXIF), exif.get_ifd(GPS)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,
        KeyError,
        TypeError,
    ):
        return CameraSaid()
    return CameraSaid(_taken(shot), _place(place))


def _taken(shot: Any) -> str:
    day, _, hour = str(shot.get(TAKEN, "")).strip("\0 ").partition(" ")  # 2026:11:23 08:55:10
    zone = str(shot.get(OFFSET, "")).strip("\0 ")
    text = f"{day.replace(':', '-')}T{hour}{zone if ZONE.fullmatch(zone) else ''}"
    try:
        return datetime.fromisoformat(text).isoformat() if hour else ""
    except ValueError:
        return ""


def _place(gps: Any) -> str:
    try:
        lat = _degrees(gps[LAT]) * (-1 if str(gps.get(SOUTH, "N")).startswith("S") else 1)
        lon = _degrees(gps[LON]) * (-1 if str(gps.get(WEST, "E")).startswith("W") else 1)
        within = max(0.0, float(gps.get(ERROR, 0)))
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return ""
    known = abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0, 0)  # a camera without a fix says 0, 0
    return f"{lat:.6f} {lon:.6f} 0 {round(within, 1):g}" if known else ""


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600
