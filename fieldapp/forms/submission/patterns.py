"""What JSON Schema says of each shape. Formats where it has one that fits, patterns where it has none."""

from __future__ import annotations

from typing import Any

from fieldapp.forms.submission.shapes import (
    ACKNOWLEDGED,
    DATE,
    DECIMAL,
    FILE,
    INTEGER,
    MOMENT,
    POINT,
    POINT_PARTS,
    POINTS,
    TEXT,
    TIME,
    TRUTH,
)
from fieldapp.forms.submission.values import DIGITS, LARGEST

PATTERNS: dict[str, dict[str, Any]] = {
    TEXT: {"type": "string", "minLength": 1},
    INTEGER: {"type": "integer", "minimum": -LARGEST, "maximum": LARGEST},
    DECIMAL: {"$ref": "#/$defs/decimal"},
    DATE: {"type": "string", "format": "date"},
    MOMENT: {"type": "string", "format": "date-time"},
    # JSON Schema's own time needs a zone; a time of day has none.
    TIME: {"type": "string", "pattern": r"^\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$"},
    TRUTH: {"type": "boolean"},
    ACKNOWLEDGED: {"const": True},
    POINT: {"$ref": "#/$defs/point"},
    POINTS: {"type": "array", "items": {"$ref": "#/$defs/point"}, "minItems": 2},
    FILE: {
        "type": "string",
        "pattern": r"^[^/\\]+$",
        "description": "the name of a file that comes with the submission",
    },
}

_LIMITS = {"latitude": 90, "longitude": 180}


def _coordinate(name: str) -> dict[str, Any]:
    limit = _LIMITS.get(name)
    number = {"minimum": -limit, "maximum": limit} if limit else {}
    return {"$ref": "#/$defs/decimal", **number}


DEFINITIONS: dict[str, dict[str, Any]] = {
    "key": {
        "description": "names an instance for ever; who makes one may leave it out",
        "type": "string",
        "pattern": "^[0-9A-Za-z_-]{1,64}$",
    },
    "decimal": {
        "description": "a number; a string of its digits where a double cannot hold them or would write them otherwise",
        "anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^{DIGITS}$"}],
    },
    "point": {
        "description": "WGS 84 in degrees; altitude and accuracy in metres",
        "type": "object",
        "properties": {name: _coordinate(name) for name in POINT_PARTS},
        "required": list(POINT_PARTS[:2]),
        "dependentRequired": {"accuracy": ["altitude"]},
        "additionalProperties": False,
    },
}
