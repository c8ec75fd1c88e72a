"""Which shape each answer has in JSON. The schema, the writer and the reader all go by this one table.

| in the form | in JSON |
|---|---|
| text, date, time, dateTime, barcode, one choice, the name of a file | string |
| integer, range of integers | integer |
| decimal, range | number; where a double cannot hold its digits, a string of them |
| several choices, rank | array of strings |
| acknowledge, boolean | true, false |
| geopoint | {"latitude", "longitude", "altitude", "accuracy"} |
| geotrace, geoshape | array of such points |
| group | object |
| repeat | array of objects; "$key" is the name of the instance, which never changes |

What has no value is absent. Numbers keep their spelling, so that a record goes through JSON unchanged.
"""

from __future__ import annotations

from fieldapp.forms.definition.model import FILES, Question

KEY = "$key"  # no question can be called so
POINT_PARTS = ("latitude", "longitude", "altitude", "accuracy")

TEXT, INTEGER, DECIMAL, TOKENS, TRUTH, ACKNOWLEDGED = "text", "integer", "decimal", "tokens", "truth", "acknowledged"
POINT, POINTS, DATE, TIME, MOMENT, FILE, GROUP, REPEAT = (
    *("point", "points", "date", "time", "moment", "file", "group", "repeat"),
)

_BY_KIND = {
    "integer": INTEGER,
    "decimal": DECIMAL,
    "date": DATE,
    "time": TIME,
    "dateTime": MOMENT,
    "multiple": TOKENS,
    "rank": TOKENS,
    "acknowledge": ACKNOWLEDGED,
    "geopoint": POINT,
    "geotrace": POINTS,
    "geoshape": POINTS,
    "group": GROUP,
    "repeat": REPEAT,
    **dict.fromkeys(FILES, FILE),
}
_BY_TYPE = {
    "int": INTEGER,
    "integer": INTEGER,
    "long": INTEGER,
    "decimal": DECIMAL,
    "double": DECIMAL,
    "float": DECIMAL,
    "boolean": TRUTH,
    "date": DATE,
    "time": TIME,
    "dateTime": MOMENT,
}
_TYPED_BY_BIND = frozenset({"range", "calculate", "attribute", "note"})


def shape_of(question: Question) -> str:
    """The shape of a question's answer."""
    if question.kind in _TYPED_BY_BIND:
        return _BY_TYPE.get(question.bind.type, DECIMAL if question.kind == "range" else TEXT)
    return _BY_KIND.get(question.kind, TEXT)
