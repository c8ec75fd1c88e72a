"""Reference layers at the size of a large city: search while typing, and imports."""

from __future__ import annotations

import random
import time
from datetime import date

import pytest

from fieldapp.places import Layers, import_layer
from fieldapp.places.made_up import MadeUpCity
from tests.bench import lookups

pytestmark = pytest.mark.bench

ADDRESSES = 250_000
PER_KEY = 0.016  # seconds of the processor: a frame of the screen. The clock on the wall measures others too


@pytest.fixture(scope="module")
def big_city(tmp_path_factory: pytest.TempPathFactory) -> Layers:
    folder = tmp_path_factory.mktemp("big")
    files = MadeUpCity(ADDRESSES).write(folder, date(2026, 11, 23))
    for kind in ("wards", "rural", "addresses"):
        report = import_layer(folder / "layers.db", kind, files[kind])
        print(f"\nimport {kind}: {report.rows} rows in {report.seconds} s")
    return Layers(folder / "layers.db")


def test_each_key_of_an_address_is_answered_within_a_frame(big_city: Layers) -> None:
    rows, chance = big_city.rows("addresses"), random.Random(1)
    seconds = []
    for _ in range(50):
        row = rows[chance.randrange(ADDRESSES)]
        typed = f"{row['number']} {row['street']}"
        for end in range(1, len(typed) + 1):
            started = time.thread_time()
            found = big_city.search_addresses(typed[:end])
            seconds.append(time.thread_time() - started)
        assert any(address.number == row["number"] for address in found)
    seconds.sort()
    median, slow = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.99)]
    worst = f"p99 {1000 * slow:.2f} ms, max {1000 * seconds[-1]:.2f} ms"
    print(f"\n{len(seconds)} keys: median {1000 * median:.2f} ms, {worst}")
    assert slow < PER_KEY


def test_a_place_is_known_at_once(big_city: Layers) -> None:
    big_city.place_of(43.55, -78.2)
    started = time.thread_time()
    for n in range(200):
        big_city.place_of(43.53 + n / 4000, -78.2)
    each = (time.thread_time() - started) / 200
    print(f"\nplace_of: {1000 * each:.2f} ms")
    assert each < PER_KEY


def test_look_ups_on_the_city_s_own_files_meet_their_targets() -> None:
    for figure in lookups.figures():
        print(f"\n{figure.as_json()}")
        assert figure.met, figure.as_json()
