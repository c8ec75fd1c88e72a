"""A person who records visits while the laptop hands them in: run as `python -m` and killed at a random moment.

Arguments: the laptop's folder, the server's address. Lines: `ready`, then `sealed RECORD` for each visit handed in.
"""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path

from sync.openrosa.running import openrosa_runner
from sync.together import Together
from tests.support.openrosa import OpenRosaDouble
from tests.support.openrosa_laptop import RosaLaptop


def main(folder: str, url: str) -> None:
    """Work and hand in until somebody pulls the battery."""
    laptop = RosaLaptop(Path(folder), OpenRosaDouble(url=url))
    Together([openrosa_runner(laptop.desk)]).start()
    print("ready", flush=True)
    for number in count():
        name = f"{os.getpid()}-{number}"
        front, back = (laptop.photo(f"{side} of {name}".encode() * 1000) for side in ("front", "back"))
        print("sealed", laptop.visit(name=name, front=front, back=back), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
