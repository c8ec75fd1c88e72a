"""The tables in a service folder, row by row: both languages, a source, days, amounts."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from fieldapp.errors import Place, ServiceError
from fieldapp.forms.lint.findings import Finding
from fieldapp.services.checking.problems import FRENCH, ROW, of_fault, problem
from fieldapp.services.fees import COLUMNS, FEES_FILE, MARKS, fee_faults
from fieldapp.services.tables import Table, ragged, read_table
from fieldapp.texts import tr


def problems(folder: Path) -> Iterator[Finding]:
    """All that is wrong in the folder's own tables."""
    for path in sorted(folder.glob("*.csv")):
        is_fees = path.name == FEES_FILE
        try:
            table = read_table(path, COLUMNS if is_fees else ())
        except ServiceError as fault:
            yield of_fault(ROW, fault)
            yield from _ragged(path)
            continue
        yield from _columns(table)
        for number, row in enumerate(table.rows, start=2):
            yield from _row(table, number, row)
        if is_fees:
            yield from (of_fault(ROW, fault) for fault in fee_faults(table))


def _ragged(path: Path) -> Iterator[Finding]:
    """Every further row that is longer or shorter than the header: the reader stops at the first."""
    try:
        header, *lines = csv.reader(path.read_text("utf-8-sig").splitlines(), strict=True)
    except (OSError, UnicodeDecodeError, csv.Error, ValueError):
        return
    for number, line in enumerate(lines, start=2):
        if len(line) != len(header):
            yield problem(ROW, Place(path.name, row=number), ragged(len(line), len(header)))


def _columns(table: Table) -> Iterator[Finding]:
    for english, french in _pairs(table):
        for there, lacking in ((english, french), (french, english)):
            if there in table.columns and lacking not in table.columns:
                message = tr("there is a column “{there}”, but none for the other language", there=there)
                yield problem(FRENCH, Place(table.path.name, row=1, column=lacking), message)


def _row(table: Table, number: int, row: Mapping[str, str]) -> Iterator[Finding]:
    name = table.path.name
    for english, french in _pairs(table):
        if bool(row.get(english)) != bool(row.get(french)) and {english, french} <= row.keys():
            column = french if row[english] else english
            yield problem(FRENCH, Place(name, row=number, column=column), tr("this text is not translated"))
    if row.get("source") == "":
        yield problem(ROW, Place(name, row=number, column="source"), tr("every row says where it comes from"))
    if "mark" in row and row["mark"] not in MARKS and name != FEES_FILE:
        message = tr("“{value}” is none of {allowed}", value=row["mark"], allowed=", ".join(MARKS))
        yield problem(ROW, Place(name, row=number, column="mark"), message)


def _pairs(table: Table) -> list[tuple[str, str]]:
    """The columns of texts in two languages: `en` and `fr`, `prep_en` and `prep_fr`."""
    bases = {column[:-2] for column in table.columns if column in {"en", "fr"} or column.endswith(("_en", "_fr"))}
    return [(f"{base}en", f"{base}fr") for base in sorted(bases)]
