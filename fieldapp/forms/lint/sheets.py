"""A composed workbook as the checks of its rows see it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from fieldapp.forms.lint.spelling import Speller
from fieldapp.forms.xlsform.compose import list_name
from fieldapp.forms.xlsform.headers import is_disabled, value
from fieldapp.forms.xlsform.workbook import Row, Workbook

BEGIN = re.compile(r"begin[ _]+(group|repeat|loop|lgroup)\b", re.IGNORECASE)
END = re.compile(r"end[ _]+(group|repeat|loop|lgroup)\b", re.IGNORECASE)
REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^}]*?)\s*\}")
UNCLOSED = re.compile(r"\$\{([^}]*?)\s*(?:\$\{|$)")
SELECT = re.compile(
    r"(?:add )?(?:select[ _]one|select[ _]multiple|select all that apply|select1|rank)(?: prompt)?(?: from| using)?"
    r"\s+(\S+)"
)


@dataclass
class Sheets:
    """The rows that count, and the names in them."""

    book: Workbook
    speller: Speller = field(default_factory=Speller)

    @cached_property
    def survey(self) -> list[Row]:
        """The rows of questions and groups."""
        return [row for row in self.book.rows("survey") if value(row, "type") and not is_disabled(row)]

    @cached_property
    def names(self) -> dict[str, None]:
        """Every question's name, in the form's order."""
        return dict.fromkeys(value(row, "name") for row in self.survey)

    @cached_property
    def lists(self) -> dict[str, list[Row]]:
        """The rows of each choice list."""
        found: dict[str, list[Row]] = {}
        for row in self.book.rows("choices"):
            if row.cells:
                found.setdefault(list_name(row), []).append(row)
        return found
