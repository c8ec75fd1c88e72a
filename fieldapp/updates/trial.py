"""The new program's side of a rehearsal: open the copy of a store, bring it up to date, and say what is in it."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from contextlib import closing

from fieldapp.clock import SystemClock
from fieldapp.paths import Home
from fieldapp.services import Catalogue
from fieldapp.store import Store
from fieldapp.updates.rehearsing import counted


def run_trial(options: Namespace) -> int:
    """Print what the copy holds once it is migrated, and what does not fit in it; 1 where anything does not."""
    key = bytes.fromhex(sys.stdin.readline().strip())
    guide = Catalogue.of(Home(options.home))
    with closing(Store.open(options.folder, key, clock=SystemClock(), device="", guide=guide)) as store:
        chain = store.verify_chain()
        faults = [*store.check(), *([] if chain.whole else [chain.fault])]
    print(json.dumps({**counted(options.folder, key), "faults": faults}))  # noqa: T201 - whoever rehearses reads it
    return 1 if faults else 0
