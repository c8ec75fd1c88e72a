"""The command `gateway numbers`: the gap report of each series, and devices that do not come back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.texts import tr

if TYPE_CHECKING:
    from sync.gateway.gaps import Gap, Report
    from sync.gateway.transactions import CityDatabase


def add_numbers(acts: _SubParsersAction[ArgumentParser], add_common: Callable[[ArgumentParser], None]) -> None:
    """Add the command to the gateway's."""
    parser = acts.add_parser("numbers", help=tr("what became of every official number that was handed out"))
    add_common(parser)
    parser.add_argument("--series", default="", metavar="S", help=tr("one series, as in order/2026 (default: all)"))
    parser.add_argument("--gaps", action="store_true", help=tr("list each number that stands on no record"))
    parser.add_argument("--retire", default="", metavar="DEVICE", help=tr("count the numbers of a device as lost"))
    parser.add_argument("--reason", default="", help=tr("why it does not come back"))
    parser.set_defaults(run=_run)


def _run(options: Namespace) -> int:
    from fieldapp.clock import SystemClock, stamp
    from sync.gateway.gaps import reports, retire

    database = open_database(options.data, options.database)
    try:
        if options.retire:
            with database.write() as tx:
                n = retire(tx, options.retire, options.reason, stamp(SystemClock().now()))
            print(tr("Blocks of {device} that count as lost now: {n}", device=options.retire, n=n))
        with database.snapshot() as reader:
            found = reports(reader, options.series)
    finally:
        database.close()
    for report in found:
        _show(report, gaps=options.gaps)
    if not found:
        print(tr("No official number was handed out yet."))
    return 0


def _show(report: Report, *, gaps: bool) -> None:
    words = _words()
    told = ", ".join(f"{words[fate]} {n}" for fate, n in report.fates.items() if n)
    print(tr("{series}: {n} handed out: {told}", series=report.series, n=report.handed_out, told=told))
    for gap in report.gaps if gaps else ():
        print("  " + _line(gap, words))


def _line(gap: Gap, words: dict[str, str]) -> str:
    span = f"{gap.first}" if gap.first == gap.last else f"{gap.first}-{gap.last}"
    return "  ".join(part for part in (span, words[gap.fate], gap.holder, gap.reason) if part)


def _words() -> dict[str, str]:
    return {
        "used": tr("used"),
        "void": tr("voided"),
        "spoilt": tr("spoilt"),
        "back": tr("given back unused"),
        "in hand": tr("in hand"),
        "awaited": tr("taken, not with the City yet"),
        "lost": tr("lost"),
        "skipped": tr("left out after a restore"),
    }


def open_database(folder: Path, url: str) -> CityDatabase:
    """The City's records, in a file in `folder` or at `url`; the caller closes it."""
    if url:
        from sync.gateway.postgres import PostgresDatabase

        return PostgresDatabase(url)
    from sync.gateway.database import Database

    return Database(folder)
