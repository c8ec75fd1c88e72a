"""`fieldapp import KIND FILE`: what it does and what it prints; its words are declared in fieldapp/cli.py."""

from __future__ import annotations

import json
import sys
from argparse import Namespace

from tqdm import tqdm

from fieldapp.paths import Home, home
from fieldapp.places.importing import import_layer
from fieldapp.places.imports.report import Report
from fieldapp.texts import plural, tr


def run_import(options: Namespace) -> int:
    """Import one file and print its report."""

    about = Report(options.kind, "", source=options.source, as_of=options.as_of, licence=options.licence)
    place = Home(options.home) if options.home else home(options.city)
    # disable=None: the bar is drawn only where standard error is a terminal.
    with tqdm(unit="B", unit_scale=True, disable=None, leave=False, file=sys.stderr, desc=options.kind) as bar:

        def progress(done: int, size: int) -> None:
            bar.total = size
            bar.update(done - bar.n)

        report = import_layer(place.layers, options.kind, options.file, about=about, progress=progress)
    print(json.dumps(report.payload(), indent=2, ensure_ascii=False) if options.json else told(report))
    return 0


def told(report: Report) -> str:
    """The report in words, a line a thing."""
    lines = [
        tr("{kind}: {file}, as of {as_of}", kind=report.kind, file=report.file, as_of=report.as_of),
        plural(
            report.rows,
            "  {rows} row in {seconds} s",
            "  {rows} rows in {seconds} s",
            rows=f"{report.rows:,}",
            seconds=f"{report.seconds:.1f}",
        ),
    ]
    lines += [f"  {_counted(name, f'{count:,}')}" for name, count in report.counts.items()]
    if report.bad_rows:
        lines += _listed(plural(report.bad_rows, "{n} row passed over", "{n} rows passed over"), report.bad_samples)
    if report.doubled_ids:
        told_ids = plural(
            report.doubled_ids,
            "{n} id occurs more than once ({rows} rows too many; all are kept)",
            "{n} ids occur more than once ({rows} rows too many; all are kept)",
            rows=report.doubled_rows,
        )
        lines += _listed(told_ids, report.doubled_samples)
    lines += _wards(report)
    return "\n".join([*lines, *(f"  {note}" for note in report.notes)])


def _wards(report: Report) -> list[str]:
    """What the report says of wards: nothing where no ward was known."""
    if not report.wards_from:
        return []
    by = tr("by the polygons of the wards layer")
    if report.wards_from == "column":
        by = tr("by the file's own ward column; import wards to compute it")
    lines = [
        "  "
        + plural(report.outside_wards, "{n} row outside every ward ({by})", "{n} rows outside every ward ({by})", by=by)
    ]
    if report.wards_differ:
        told_rows = plural(
            report.wards_differ,
            "{n} row has another ward in its own column; the polygons were used",
            "{n} rows have another ward in their own column; the polygons were used",
        )
        lines += _listed(told_rows, report.differ_samples)
    return lines


def _counted(name: str, count: str) -> str:
    """What else was in the file, or was touched by it."""
    return {
        "stops": tr("{n} stops", n=count),
        "stops outside every ward": tr("{n} stops outside every ward", n=count),
        "stops placed anew": tr("{n} stops placed anew", n=count),
        "routes": tr("{n} routes", n=count),
        "trips": tr("{n} trips", n=count),
        "streets": tr("{n} streets", n=count),
        "arterial": tr("{n} stretches of arterial roads", n=count),
        "collector": tr("{n} stretches of collector roads", n=count),
        "local": tr("{n} stretches of local streets", n=count),
        "parcels": tr("{n} parcels placed anew", n=count),
        "addresses": tr("{n} addresses placed anew", n=count),
    }[name]


def _listed(title: str, samples: list[str]) -> list[str]:
    return [f"  {title}:", *(f"    {sample}" for sample in samples)]
