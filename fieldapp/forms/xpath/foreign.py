"""Functions that other tools brought into the language: a form that calls one can be used, and the call is blank."""

from __future__ import annotations

from fieldapp.forms.xpath.tree import Call, Literal

_NAMES = {
    "CommCare": """closest-point-on-polygon cond decrypt-string distinct-values encrypt-string here id-compress index-of
        is-point-inside-polygon json-property lower-case replace sleep sort sort-by unique-set upper-case""",
    "Enketo": "add-date comment-status difference-in-months parse-timestamp-to-date to-bikram-sambat z-score",
    "SurveyCTO": """choice-label collect-is-phone-app count-if de-duplicate device-info distance-between duration empty
        enumerator-id enumerator-name format-number geo-scatter hash index item-at item-index item-present join-if
        linebreak max-if min-if phone-call-duration phone-call-log plug-in-metadata rank-index rank-index-if rank-value
        relevant short-geopoint sum-if username""",
}
_TOOLS = {name: tool for tool, names in _NAMES.items() for name in names.split()}


def tool_of(call: Call) -> str:
    """The tool that gives a call its meaning, or the prefix of whoever does; "" for the language's own functions."""
    prefix, colon, _ = call.name.partition(":")
    if colon and prefix != "jr":
        return prefix
    if call.name == "pulldata" and call.arguments and isinstance(call.arguments[0], Literal):
        return "Survey123" if str(call.arguments[0].value).startswith("@") else ""
    return _TOOLS.get(call.name, "")
