"""The command `gateway layer`: which reference layers the City hands to its laptops."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.places.database import KINDS
from fieldapp.texts import plural, tr

if TYPE_CHECKING:
    from sync.gateway.service import GatewayService

Common = Callable[[ArgumentParser], None]  # adds where the records are
Opened = Callable[[Namespace], "GatewayService"]


def add_layers(acts: _SubParsersAction[ArgumentParser], common: Common, opened: Opened) -> None:
    """Add the commands to the gateway's."""
    parser = acts.add_parser("layer", help=tr("reference layers that laptops take at their next sync"))
    kinds = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    publish = kinds.add_parser("publish", help=tr("check a layer, and hand it to all laptops"))
    publish.add_argument("kind", choices=KINDS, help=tr("the reference layer that it replaces"))
    publish.add_argument("file", type=Path, metavar="FILE", help=tr("GeoJSON, CSV or a GTFS zip"))
    publish.add_argument("--source", default="", help=tr("where the data come from, for the attribution"))
    publish.add_argument("--licence", default="", help=tr("under which licence they may be used"))
    publish.add_argument(
        "--as-of", default="", metavar="YYYY-MM-DD", help=tr("the date of the data (else of the file)")
    )
    listed = kinds.add_parser("list", help=tr("print the layers that laptops take, each with its day"))
    off = kinds.add_parser("withdraw", help=tr("hand a layer out no more; laptops keep what they have"))
    off.add_argument("kind", choices=KINDS, help=tr("the reference layer"))
    for made, run in ((publish, _publish), (listed, _list), (off, _withdraw)):
        common(made)
        made.set_defaults(run=run, opened=opened)


def _publish(options: Namespace) -> int:
    from tqdm import tqdm

    from fieldapp.places import Report
    from fieldapp.places.cli import told

    about = Report(options.kind, "", source=options.source, as_of=options.as_of, licence=options.licence)
    service = options.opened(options)
    try:
        # disable=None: the bar is drawn only where standard error is a terminal.
        with tqdm(unit="B", unit_scale=True, disable=None, leave=False, file=sys.stderr, desc=options.kind) as bar:

            def progress(done: int, size: int) -> None:
                bar.total = size
                bar.update(done - bar.n)

            report = service.layers.publish(options.kind, options.file, about, progress)
    finally:
        service.close()
    print(told(report))
    print(tr("The City has {kind} of {day}. Laptops take it at their next sync.", kind=report.kind, day=report.as_of))
    return 0


def _list(options: Namespace) -> int:
    service = options.opened(options)
    try:
        found = service.layers.current()
    finally:
        service.close()
    for one in found:
        counted = plural(one.rows, "{n} row", "{n} rows")
        print(f"{one.name}  {one.as_of}  {counted}  {one.size:,} B  {one.sha256[:12]}  {one.source}".rstrip())
    if not found:
        print(tr("The City hands out no layer yet: publish one with “gateway layer publish”."))
    return 0


def _withdraw(options: Namespace) -> int:
    service = options.opened(options)
    try:
        was = service.layers.withdraw(options.kind)
    finally:
        service.close()
    kind = options.kind
    print(
        tr("Laptops are sent no {kind} any more.", kind=kind) if was else tr("The City hands out no {kind}.", kind=kind)
    )
    return 0 if was else 1
