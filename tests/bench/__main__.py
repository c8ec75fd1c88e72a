"""Measurements as lines of JSON: `python -m tests.bench forms`, `python -m tests.bench sync --records 10000`."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace

from tests.bench import forms, sync


def main(arguments: list[str]) -> int:
    """Print the figures of a bench; 1 when one misses its target or went wrong."""
    parser = ArgumentParser(prog="python -m tests.bench", description=__doc__)
    benches = parser.add_subparsers(metavar="BENCH", required=True)
    benches.add_parser("forms", help="the form engine, beside others").set_defaults(run=_forms)
    of_sync = benches.add_parser("sync", help="client, gateway and the floor, in processes of their own")
    of_sync.add_argument("--records", type=int, default=10_000, metavar="N")
    of_sync.set_defaults(run=_sync)
    options = parser.parse_args(arguments)
    good: bool = options.run(options)
    return 0 if good else 1


def _forms(_options: Namespace) -> bool:
    missed = 0
    for figure in forms.figures():
        missed += not figure.met
        print(json.dumps({"bench": "forms", **figure.as_json()}), flush=True)
    return not missed


def _sync(options: Namespace) -> bool:
    failed = 0
    for line in sync.lines(options.records):
        failed += not line.ok
        print(json.dumps(line.as_json()), flush=True)
    return not failed


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
