"""What an author got wrong in the sheets, all of it at once, each with sheet, row and column.

pyxform stops at its first error and, without Java, looks into no expression; this looks at every row by itself.
"""

from __future__ import annotations

from fieldapp.forms.lint.cells import cell_faults
from fieldapp.forms.lint.columns import column_faults
from fieldapp.forms.lint.findings import Finding
from fieldapp.forms.lint.lists import list_faults
from fieldapp.forms.lint.nesting import nesting
from fieldapp.forms.lint.sheets import Sheets


def lint_sheets(sheets: Sheets) -> list[Finding]:
    """All that is wrong in a composed workbook's rows."""
    return [*nesting(sheets), *cell_faults(sheets), *column_faults(sheets), *list_faults(sheets)]
