"""Commands of the fieldapp layer."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from fieldapp.texts import tr


def add_commands(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add this layer's commands to the program's parser."""
    _add_import(commands)


def _add_import(commands: _SubParsersAction[ArgumentParser]) -> None:
    parser = commands.add_parser("import", help=tr("load open data: wards, rural area, parcels, addresses, timetable"))
    kinds = ("wards", "rural", "collection", "parcels", "addresses", "gtfs")
    parser.add_argument("kind", choices=kinds, help=tr("the layer that the file replaces"))
    parser.add_argument("file", type=Path, help=tr("GeoJSON, CSV or a GTFS zip"))
    parser.add_argument("--source", default="", help=tr("where the data come from, for the attribution"))
    parser.add_argument("--as-of", default="", metavar="YYYY-MM-DD", help=tr("the date of the data (else of the file)"))
    parser.add_argument("--licence", default="", help=tr("under which licence they may be used"))
    parser.add_argument("--home", type=Path, metavar="DIR", help=tr("another folder for this machine's data"))
    parser.add_argument("--json", action="store_true", help=tr("print the report as JSON"))
    parser.set_defaults(run=_import)


def _import(options: Namespace) -> int:
    from fieldapp.places.cli import run_import

    return run_import(options)
