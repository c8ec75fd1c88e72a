"""Measurements as lines of JSON: `python -m tests.bench forms`, `lookups`, `sync --records N`, `line`, `crowd`."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace

from tests.bench import crowd, files, forms, line, lookups, start, sync


def main(arguments: list[str]) -> int:
    """Print the figures of a bench; 1 when one misses its target or went wrong."""
    parser = ArgumentParser(prog="python -m tests.bench", description=__doc__)
    benches = parser.add_subparsers(metavar="BENCH", required=True)
    benches.add_parser("forms", help="the form engine, beside others").set_defaults(run=_forms)
    benches.add_parser("lookups", help="addresses and bus stops, on the city's own files").set_defaults(run=_lookups)
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
    of_start = benches.add_parser("start", help="from the call to a window that can be used, at 200,000 records")
    of_start.add_argument("--records", type=int, default=200_000, metavar="N")
    of_start.set_defaults(run=_start)
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


def _start(options: Namespace) -> bool:
    failed = 0
    for told in start.lines(options.records):
        failed += not told["ok"]
        print(json.dumps(told), flush=True)
    return not failed


def _crowd(options: Namespace) -> bool:
    failed = 0
    for told in crowd.lines(options.laptops):
        failed += not told["ok"]
        print(json.dumps(told), flush=True)
    return not failed


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
