"""A form that pyxform refuses, with what it refuses taken out: the rest of it can then be checked like any other form.

What is taken out was told already, so nothing is said of the stand-ins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from fieldapp.errors import Place
from fieldapp.forms.lint.findings import Finding
from fieldapp.forms.lint.sheets import BEGIN, END, REFERENCE, UNCLOSED
from fieldapp.forms.xlsform.headers import canonical, header_of, value
from fieldapp.forms.xlsform.workbook import Row, Workbook

# The errors with which pyxform gets no further; in all others it sees nothing wrong.
STOPPING = frozenset(
    {"conversion", "unknown-type", "no-type", "no-name", "bad-name", "name-taken", "unknown-list", "unknown-question"}
    | {"duplicate-choice", "blank-in-choice", "bad-reference"}
)
_OF_A_TYPE = frozenset({"type", "appearance", "parameters", "choice_filter"})


def without(book: Workbook, findings: Iterable[Finding]) -> Workbook:
    """The book with each of these faults out of the way, and its groups closed."""
    faults: dict[tuple[str, str, int | None], list[Finding]] = {}
    for item in findings:
        if item.code in STOPPING:
            faults.setdefault(_row(item.place), []).append(item)
    labels = (header for header in book.headers.get("survey", []) if canonical(header) == "label")
    label = next(labels, "label")
    sheets = {
        name: [_mended(row, faults.get(_row(row.place), ()), label) for row in rows]
        for name, rows in book.sheets.items()
    }
    sheets["survey"] = _closed(_known(sheets.get("survey", [])))
    return Workbook(book.file, sheets, book.headers)


def _row(place: Place) -> tuple[str, str, int | None]:
    return place.file, place.sheet, place.row


def _mended(row: Row, faults: Iterable[Finding], label: str) -> Row:
    for fault in faults:
        change = _CHANGES.get((row.place.sheet, fault.code))
        row = change(row) if change is not None else _cut(row, fault.place.column, label)
    return row


def _cut(row: Row, column: str, label: str) -> Row:
    """Without the cell that is to blame; where that is not said, or it has to be there, with the least a row needs."""
    if column in row.cells and canonical(column) not in {"type", "name"}:
        return Row({header: text for header, text in row.cells.items() if header != column}, row.place)
    return _least(row, label)


def _least(row: Row, label: str) -> Row:
    """The row's name and type alone; then a hidden value in its place; then nothing at all."""
    kind, name = value(row, "type"), value(row, "name")
    kept = {"type": kind, "name": name, label: "…"}
    if not name or END.match(kind) or row.cells.get("type") == "hidden":
        kept = {}
    elif row.cells == kept:
        kept = {} if BEGIN.match(kind) else {"type": "hidden", "name": name}
    return Row(kept, row.place)


def _retyped(row: Row) -> Row:
    kept = {header: text for header, text in row.cells.items() if canonical(header) not in _OF_A_TYPE}
    return Row({"type": "text", **kept}, row.place)


def _renamed(row: Row) -> Row:
    return Row({**row.cells, header_of(row, "name"): f"row_{row.place.row}"}, row.place)


def _left_out(row: Row) -> Row:
    return Row({}, row.place)


def _joined(row: Row) -> Row:
    return Row({**row.cells, header_of(row, "name"): "_".join(value(row, "name").split())}, row.place)


_CHANGES: dict[tuple[str, str], Callable[[Row], Row]] = {
    **{("survey", code): _retyped for code in ("unknown-type", "no-type", "unknown-list")},
    **{("survey", code): _renamed for code in ("no-name", "bad-name", "name-taken")},
    **{("choices", code): _left_out for code in ("no-name", "duplicate-choice", "conversion")},
    ("choices", "blank-in-choice"): _joined,
}


def _known(rows: list[Row]) -> list[Row]:
    """The rows without cells that refer to names which are gone with the faults."""
    names = {value(row, "name") for row in rows}

    def is_sound(text: str) -> bool:
        return all(name in names for name in REFERENCE.findall(text)) and not UNCLOSED.search(text)

    return [Row({header: text for header, text in row.cells.items() if is_sound(text)}, row.place) for row in rows]


def _closed(rows: list[Row]) -> list[Row]:
    """The rows with their groups closed: an end of the wrong kind closes what is open, one too many is left out."""
    found: list[Row] = []
    open_: list[str] = []
    for row in rows:
        kind = value(row, "type")
        begin, end = BEGIN.match(kind), END.match(kind)
        if begin:
            open_.append(begin[1].lower())
        if not end:
            found.append(row)
            continue
        what = end[1].lower()
        if what in open_:
            while open_[-1] != what:
                found.append(_end(open_.pop(), row))
        if open_:
            found.append(_end(open_.pop(), row))
        else:
            found.append(Row({}, row.place))
    return [*found, *(_end(kind, rows[-1]) for kind in reversed(open_))]


def _end(kind: str, at: Row) -> Row:
    return Row({"type": f"end_{kind}"}, at.place)
