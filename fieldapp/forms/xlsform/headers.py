"""The columns of the survey sheet by the many names that XLSForm allows for them."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.forms.xlsform.workbook import Row

_ALIASES = {
    "relevance": "relevant",
    "calculate": "calculation",
    "read_only": "readonly",
    "jr:count": "repeat_count",
    "count": "repeat_count",
    "jr:constraintmsg": "constraint_message",
    "jr:requiredmsg": "required_message",
    "command": "type",
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


def canonical(header: str) -> str:
    """A header in its one spelling, without its language: `Relevance` → `relevant`, `label::French (fr)` → `label`."""
    name = header.strip().casefold()
    name = name.removeprefix("bind::").removeprefix("bind:").removeprefix("control::")
    name = name.partition("::")[0] if "::" in name else name
    name = name.strip().replace(" ", "_")
    return _ALIASES.get(name, name)


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
