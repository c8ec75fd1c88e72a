"""A form that is written as tables in a text file, as the spreadsheet that an office would rather edit."""

from __future__ import annotations

from pathlib import Path

from fieldapp.forms.xlsform.workbook import Workbook, read_workbook

_WIDE, _NARROW = 38, 16  # columns, in letters
_NOTES = "notes"  # a sheet that is for the author alone


def write_spreadsheet(source: Path, target: Path) -> None:
    """Write the form in `source` (form.md) into `target` (form.xlsx). What stands outside of its tables is kept in a
    sheet of its own. FormError when the source cannot be read."""
    import openpyxl
    from openpyxl.styles import Alignment, Font

    content = source.read_bytes()
    form = read_workbook(source, content)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in ("survey", "choices", "settings"):
        sheet = book.create_sheet(name)
        for row in _cells(form, name):
            sheet.append(row)
        for cell in sheet[1]:
            cell.font = Font(bold=True)
            wide = "::" in str(cell.value) or cell.value in {"constraint", "calculation", "relevant"}
            sheet.column_dimensions[cell.column_letter].width = _WIDE if wide else _NARROW
        for line in sheet.iter_rows():
            for cell in line:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.number_format = "@"  # text: a program that makes a date or a sum of it would change it
        sheet.freeze_panes = "C2" if name == "survey" else "A2"
    notes = book.create_sheet(_NOTES)
    for line in content.decode("utf-8").splitlines():
        if not line.startswith("|"):
            notes.append([line])
    book.save(target)


def _cells(form: Workbook, name: str) -> list[list[str]]:
    headers = form.headers.get(name, [])
    return [list(headers), *([row.get(header) for header in headers] for row in form.rows(name))]
