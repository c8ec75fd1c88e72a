"""What is found in a service folder: findings, as the forms' own linter has them, with codes for the rest of a service.

Each of them keeps a service from being published. Codes never change; messages may.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fieldapp.errors import InputError, Place
from fieldapp.forms.lint.findings import ERROR, Finding

DECLARED = "service"  # service.toml says something that it cannot mean
PATH = "unknown-path"  # a path that is no question of the form
ICON = "unknown-icon"
DATASET = "unknown-data-set"  # or a column of one
CHOICE = "unknown-choice"
UNWRITTEN = "template-words"  # what `service new` wrote, and its author was to replace
FRENCH = "missing-translation"
LANGUAGE = "missing-language"
ROW = "bad-row"  # a row of a table
LOOKUP = "unknown-row"  # a fee, clock or other row that the form looks up, and that no table has
CLASS = "no-privacy-class"
PUBLISHED = "published-personal"
NOTICE = "no-notice"
SHARED = "between-services"


def problem(code: str, place: Place, message: str, suggestion: str = "") -> Finding:
    """Something to correct."""
    return Finding(ERROR, place, message, code, suggestion)


def of_fault(code: str, fault: InputError) -> Finding:
    """What a reader refused; the file is named without its folder, as forms name theirs."""
    place = replace(fault.place, file=Path(fault.place.file).name)
    return problem(code, place, str(fault.args[0]))
