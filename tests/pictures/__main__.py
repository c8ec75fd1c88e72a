"""`python -m tests.pictures DIR` makes the picture set; `--only today,form` a part of it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from fieldapp import texts
from tests.pictures.making import SIZES, make
from tests.support.tour import STOPS
from ui.app import application, choose_platform
from ui.colours import LOOKS


def main(arguments: list[str]) -> int:
    """Make the pictures; 2 when a stop is asked for that does not exist."""
    parser = ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--only", default="", metavar="STOP,…", help=", ".join(stop.name for stop in STOPS))
    parser.add_argument("--languages", default=",".join(texts.LANGUAGES))
    parser.add_argument("--looks", default=",".join(LOOKS))
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="per cent")
    options = parser.parse_args(arguments)
    wanted = set(filter(None, options.only.split(",")))
    if unknown := wanted - {stop.name for stop in STOPS}:
        parser.error(f"no such stop: {', '.join(sorted(unknown))}")
    choose_platform()
    application()
    stops = tuple(stop for stop in STOPS if not wanted or stop.name in wanted)
    kinds = (options.languages.split(","), options.looks.split(","), [int(size) for size in options.sizes.split(",")])
    with TemporaryDirectory() as scratch:
        index = make(options.folder, Path(scratch), stops, *kinds)
    print(index)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
