"""What sort of value each function gives, and which take one value of each argument."""

from __future__ import annotations

NUMBERS = frozenset(
    [
        *("number", "int", "round", "abs", "floor", "ceiling", "pow", "exp", "exp10", "log", "log10", "sqrt"),
        *("sin", "cos", "tan", "asin", "acos", "atan", "atan2", "pi", "random"),
        *("sum", "count", "count-non-empty", "count-selected", "string-length", "position", "last"),
        *("area", "distance", "enclosed-area", "weighted-checklist", "decimal-date-time", "decimal-time"),
    ]
)
TEXTS = frozenset(
    [
        *("concat", "join", "substr", "substring", "substring-before", "substring-after", "translate"),
        *("normalize-space", "format-date", "format-date-time", "uuid", "digest", "base64-decode"),
        *("jr:choice-name", "jr:itext"),
    ]
)
TRUTHS = frozenset(
    [
        *("not", "true", "false", "boolean", "boolean-from-string", "selected", "is-selected", "contains"),
        *("starts-with", "ends-with", "regex", "checklist", "geofence"),
    ]
)
# The other functions take any number of values, or look at nodes.
SINGLE = frozenset(
    [
        *("string", "string-length", "substr", "substring", "substring-before", "substring-after", "contains"),
        *("starts-with", "ends-with", "translate", "normalize-space", "regex", "pulldata", "digest"),
        *("number", "int", "round", "abs", "floor", "ceiling", "pow", "if", "not"),
        *("date", "format-date", "format-date-time", "decimal-date-time"),
        *("selected", "selected-at", "count-selected"),
    ]
)
