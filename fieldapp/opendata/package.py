"""Writing the City's open data as a Frictionless Data Package: CSV, GeoJSON where there is a place, datapackage.json.

Everything is written beside the folder first and takes its place at the end: there is never half a package.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from fieldapp.errors import RefusedError
from fieldapp.opendata.case import Case
from fieldapp.opendata.columns import Row, rows
from fieldapp.opendata.counts import Counts
from fieldapp.opendata.datasets import Dataset, dataset, datasets
from fieldapp.services import Catalogue
from fieldapp.texts import tr

COUNTS = "counts"
DESCRIPTION = "datapackage.json"


@dataclass(frozen=True)
class Package:
    """A package as it was written: its folder, and how many rows each data set has."""

    folder: Path
    rows: Mapping[str, int]


def write_package(cases: Iterable[Case], catalogue: Catalogue, folder: Path, now: datetime) -> Package:
    """Write the package of these cases into `folder`, in place of the package that may be there.

    RefusedError when `folder` is something else than such a package; OSError when it cannot be written. In both cases
    what was there is there still."""
    _check_ours(folder)
    fresh = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        counted = _write_all(cases, catalogue, fresh)
        _describe(fresh, counted, now)
        _replace(folder, fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return Package(folder, counted)


def _check_ours(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()) and not (folder / DESCRIPTION).is_file():
        raise RefusedError(tr("{folder} holds something else: name a new folder, or one of open data.", folder=folder))


def _replace(folder: Path, fresh: Path) -> None:
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


class Sheet:
    """One data set while it is written: its CSV, and the GeoJSON beside it."""

    def __init__(self, about: Dataset, folder: Path, files: ExitStack) -> None:
        self.about = about
        self.count = 0
        self._csv = csv.DictWriter(self._file(folder, files, "csv"), about.columns, lineterminator="\n")
        self._csv.writeheader()
        self._geo: IO[str] | None = self._file(folder, files, "geojson") if about.lon else None
        self._places = 0
        if self._geo:
            self._geo.write('{"type": "FeatureCollection", "features": [')

    def write(self, row: Row) -> None:
        """Add a row."""
        self._csv.writerow(row)
        self.count += 1
        if self._geo and row[self.about.lon] and row[self.about.lat]:
            self._geo.write(("," if self._places else "") + "\n" + json.dumps(self._feature(row), ensure_ascii=False))
            self._places += 1

    def end(self) -> None:
        """Close what JSON leaves open."""
        if self._geo:
            self._geo.write("\n]}\n")

    def _feature(self, row: Row) -> dict[str, Any]:
        about = self.about
        point = {"type": "Point", "coordinates": [float(row[about.lon]), float(row[about.lat])]}
        told = {name: value for name, value in row.items() if value and name not in (about.lon, about.lat)}
        return {"type": "Feature", "geometry": point, "properties": told}

    def _file(self, folder: Path, files: ExitStack, suffix: str) -> IO[str]:
        return files.enter_context((folder / f"{self.about.name}.{suffix}").open("w", encoding="utf-8", newline=""))


def _write_all(cases: Iterable[Case], catalogue: Catalogue, folder: Path) -> dict[str, int]:
    counts = Counts()
    with ExitStack() as files:
        sheets = {name: Sheet(about, folder, files) for name, about in datasets().items()}
        for case in cases:
            if not _counts(case, catalogue):
                continue
            service = catalogue.get(case.record.service)
            counts.take(case, service)
            for one in service.publications:
                for row in rows(case, service, one, dataset(one.dataset, service.files.toml)):
                    sheets[one.dataset].write(row)
        for row in counts.rows({service.id: service for service in catalogue}):
            sheets[COUNTS].write(row)
        for sheet in sheets.values():
            sheet.end()
    return {name: sheet.count for name, sheet in sheets.items()}


def _counts(case: Case, catalogue: Catalogue) -> bool:
    """Drafts are their author's alone, also where the City keeps a copy."""
    record = case.record
    known = case.received is not None and record.service in catalogue
    return known and record.state not in catalogue.get(record.service).drafts


def _describe(folder: Path, counted: Mapping[str, int], now: datetime) -> None:
    resources = []
    for name, count in counted.items():
        about = datasets()[name]
        resources.append(_resource(folder, about, count))
        if about.lon:
            resources.append(_file(folder, f"{name}.geojson", f"{name}-map", about.title) | {"format": "geojson"})
    package = {
        "name": "city-of-hamilton-field-services",
        "title": "City of Hamilton: permits, inspections and service requests",
        "created": now.isoformat(timespec="seconds"),
        "description": "Single records without persons. Counts of one to four are withheld.",
        "resources": resources,
    }
    (folder / DESCRIPTION).write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _resource(folder: Path, about: Dataset, count: int) -> dict[str, Any]:
    told = {"profile": "tabular-data-resource", "format": "csv", "encoding": "utf-8", "description": about.description}
    more = {"schema": about.schema, "sources": list(about.sources), "rows": count}
    return _file(folder, f"{about.name}.csv", about.name, about.title) | told | more


def _file(folder: Path, path: str, name: str, title: str) -> dict[str, Any]:
    data = (folder / path).read_bytes()
    return {
        "name": name,
        "path": path,
        "title": title,
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }
