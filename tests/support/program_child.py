"""A program of some version, over the real store: it hands over, opens, records a draft, and confirms, as the real one.

Faults: "start" (it falls before anything), "late" (after it has opened its store and recorded), "store" (its migration
fails), "selftest". FIELDAPP_DIE_AT: see dying.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

import fieldapp
from fieldapp.clock import SystemClock
from fieldapp.records import TITLE
from fieldapp.store import migrations
from fieldapp.store.guide import NoGuide
from fieldapp.updates import starting
from fieldapp.updates.stores import open_store
from fieldapp.updates.trial import run_trial
from tests.support.dying import die_at
from tests.support.programs import OLD
from tests.support.store import KEY, PERSON, make_change


def main(version: str, fault: str, file: str) -> int:
    """One start."""
    fieldapp.__version__ = version
    me, words = Path(file), sys.argv[1:]
    home = Path(os.environ["FIELDAPP_HOME"])
    if version != OLD:
        _one_step_further(fault)
    die_at(version, home)
    handed_over = starting.start(words, version, me)
    if handed_over is not None:
        return handed_over
    match words[:1]:
        case ["--version"]:
            print(f"FieldApp {version}")
            return 0
        case ["rehearse"]:
            return run_trial(Namespace(folder=Path(words[1]), home=Path(words[2])))
        case ["selftest"]:
            return 1 if fault == "selftest" else 0
    if fault == "start":
        sys.stderr.write("libnew.so: cannot open shared object file\n")
        return 3
    return _open(home / "practice" / "people" / PERSON, version, fault, me)


def _open(folder: Path, version: str, fault: str, me: Path) -> int:
    parts: dict[str, Any] = {"clock": SystemClock(), "device": "LT01", "guide": NoGuide()}
    store = open_store(folder, KEY, **parts, me=me, own=version)
    made = make_change(edits={TITLE: f"by {version}"})
    store.commit(made, seal=True)
    if fault == "late":
        return 3
    starting.confirm(version, me)
    titles = {entry.id: entry.edits.get(TITLE) for entry in store.exchange.pending(PERSON, 1000, 1 << 20)}
    said = {"version": version, "titles": sorted(str(one) for one in titles.values()), "check": store.check()}
    store.close()
    print(json.dumps(said))
    return 0


def _one_step_further(fault: str) -> None:
    """The next schema: a table more, and one that it knows nothing of in the old."""

    def m9999_the_next(db: Any) -> None:
        db.execute("CREATE TABLE next_year (n INTEGER PRIMARY KEY)")
        if fault == "store":
            raise KeyError("next_year")

    migrations.STEPS = (*migrations.STEPS, m9999_the_next)
    migrations.LATEST = len(migrations.STEPS)
