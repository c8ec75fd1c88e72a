"""Measurements as lines of JSON: `python -m tests.bench start`, `records`, `search`, `dashboard`, `board`, `map`,
`forms`, `lookups`, `sync --records N`, `line`, `crowd`, `files`."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.bench import board, crowd, files, forms, ground, line, lookups, pages, start, sync

LARGE = {
    "start": start.lines,
    "records": pages.records,
    "search": pages.search,
    "dashboard": pages.dashboard,
}


def main(arguments: list[str]) -> int:
    """Print the figures of a bench; 1 when one misses its target or went wrong."""
    parser = ArgumentParser(prog="python -m tests.bench", description=__doc__)
    benches = parser.add_subparsers(metavar="BENCH", required=True)
    benches.add_parser("forms", help="the form engine, beside others").set_defaults(run=_forms)
    benches.add_parser("lookups", help="addresses and bus stops, on the city's own files").set_defaults(run=_lookups)
    of_board = benches.add_parser("board", help="a supervisor's figures over many records")
    of_board.add_argument("--records", type=int, default=200_000, metavar="N")
    of_board.set_defaults(run=_board)
    of_sync = benches.add_parser("sync", help="client, gateway and the floor, in processes of their own")
    of_sync.add_argument("--records", type=int, default=10_000, metavar="N")
    of_sync.set_defaults(run=_sync)
    slow = benches.add_parser("line", help="5,000 ops at a round trip of 100 ms")
    slow.add_argument("--records", type=int, default=5_000, metavar="N")
    slow.set_defaults(run=_line)
    of_crowd = benches.add_parser("crowd", help="many laptops that come back at once after an outage")
    of_crowd.add_argument("--laptops", type=int, default=200, metavar="N")
    of_crowd.set_defaults(run=_crowd)
    benches.add_parser("files", help="files of 8 MiB to and from the gateway, beside the floor").set_defaults(
        run=_files
    )
    for name, told in {
        "start": "from the call to a window that can be used",
        "records": "the Records page: first page, and what keeps the screen busy as one scrolls",
        "search": "what is typed on the Records page and in the palette",
        "dashboard": "what keeps the screen busy while the Dashboard is counted",
    }.items():
        large = benches.add_parser(name, help=told)
        large.add_argument("--records", type=int, default=200_000, metavar="N")
        large.set_defaults(run=partial(_large, LARGE[name]))
    benches.add_parser("map", help="the map over 139,778 properties").set_defaults(run=lambda _: _told(ground.lines()))
    options = parser.parse_args(arguments)
    good: bool = options.run(options)
    return 0 if good else 1


def _forms(_options: Namespace) -> bool:
    missed = 0
    for figure in forms.figures():
        missed += not figure.met
        print(json.dumps({"bench": "forms", **figure.as_json()}), flush=True)
    return not missed


def _lookups(_options: Namespace) -> bool:
    missed = 0
    for figure in lookups.figures():
        missed += not figure.met
        print(json.dumps({"bench": "lookups", **figure.as_json()}), flush=True)
    return not missed


def _board(options: Namespace) -> bool:
    missed = 0
    for figure in board.lines(options.records):
        missed += not figure.met
        print(json.dumps({"bench": "board", "records": options.records, **figure.as_json()}), flush=True)
    return not missed


def _files(_options: Namespace) -> bool:
    found = list(files.lines())
    for one in found:
        print(json.dumps(one.as_json()), flush=True)
    return all(one.ok for one in found)


def _sync(options: Namespace) -> bool:
    failed = 0
    for phase in sync.lines(options.records):
        failed += not phase.ok
        print(json.dumps(phase.as_json()), flush=True)
    return not failed


def _line(options: Namespace) -> bool:
    told = line.measured(options.records)
    print(json.dumps(told), flush=True)
    return bool(told["ok"])


def _large(bench: Callable[[int], Iterator[dict[str, Any]]], options: Namespace) -> bool:
    return _told(bench(options.records))


def _told(lines: Iterator[dict[str, Any]]) -> bool:
    failed = 0
    for told in lines:
        failed += not told["ok"]
        print(json.dumps(told), flush=True)
    return not failed


def _crowd(options: Namespace) -> bool:
    return _told(crowd.lines(options.laptops))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
