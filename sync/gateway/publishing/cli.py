"""The command `export`: what the City publishes of its records, written from the gateway's own database."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.texts import tr
from sync.gateway.opening import records_of

if TYPE_CHECKING:
    from fieldapp.opendata import Case
    from fieldapp.services import Catalogue

Common = Callable[[ArgumentParser], None]


def add_export(commands: _SubParsersAction[ArgumentParser], add_common: Common) -> None:
    """Add the command to the program's parser."""
    parser = commands.add_parser("export", help=tr("write open data from the City's records"))
    kinds = parser.add_subparsers(title=tr("commands"), metavar="COMMAND", required=True)
    opendata = kinds.add_parser(
        "opendata", help=tr("permits, inspections, requests and counts as a data package, without persons")
    )
    add_common(opendata)
    opendata.add_argument("folder", type=Path, metavar="DIR", help=tr("where the package goes"))
    opendata.set_defaults(run=_opendata)
    dashboard = kinds.add_parser("dashboard", help=tr("the measures of the City Dashboard, as JSON and CSV"))
    dashboard.set_defaults(run=_dashboard)
    report = kinds.add_parser(
        "report", help=tr("the report to Council on a period: PDF in both languages, JSON and CSV")
    )
    report.set_defaults(run=_report)
    for parser in (dashboard, report):
        add_common(parser)
        parser.add_argument(
            "--from", dest="first", type=_day, required=True, metavar="YYYY-MM-DD", help=tr("first day")
        )
        parser.add_argument("--to", dest="last", type=_day, required=True, metavar="YYYY-MM-DD", help=tr("last day"))
        parser.add_argument("folder", type=Path, metavar="DIR", help=tr("where the files go"))


def _day(text: str) -> date:
    return date.fromisoformat(text)


@contextmanager
def _city(options: Namespace) -> Iterator[tuple[Iterator[Case], Catalogue]]:
    """All cases of the City, and its services. RefusedError where no City has its records there: a report of nothing
    would be taken for its own."""
    from fieldapp.errors import RefusedError
    from fieldapp.services import Catalogue
    from sync.gateway.database import NAME
    from sync.gateway.publishing.cases import cases

    if not options.database and not (options.data / NAME).is_file():
        raise RefusedError(tr("There are no records of a City in “{folder}”.", folder=options.data))
    with records_of(options) as database:
        yield cases(database), Catalogue.load(options.services or ())


def _check_period(options: Namespace) -> None:
    """RefusedError for a period that ends before it begins: no day is in it."""
    from fieldapp.errors import RefusedError

    if options.last < options.first:
        days = {"first": options.first.isoformat(), "last": options.last.isoformat()}
        raise RefusedError(tr("The last day, {last}, is before the first one, {first}.", **days))


def _dashboard(options: Namespace) -> int:
    from fieldapp.reports import measures
    from fieldapp.reports.files import write_dashboard

    _check_period(options)
    with _city(options) as (cases, catalogue):
        found = measures(cases, catalogue, options.first, options.last)
    return _say(write_dashboard(found, options.folder, options.first, options.last))


def _report(options: Namespace) -> int:
    from fieldapp.reports import year_report
    from fieldapp.reports.files import write_year
    from fieldapp.reports.paper import write_papers

    _check_period(options)
    with _city(options) as (cases, catalogue):
        found = year_report(cases, catalogue, options.first, options.last)
    return _say([*write_year(found, options.folder), *write_papers(found, catalogue, options.folder)])


def _say(written: Iterable[Path]) -> int:
    for path in written:
        print(path)
    return 0


def _opendata(options: Namespace) -> int:
    from fieldapp.clock import SystemClock
    from fieldapp.opendata import write_package

    with _city(options) as (cases, catalogue):
        written = write_package(cases, catalogue, options.folder, SystemClock().now())
    for name, count in written.rows.items():
        print(tr("{name}: rows {n}", name=name, n=count))
    print(tr("The package is in {folder}.", folder=written.folder))
    return 0
