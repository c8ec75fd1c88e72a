"""A long line: so many ops at a round trip of 100 ms, to the City and from there to a second laptop.

`python -m tests.bench line --records 5000`. Gateway and laptops in processes of their own, the proxy in this one. A
push answers with what each op became, so both sides work while a message is under way; `local` is the same without the
line's delay, and shows what the delay alone costs.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from fieldapp.records import Person
from tests.bench.sync import Peer, accounts, process
from tests.support.gateway import CHIEF, CLERK
from tests.support.proxy import Weather, clear, proxy
from tests.support.weather import late

ROUND_TRIP = 0.1  # s
TARGET = 2.5  # s


def measured(records: int) -> dict[str, Any]:
    """Seconds and requests, there and back, with the delay and without."""
    near, far = _sent(records, clear), _sent(records, lambda _number, _name: late(ROUND_TRIP))
    return {
        "bench": "line",
        "ops": records,
        "round_trip_ms": ROUND_TRIP * 1000,
        **{f"local_{name}": value for name, value in near.items()},
        **far,
        "target_s": TARGET,
        "ok": far["push_s"] <= TARGET,
    }


def _sent(records: int, weather: Weather) -> dict[str, Any]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        tokens = accounts(folder / "gateway")
        serve = ("-m", "ui", "gateway", "serve", "--quiet", "--data", str(folder / "gateway"))
        with process(*serve) as (server, said), proxy(said.split()[-1]) as line:
            gateway = psutil.Process(server.pid)

            def cycle(person: Person, records: int) -> tuple[float, int]:
                about = json.dumps({"id": person.id, "name": person.name, "roles": sorted(person.roles)})
                where = str(folder / person.id), about, line.url, tokens[person.id]
                with process("-m", "tests.bench.laptop", *where) as (client, _):
                    laptop = Peer("fieldapp", records, client, gateway)
                    laptop.does("save", records)
                    line.seen.clear()
                    line.weather = weather
                    told = laptop.does("cycle")
                    line.weather = clear
                    assert told["equal"]
                    return round(told["secs"], 2), len(line.seen)

            (push, sent), (pull, asked) = cycle(CLERK, records), cycle(CHIEF, 0)
    return {"push_s": push, "push_requests": sent, "pull_s": pull, "pull_requests": asked}
