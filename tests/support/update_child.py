"""A laptop that takes an update, as its sync does: fetch, unpack, rehearse, wait. FIELDAPP_DIE_AT=fetch:N kills it."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path

from fieldapp.clock import SystemClock
from fieldapp.updates.place import Installed
from sync.updates.fetching import Updates
from tests.support.dying import die_at
from tests.support.programs import OLD
from tests.support.store import PERSON, make_store


def main(url: str) -> None:
    """One look."""
    home = Path(os.environ["FIELDAPP_HOME"])
    die_at("fetch", home)
    with closing(make_store(home / "practice" / "people" / PERSON, clock=SystemClock())) as store:
        Updates(Installed.here(), url, store, SystemClock(), home / "practice", own=OLD).carry(lambda: False)


if __name__ == "__main__":
    main(sys.argv[1])
