"""The command `export`: what the City publishes of its records, written from the gateway's own database."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable
from pathlib import Path

from fieldapp.texts import tr

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


def _opendata(options: Namespace) -> int:
    from fieldapp.clock import SystemClock
    from fieldapp.opendata import write_package
    from fieldapp.services import Catalogue
    from sync.gateway.cli import open_database
    from sync.gateway.publishing.cases import cases

    catalogue = Catalogue.load(options.services or ())
    database = open_database(options.data, options.database)
    try:
        written = write_package(cases(database), catalogue, options.folder, SystemClock().now())
    finally:
        database.close()
    for name, count in written.rows.items():
        print(tr("{name}: rows {n}", name=name, n=count))
    print(tr("The package is in {folder}.", folder=written.folder))
    return 0
