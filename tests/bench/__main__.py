"""Measurements as lines of JSON: `python -m tests.bench forms`. One line a figure, with its target where it has one."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping

from tests.bench import forms
from tests.bench.figure import Figure

BENCHES: Mapping[str, Callable[[], Iterator[Figure]]] = {"forms": forms.figures}


def main(arguments: list[str]) -> int:
    """Print the figures of the named benches; 1 when one misses its target, 2 for a name that is none."""
    unknown = [name for name in arguments if name not in BENCHES]
    if unknown or not arguments:
        print(f"usage: python -m tests.bench {{{','.join(BENCHES)}}}", file=sys.stderr)
        return 2
    missed = 0
    for name in arguments:
        for figure in BENCHES[name]():
            missed += not figure.met
            print(json.dumps({"bench": name, **figure.as_json()}), flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
