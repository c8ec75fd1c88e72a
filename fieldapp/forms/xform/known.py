"""What this engine and its screens give a meaning to: the words of the ODK XForms specification, those of XLSForm,
Collect and Enketo that make sense on a desktop, and our own. All else in a form is named as unknown, never passed over.
"""

from __future__ import annotations

import re

from fieldapp.forms.xform.xmlread import JR
from fieldapp.forms.xlsform.dialects import DIALECT
from fieldapp.forms.xlsform.headers import OWN

ODK = "{http://www.opendatakit.org/xforms}"
ORX = "{http://openrosa.org/xforms}"
DIALECT_TYPE = f"{{{DIALECT}}}type"  # in place of a type of another house's XLSForm
ENTITIES = "{http://www.opendatakit.org/xforms/entities}"

ELEMENTS = frozenset(
    {"input", "select1", "select", "upload", "trigger", "range", "rank", "secret", "group", "repeat"}
    | {"label", "hint", "output", "item", "itemset", "value", "copy", "tag", "setvalue", "setgeopoint", "recordaudio"}
)
MODEL = frozenset({"instance", "bind", "itext", "submission", "setvalue", "setgeopoint", "recordaudio"})
TEXT_FORMS = frozenset({"", "long", "short", "image", "big-image", "audio", "video", "guidance"})

BIND = frozenset(
    {"nodeset", "ref", "id", "type", "relevant", "required", "readonly", "constraint", "calculate", "saveIncomplete"}
    | {f"{JR}{name}" for name in ("preload", "preloadParams", "constraintMsg", "requiredMsg", "noAppErrorString")}
    | {f"{ODK}{name}" for name in ("length", "quality", "allow-mock-accuracy", "tag")}
    | {f"{ODK}{name}" for name in ("track-changes", "track-changes-reasons", "identify-user")}
    | {f"{ODK}location-{name}" for name in ("priority", "min-interval", "max-age")}
    | {f"{ORX}max-pixels", f"{ENTITIES}saveto"}
    | {name for name, header in OWN.items() if header.startswith("bind::")}
)
CONTROL = frozenset(
    {"ref", "nodeset", "bind", "appearance", "query", "class", "autoplay", "rows", "mediatype", "accept", "id"}
    | {"start", "end", "step", "accuracyThreshold", "unacceptableAccuracyThreshold", "incremental", "value"}
    | {f"{JR}count", f"{JR}noAddRemove", f"{ODK}tick-interval", f"{ODK}placeholder", f"{ODK}length"}
    | {name for name, header in OWN.items() if header.startswith("body::")}
)
TYPES = frozenset(
    {
        "string",
        "int",
        "integer",
        "long",
        "decimal",
        "double",
        "float",
        "boolean",
        "date",
        "time",
        "dateTime",
        "datetime",
    }
    | {"select", "select1", "rank", "geopoint", "geotrace", "geoshape", "barcode", "binary", "intent"}
)
PRELOADS = frozenset({"uid", "timestamp", "date", "property", "patient", "context"})
SOURCES = ("jr://file/", "jr://file-csv/", "jr://images/", "jr://audio/", "jr://video/", "jr://instance/last-saved")

_ANY = frozenset({"w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8", "w9", "w10", "w11", "w12", "hidden"} | {"staff"})
_CHOICES = frozenset(
    {"minimal", "autocomplete", "search", "quick", "quickcompact", "compact", "columns", "columns-pack", "columns-flex"}
    | {"horizontal", "horizontal-compact", "vertical", "list", "list-nolabel", "label", "likert", "no-buttons", "map"}
    | {"image-map", "address", "segmented"}
)
_TEXT = frozenset({"multiline", "numbers", "url", "masked", "guarded", "thousands-sep", "address", "front", "capitals"})
_NUMBER = frozenset({"thousands-sep", "counter", "numbers", "bearing", "masked", "guarded"})
_PLACE = frozenset({"maps", "placement-map", "streets", "satellite", "terrain", "hide-input", "address"})
_GROUP = frozenset({"field-list", "table-list", "compact", "more", "checklist", "table", "horizontal", "page"})
_FILE = frozenset({"new", "new-front", "selfie", "new-rear"})
# By the names of kinds in `Question`.
APPEARANCES = {
    "text": _TEXT,
    "integer": _NUMBER,
    "decimal": _NUMBER,
    "date": frozenset({"no-calendar", "month-year", "year", "business-days"}),
    "dateTime": frozenset({"no-calendar", "now"}),
    "time": frozenset({"no-calendar"}),
    "select": _CHOICES,
    "multiple": _CHOICES,
    "rank": frozenset({"minimal"}),
    "range": frozenset({"vertical", "horizontal", "no-ticks", "picker", "rating"}),
    "geopoint": _PLACE,
    "geotrace": _PLACE,
    "geoshape": _PLACE,
    "image": _FILE | {"annotate", "draw", "signature"},
    "audio": _FILE,
    "video": _FILE,
    "file": _FILE,
    "barcode": frozenset({"front", "hidden-answer", "masked"}),
    "group": _GROUP,
    "repeat": _GROUP,
    "acknowledge": frozenset({"minimal"}),
    "note": frozenset({"url", "multiline"}),
    "calculate": frozenset(),
    "attribute": frozenset(),
}
_NUMBERED = re.compile(r"(columns|compact|quickcompact)-\d{1,2}")


def is_appearance(word: str, kind: str) -> bool:
    """Whether a word means something for a kind of question. Unknown kinds take none."""
    if word in _ANY or word in APPEARANCES.get(kind, ()):
        return True
    return APPEARANCES.get(kind) is _CHOICES and _NUMBERED.fullmatch(word) is not None
