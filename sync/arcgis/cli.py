"""Commands: what a map server has, one of its layers into the reference layers, and where an address is."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.texts import plural, tr

if TYPE_CHECKING:
    from sync.arcgis.download import Fetched, Wanted
    from sync.arcgis.layer import Layer
    from sync.arcgis.line import Line

KINDS = ("wards", "rural", "collection", "parcels", "addresses", "streets")


def add_arcgis(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the commands to the program's parser."""
    parser = commands.add_parser("arcgis", help=tr("layers of a map server (ArcGIS) as reference layers"))
    acts = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_list(acts)
    _add_get(acts)
    _add_find(acts)


def _add_list(acts: _SubParsersAction[ArgumentParser]) -> None:
    listed = acts.add_parser("list", help=tr("print the layers of a service, or the columns of a layer"))
    listed.add_argument("url", metavar="URL", help=tr("…/MapServer or …/FeatureServer, or a layer of it: …/15"))
    listed.set_defaults(run=_list)


def _add_get(acts: _SubParsersAction[ArgumentParser]) -> None:
    get = acts.add_parser("get", help=tr("download a layer and load it; the one before stays when anything fails"))
    get.add_argument("kind", choices=KINDS, help=tr("the reference layer that it replaces"))
    get.add_argument("url", metavar="URL", help=tr("…/MapServer or …/FeatureServer, or a layer of it: …/15"))
    get.add_argument("--layer", default="", metavar="NAME", help=tr("the layer's name, where URL is a whole service"))
    get.add_argument("--where", default="1=1", metavar="SQL", help=tr("only these rows, in the server's SQL"))
    column = tr("our name for a column, as in ward=WRD_NO; may be given several times")
    get.add_argument("--column", action="append", default=[], metavar="OURS=THEIRS", help=column)
    keep = tr("keep the layer in this file too, for `fieldapp import` on other machines")
    get.add_argument("--keep", type=Path, metavar="FILE.geojson", help=keep)
    get.add_argument("--source", default="", help=tr("where the data come from, for the attribution"))
    get.add_argument("--licence", default="", help=tr("under which licence they may be used"))
    as_of = tr("the date of the data (else of their last edit, or today)")
    get.add_argument("--as-of", default="", metavar="YYYY-MM-DD", help=as_of)
    get.add_argument("--city", default="practice", metavar="NAME", help=tr("for which city (default: practice)"))
    get.add_argument("--home", type=Path, metavar="DIR", help=tr("another folder for this machine's data"))
    get.add_argument("--json", action="store_true", help=tr("print the report as JSON"))
    get.set_defaults(run=_get)


def _add_find(acts: _SubParsersAction[ArgumentParser]) -> None:
    find = acts.add_parser("find", help=tr("ask the server's geocoder where an address is"))
    find.add_argument("url", metavar="URL", help="…/GeocodeServer")
    find.add_argument("address", help=tr("the address, in one line"))
    find.add_argument("--json", action="store_true", help=tr("print the result as JSON"))
    find.set_defaults(run=_find)


def _list(options: Namespace) -> int:
    from sync.arcgis.layer import entries, layer_at

    with _line(options.url) as line:
        listed = entries(line)
        if listed:
            print("\n".join(f"{one.id}  {one.name}  ({one.type})" for one in listed))
            return 0
        layer = layer_at(line)
    print(f"{layer.name}  ({layer.geometry.removeprefix('esriGeometry')})")
    for one in layer.fields:
        print(f"  {one.name}  {one.alias if one.alias != one.name else ''}".rstrip())
    return 0


def _get(options: Namespace) -> int:
    from tempfile import TemporaryDirectory

    from fieldapp.places.cli import run_import
    from sync.arcgis.download import Wanted
    from sync.arcgis.fitting import check_fits, columns_of
    from sync.arcgis.layer import layer_at

    columns = columns_of(options.column)
    # Beside the file that is kept: it takes its name only when it is whole.
    with _line(options.url) as line, TemporaryDirectory(dir=options.keep.parent if options.keep else None) as folder:
        layer = layer_at(line, options.layer)
        check_fits(layer, options.kind, columns)
        options.file = Path(folder) / (options.keep.name if options.keep else f"{options.kind}.geojson")
        _say(_fetched(line, layer, options.file, Wanted(options.where, columns)), options.json)
        if options.keep:
            options.file = options.file.replace(options.keep)
        options.source = options.source or f"{layer.attribution or layer.name} ({line.url}{layer.path})"
        options.as_of = options.as_of or layer.edited
        return run_import(options)


def _fetched(line: Line, layer: Layer, file: Path, wanted: Wanted) -> Fetched:
    from tqdm import tqdm

    from sync.arcgis.download import download

    # disable=None: the bar is drawn only where standard error is a terminal.
    with tqdm(disable=None, leave=False, file=sys.stderr, desc=layer.name) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        return download(line, layer, file, wanted, progress=progress)


def _say(fetched: Fetched, silent: bool) -> None:
    if fetched.mended and not silent:
        print(
            plural(
                fetched.mended,
                "{n} outline touched itself; it was set right.",
                "{n} outlines touched themselves; they were set right.",
            )
        )


def _find(options: Namespace) -> int:
    from sync.arcgis.geocode import candidates

    with _line(options.url) as line:
        found = candidates(line, options.address)
    if options.json:
        print(json.dumps([vars(one) for one in found], ensure_ascii=False, indent=1))
        return 0
    for one in found:
        print(f"{one.lat:.6f}, {one.lon:.6f}  {one.address}  ({one.score:.0f})")
    print(plural(len(found), "{n} place", "{n} places"))
    return 0


@contextmanager
def _line(url: str) -> Iterator[Line]:
    """The line, with the token that the environment may hold."""
    from sync.arcgis.line import VARIABLE, Line

    line = Line(url, os.environ.get(VARIABLE, ""))
    try:
        yield line
    finally:
        line.close()
