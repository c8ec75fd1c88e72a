"""Positions as people write them, and back: 43.25610, -79.86920 · 43°15′22″ N, 79°52′9″ W · N 43 15.367 W 79 52.152."""

from __future__ import annotations

import re

from ui.map.projection import Point

NUMBER = r"\d{1,3}(?:[.,]\d+)?"
SIDES = "NSEWO"  # O is the French west
COORDINATE = re.compile(
    rf"""\s*(?P<before>[{SIDES}])?\s*(?P<sign>[-+−])?\s*(?P<degrees>{NUMBER})\s*[°ºd]?
    (?:\s*(?P<minutes>{NUMBER})\s*['′’m]?)?
    (?:\s*(?P<seconds>{NUMBER})\s*(?:["″”s]|''|′′|’’)?)?
    \s*(?P<after>[{SIDES}])?\s*""",
    re.IGNORECASE | re.VERBOSE,
)


def point_of(text: str) -> Point | None:
    """The position in what was typed or pasted, None when it is none. Without N, S, E, W latitude comes first."""
    halves = [_coordinate(half) for half in _halves(text.strip())]
    if len(halves) != 2 or halves[0] is None or halves[1] is None:
        return None
    (first, side), (second, other) = halves[0], halves[1]
    if side in {"E", "W"} or other in {"N", "S"}:
        first, second, side, other = second, first, other, side
    if side in {"E", "W"} or other in {"N", "S"} or abs(first) > 90 or abs(second) > 180:
        return None
    return Point(first, second)


def decimal(point: Point) -> str:
    """43.25610, -79.86920: about a metre, and what every map takes."""
    return f"{point.lat:.5f}, {point.lon:.5f}"


def dms(point: Point) -> str:
    """43°15′22.0″ N, 79°52′9.1″ W; West is O in French, which the caller says with the words of its language."""
    return f"{_sexagesimal(point.lat, 'NS')}, {_sexagesimal(point.lon, 'EW')}"


def _halves(text: str) -> list[str]:
    """Latitude and longitude apart: at a semicolon, at the letters, at a comma, or by counting the numbers."""
    if ";" in text:
        return text.split(";")
    letters = [found.start() for found in re.finditer(rf"[{SIDES}]", text, re.IGNORECASE)]
    if len(letters) == 2:
        split = letters[1] if letters[0] == 0 else letters[0] + 1
        return [text[:split].rstrip(", "), text[split:].lstrip(", ")]
    parts = re.split(r",\s+|\s+,|(?<=[\d″\"]),(?=\s*[-+−]?\d+[.°])", text, maxsplit=1)
    return parts if len(parts) == 2 else _counted(text)


def _counted(text: str) -> list[str]:
    numbers = re.findall(r"[-+−]?[\d.,]+", text)
    if re.fullmatch(r"[-+−\d.,\s°º'′’\"″”]+", text) is None or len(numbers) not in {2, 3, 4, 6}:
        return []
    if len(numbers) == 3 or (len(numbers) == 4 and ("." in numbers[0] or numbers[1][0] in "-+−")):
        numbers = numbers[:2]  # as a form keeps it: with altitude and accuracy
    half = len(numbers) // 2
    return [" ".join(numbers[:half]), " ".join(numbers[half:])]


def _coordinate(text: str) -> tuple[float, str] | None:
    found = COORDINATE.fullmatch(text)
    if found is None or (found["before"] and found["after"]):
        return None
    parts = [float((found[name] or "0").replace(",", ".")) for name in ("degrees", "minutes", "seconds")]
    if parts[1] >= 60 or parts[2] >= 60:
        return None
    side = (found["before"] or found["after"] or "").upper().replace("O", "W")
    value = parts[0] + parts[1] / 60 + parts[2] / 3600
    return (-value if found["sign"] in {"-", "−"} or side in {"S", "W"} else value), side


def _sexagesimal(value: float, sides: str) -> str:
    tenths = round(abs(value) * 36_000)
    degrees, rest = divmod(tenths, 36_000)
    minutes, seconds = divmod(rest, 600)
    return f"{degrees}°{minutes:02}′{seconds / 10:04.1f}″ {sides[value < 0]}"
