"""The laptop's end of the day: `fieldapp laptop OPTIONS` opens the real window and obeys commands line by line.

A command is `{"do": act, "with": arguments}`; the answer `{"done": ...}` or `{"refused": why}`. Between them comes one
`{"saved": {record, fields}}` for every durable commit, written the moment the screen may call it saved.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from fieldapp.clock import ShiftedClock
from fieldapp.errors import FieldAppError
from fieldapp.paths import Home
from fieldapp.store import Query, Touched
from ui.address import Address
from ui.app import application, open_window
from ui.bridge import WRITER
from ui.day.player import Player
from ui.opening import Opened
from ui.practice import PracticeLaptop
from ui.shell.asked import plug
from ui.window import MainWindow

SIZE = (1440, 900)  # px
_line = threading.Lock()


def serve(options: Mapping[str, str]) -> int:
    """Work until standard input ends."""
    application()
    address = Address(options["gateway"], os.environ["FIELDAPP_TOKEN"])
    clock = ShiftedClock(timedelta(seconds=float(options["shift"])))
    laptop = PracticeLaptop(Home(Path(options["home"])), options["person"], options["device"], address, clock)
    opened = laptop.opened
    window = open_window(opened.session)
    window.showNormal()
    window.resize(*SIZE)  # nobody's screen: its pictures are of one that has room
    stop_telling = _tell_saves(opened)
    _say(sys.stdout, {"done": {}})
    try:
        _obey(sys.stdin, _acts(window, opened, Path(options["pictures"])))
    finally:
        stop_telling()
        window.close()
        opened.close()
    return 0


def _obey(commands: TextIO, acts: Mapping[str, Callable[..., object]]) -> None:
    for line in commands:
        command = json.loads(line)
        try:
            done = acts[command["do"]](**command["with"])
        except FieldAppError as error:
            _say(sys.stdout, {"refused": str(error)})
        else:
            _say(sys.stdout, {"done": done if isinstance(done, dict) else {"value": done}})


def _acts(window: MainWindow, opened: Opened, pictures: Path) -> dict[str, Callable[..., object]]:
    player = Player(window, pictures)
    names = ("picture", "go", "speak", "open_visit", "begin_service", "open_record", "fill", "show_section", "submit")
    acts: dict[str, Callable[..., object]] = {name: getattr(player, name) for name in names}
    return acts | {
        "sync": player.sync,
        "plug": partial(plug, window),
        "decide": player.decide,
        "send_back": player.send_back,
        "records": lambda: _records(opened),
        "standing": lambda: _standing(opened),
    }


def _records(opened: Opened) -> dict[str, Any]:
    """Every record of this store: service, state, fields."""
    store = opened.session.store
    found = store.find(Query(), 100_000)
    return {one.id: {"service": one.service, "state": one.state, "rev": one.rev, "fields": one.fields} for one in found}


def _standing(opened: Opened) -> dict[str, Any]:
    """How this store stands: counts, checksum of the City's rows, and whether its chain holds."""
    store = opened.session.store
    wards = [
        state for name, state in store.exchange.buckets().items() if name.startswith("ward:")
    ]  # each record is in one
    count, checksum = sum(one.count for one in wards), sum(one.checksum for one in wards) % (1 << 64)
    counts, chain = store.counts(), store.verify_chain()
    return {
        "records": count,
        "checksum": f"{checksum:016x}",
        "waiting": counts.waiting,
        "drafts": counts.drafts,
        "attention": counts.attention,
        "changes": chain.links,
        "chain": chain.fault or "whole",
        "unsent_files": len(store.blobs.queue()),
    }


def _tell_saves(opened: Opened) -> Callable[[], None]:
    """Write each commit to the driver. What the sync thread applies is not a save of this screen."""
    store, screen = opened.session.store, threading.get_ident()

    def tell(touched: Touched) -> None:
        here = threading.current_thread()
        if here.ident != screen and not here.name.startswith(WRITER):
            return
        for record_id in touched.records:
            record = store.record(record_id)
            if record is not None:
                _say(sys.stdout, {"saved": {"record": record_id, "fields": dict(record.fields)}})

    return store.subscribe(tell)


def _say(out: TextIO, message: Mapping[str, Any]) -> None:
    """One whole line: the screen answers commands while its writer tells saves."""
    with _line:
        out.write(json.dumps(message) + "\n")
        out.flush()
