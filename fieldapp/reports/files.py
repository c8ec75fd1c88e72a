"""Reports as files: JSON with everything, CSV for a spreadsheet. Each file takes its place whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from fieldapp.reports.measures import Measured, rows
from fieldapp.reports.year import Line, YearReport
from fieldapp.store.durable import make_folder, write_durably

COLUMNS = ("measure", "title", "what", "group", "value")


def write_dashboard(found: Sequence[Measured], folder: Path, first: date, last: date) -> tuple[Path, Path]:
    """`dashboard.json` and `dashboard.csv` of a period."""
    told = {"from": first.isoformat(), "to": last.isoformat(), "measures": [_measured(one) for one in found]}
    return _json(folder / "dashboard.json", told), _csv(folder / "dashboard.csv", COLUMNS, rows(found))


def write_year(report: YearReport, folder: Path) -> tuple[Path, Path]:
    """`year-report.json` and `year-report.csv`."""
    lines = [("all", report.total)]
    kinds = (("service", report.services), ("channel", report.channels), ("ward", report.wards))
    lines += [(kind, line) for kind, found in kinds for line in found]
    columns = ("by", *Line.__dataclass_fields__)
    table = ({"by": kind, **{name: _text(value) for name, value in asdict(line).items()}} for kind, line in lines)
    return _json(folder / "year-report.json", year_as_json(report)), _csv(folder / "year-report.csv", columns, table)


def year_as_json(report: YearReport) -> dict[str, Any]:
    """The report as plain JSON values; null is what is withheld."""
    survey = [
        {
            "question": one.question.path,
            "title": asdict(one.question.title),
            "answers": one.answers,
            "share": one.share,
            "baseline": one.question.baseline,
            "source": one.question.source,
        }
        for one in report.survey
    ]
    days = {"first": report.first.isoformat(), "last": report.last.isoformat()}
    return {**asdict(report), **days, "survey": survey}


def _measured(one: Measured) -> dict[str, Any]:
    groups = [{"group": list(key), "value": value} for key, value in one.groups.items()]
    about = {"id": one.measure.id, "title": asdict(one.measure.title), "what": one.measure.what}
    return {**about, "by": list(one.measure.by), "groups": groups}


def _text(value: object) -> str:
    return "" if value is None else f"{value:.12g}" if isinstance(value, float) else str(value)


def _json(path: Path, value: object) -> Path:
    return _write(path, json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def _csv(path: Path, columns: Sequence[str], table: Iterable[Mapping[str, str]]) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return _write(path, text.getvalue())


def _write(path: Path, text: str) -> Path:
    make_folder(path.parent)
    write_durably(path, text.encode())
    return path
