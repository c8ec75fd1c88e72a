"""The marks on a photo as text, and back: kept beside the photo as taken, so that they can be changed and taken off."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPointF, QSize

from ui.forms.fields.draw_ink import INKS, Arrow, Mark, Stroke, Words


def written(marks: Sequence[Mark], size: QSize) -> str:
    """The marks on a picture of `size`, as JSON."""
    return json.dumps({"size": [size.width(), size.height()], "marks": [_told(mark) for mark in marks]})


def read(text: str, size: QSize) -> tuple[Mark, ...]:
    """The marks of `text` for a picture of `size`; none where it is no such text."""
    try:
        told = json.loads(text)
        scale = max(size.width(), size.height()) / max(told["size"])
        return tuple(_mark(one, scale) for one in told["marks"])
    except (ValueError, KeyError, TypeError, ZeroDivisionError):
        return ()


def _told(mark: Mark) -> dict[str, object]:
    if isinstance(mark, Stroke):
        return {"ink": mark.ink, "line": [_pair(point) for point in mark.points]}
    if isinstance(mark, Arrow):
        return {"ink": mark.ink, "arrow": [_pair(mark.tail), _pair(mark.tip)]}
    return {"ink": mark.ink, "words": mark.text, "at": _pair(mark.place)}


def _mark(told: dict[str, Any], scale: float) -> Mark:
    ink = told["ink"] if told["ink"] in INKS else "red"
    if "line" in told:
        return Stroke(tuple(_point(pair, scale) for pair in told["line"]), ink)
    if "arrow" in told:
        tail, tip = (_point(pair, scale) for pair in told["arrow"])
        return Arrow(tail, tip, ink)
    return Words(_point(told["at"], scale), str(told["words"]), ink)


def _pair(point: QPointF) -> list[float]:
    return [round(point.x(), 1), round(point.y(), 1)]


def _point(pair: Sequence[float], scale: float) -> QPointF:
    return QPointF(float(pair[0]) * scale, float(pair[1]) * scale)
