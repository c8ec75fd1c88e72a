"""`import_layer`: one file into one layer, in one transaction, with a report of what was in it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.clock import CITY_ZONE, Clock, SystemClock, stamp
from fieldapp.errors import LayerError, Place
from fieldapp.places.database import AREA_LAYERS, KINDS, finish, recreate, writing
from fieldapp.places.imports.files import examine
from fieldapp.places.imports.report import Progress, Report
from fieldapp.texts import tr

if TYPE_CHECKING:
    from fieldapp.places.imports.job import Job

SHRUNK = 0.9  # a layer that lost a tenth of its rows is worth a word: a file cut between two rows looks whole


def import_layer(
    layers: Path,
    kind: str,
    file: Path,
    *,
    about: Report | None = None,
    clock: Clock | None = None,
    progress: Progress = lambda _done, _size: None,
) -> Report:
    """Replace the layer `kind` in the file `layers` by what `file` holds.

    `about` may bring source, as_of (YYYY-MM-DD) and licence, and what the file was called before. `progress` gets bytes
    read and bytes in all. Raises LayerError with the place when the file is refused; then, as after any other error,
    nothing has changed.
    """
    from fieldapp.places.imports.job import Job

    if kind not in KINDS:
        raise LayerError(tr("There is no layer “{kind}”; there are: {kinds}.", kind=kind, kinds=", ".join(KINDS)))
    started = time.perf_counter()
    source = examine(file)
    report = _begun(kind, file, about, clock or SystemClock())
    report.sha256 = source.sha256
    with writing(layers) as connection:
        job = Job(connection, source, report, progress)
        before = connection.execute("SELECT rows FROM layers WHERE name = ?", (kind,)).fetchone()
        recreate(connection, kind)
        try:
            _importer(kind)(job)
        except UnicodeEncodeError as error:  # half of a surrogate pair, written as an escape in JSON
            raise LayerError(tr("The text is not UTF-8. Save the file as UTF-8."), job.place) from error
        finish(connection, kind)
        if kind in {"wards", "rural"}:
            from fieldapp.places.imports.locator import relocate

            relocate(connection, report)
        if before and report.rows < before[0] * SHRUNK:
            report.notes.append(tr("The layer had {n} rows before: is the file whole?", n=f"{before[0]:,}"))
        report.seconds = round(time.perf_counter() - started, 3)
        _sign(job)
    report.seconds = round(time.perf_counter() - started, 3)
    return report


def _begun(kind: str, file: Path, about: Report | None, clock: Clock) -> Report:
    given = about or Report(kind, "")
    as_of = given.as_of or datetime.fromtimestamp(file.stat().st_mtime, CITY_ZONE).date().isoformat()
    try:
        date.fromisoformat(as_of)
    except ValueError:
        raise LayerError(tr("“{day}” is no date.", day=as_of), Place(field="as-of")) from None
    return Report(kind, given.file or file.name, given.source, as_of, given.licence, imported_at=stamp(clock.now()))


def _importer(kind: str) -> Callable[[Job], None]:
    """The importer of a kind; shapely and NumPy are loaded only now, not when the program starts."""
    if kind in AREA_LAYERS:
        from fieldapp.places.imports.areas import import_areas

        return import_areas
    if kind == "parcels":
        from fieldapp.places.imports.parcels import import_parcels

        return import_parcels
    if kind == "addresses":
        from fieldapp.places.imports.addresses import import_addresses

        return import_addresses
    if kind == "streets":
        from fieldapp.places.imports.streets import import_streets

        return import_streets
    from fieldapp.places.imports.gtfs import import_gtfs

    return import_gtfs


def _sign(job: Job) -> None:
    """Write the layer's own row: what it is, from where and of when."""
    report = job.report
    report.source = report.source or report.file
    row = (report.kind, report.file, report.source, report.as_of, report.licence, report.rows, report.imported_at)
    job.connection.execute(
        "INSERT OR REPLACE INTO layers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*row, report.sha256, json.dumps(report.payload(), ensure_ascii=False)),
    )
