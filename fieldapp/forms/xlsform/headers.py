"""The columns of the survey sheet: XLSForm's by the many names it allows for them, and our own: the table of both."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from fieldapp.forms.xlsform.workbook import Row

_ALIASES = {
    "caption": "label",
    "relevance": "relevant",
    "calculate": "calculation",
    "read_only": "readonly",
    "jr:count": "repeat_count",
    "count": "repeat_count",
    "constraining_message": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "jr:requiredmsg": "required_message",
    "requiredmsg": "required_message",
    "command": "type",
    "tag": "name",
    "value": "name",
}
# The column in which an author wrote what is a rule of ours.
RULE_COLUMNS = {
    "relevant": "relevant",
    "calculate": "calculation",
    "readonly": "readonly",
    "required": "required",
    "constraint": "constraint",
    "count": "repeat_count",
    "choices": "choice_filter",
    "setvalue": "default",
    "label": "label",
    "hint": "hint",
    "constraint_message": "constraint_message",
    "required_message": "required_message",
}
EXPRESSIONS = frozenset(
    {"relevant", "calculation", "readonly", "required", "constraint", "repeat_count", "choice_filter"}
)
TEXTS = frozenset({"label", "hint", "guidance_hint", "constraint_message", "required_message"})
REFERRING = EXPRESSIONS | TEXTS | {"default", "trigger"}  # what may speak of other questions as ${name}

# What XLSForm gives a meaning to.
STANDARD = frozenset(
    EXPRESSIONS
    | TEXTS
    | {"type", "name", "default", "trigger", "appearance", "parameters", "disabled", "media", "image", "big-image"}
    | {"audio", "video", "autoplay", "rows", "save_to", "intent", "query", "accuracythreshold", "body", "instance"}
    | {"jr:preload", "jr:preloadparams", "no_app_error_string", "compact_tag", "accept", "accuracy_threshold"}
    | {"sms_field", "sms_option", "sms_separator", "sms_allow_media", "sms_date_format", "sms_datetime_format"}
)
# Ours, as an author writes them: other tools carry `bind::` and `body::` columns along without looking at them.
OWN = {
    "privacy": "bind::privacy",  # P0 public … P4 health; of a group: of all in it
    "pdf": "bind::pdf",  # the field of the paper form that shows the answer
    "was": "bind::was",  # the question's names or paths in older versions of the form
    "layout": "body::layout",  # its place in the row, on paper and on screen
    "unit": "body::unit",  # what a number counts: m², mm, dB
    "mask": "body::mask",  # the pattern of a text, as in Qt: >A9A 9A9 for a postal code
}
PRIVACY_CLASSES = ("P0", "P1", "P2", "P3", "P4")
LAYOUT_WORDS = frozenset({"full", "half", "third", "quarter", "page"})  # widths; `page` begins a new one


@lru_cache(maxsize=1024)
def canonical(header: str) -> str:
    """A header in its one spelling, without its language: `Relevance` → `relevant`, `label::French (fr)` → `label`."""
    name = header.strip().casefold()
    for prefix in ("bind::", "bind:", "control::", "body::", "media::"):
        name = name.removeprefix(prefix)
    name = name.partition("::")[0] if "::" in name else name
    name = "_".join(name.split())
    return _ALIASES.get(name, name)


def language_of(header: str) -> str:
    """The language of a header, "" for none: `label::French (fr)` → `French (fr)`."""
    return header.strip().removeprefix("media::").partition("::")[2].strip() if canonical(header) in _SPOKEN else ""


_SPOKEN = TEXTS | {"image", "big-image", "audio", "video"}


def cells(row: Row) -> Iterator[tuple[str, str, str]]:
    """Each cell of a row: the header as written, its one spelling, and the text."""
    for header, text in row.cells.items():
        yield header, canonical(header), text


def header_of(row: Row, rule: str) -> str:
    """The header under which a row holds a rule of ours."""
    wanted = RULE_COLUMNS.get(rule, rule)
    return next((header for header, name, _ in cells(row) if name == wanted), wanted)


def value(row: Row, column: str) -> str:
    """The text of a column by its one spelling, "" where it is blank."""
    return next((text for _, name, text in cells(row) if name == column), "").strip()


def is_disabled(row: Row) -> bool:
    """Whether the author switched the row off."""
    return value(row, "disabled").casefold().startswith("y")
