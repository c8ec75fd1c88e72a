"""The City's layers on their way to a laptop: whole or not at all, from where they broke off, behind all else."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

import pytest

from fieldapp.errors import GatewayError, LayerError, OfflineError
from fieldapp.places import Layers, Report, import_layer
from fieldapp.store import LAYER, Touched
from fieldapp.texts import speaking
from sync.gateway.handouts import Handout, hand_out
from sync.layers import LayerFiles, Watching, refusals, to_come
from sync.status import LayerComing
from sync.wire import CHUNK, REF
from tests.support.faults import Counting, Fails, Line
from tests.support.gateway import CHIEF, CLERK, City, Laptop
from tests.support.places import feature, feed_file, geojson, square, text_file, wards_file
from ui.__main__ import main

Reply = TypeVar("Reply")
ABOUT = Report("wards", "", source="City of Hamilton", as_of="2026-11-01", licence="Open")


def always() -> bool:
    """Nothing asks to stop."""
    return True


@dataclass
class Seen:
    """What a screen is told of layers on their way."""

    layers: list[LayerComing | None] = field(default_factory=list)


@dataclass
class Alters(Line):
    """A line that changes a letter of each layer."""

    def carry(self, _name: str, ask: Callable[[], Reply]) -> Reply:
        """As it came, but for bytes."""
        reply = ask()
        return cast("Reply", bytes([reply[0] ^ 1]) + reply[1:]) if isinstance(reply, bytes) and reply else reply


def large_wards(folder: Path, count: int = 3) -> Path:
    """Wards in a file that takes three pieces."""
    note = "x" * CHUNK
    features = [feature({"ward": n + 1, "note": note}, [square(n)]) for n in range(count)]
    return geojson(folder / "large.geojson", features)


@pytest.fixture
def layers(tmp_path: Path) -> Iterator[Layers]:
    """Those of the laptop: the City's wards of last year."""
    path = tmp_path / "laptop" / "layers.db"
    import_layer(path, "wards", wards_file(tmp_path, 2), about=Report("wards", "", as_of="2025-01-01"))
    found = Layers(path)
    yield found
    found.close()


def taking(
    city: City,
    layers: Layers,
    *,
    line: Line | None = None,
    between: Callable[[], bool] = always,
    seen: Seen | None = None,
) -> Laptop:
    """A laptop whose program takes layers in."""
    laptop = city.laptop(CLERK, wrap=line.over if line else lambda api: api)
    watch(laptop, layers, between=between, seen=seen)
    return laptop


def watch(laptop: Laptop, layers: Layers, *, between: Callable[[], bool] = always, seen: Seen | None = None) -> None:
    """Its program begins anew."""
    watching = Watching(between, (seen or Seen()).layers.append)
    laptop.engine.layers = LayerFiles(laptop.store, laptop.api, layers, laptop.clock, watching)


def wards(layers: Layers) -> tuple[str, int]:
    """The day of the wards here, and how many."""
    found = next(one for one in layers.describe() if one.name == "wards")
    return found.as_of, found.rows


OLD, NEW = ("2025-01-01", 2), ("2026-11-01", 3)


def test_a_published_layer_is_on_the_laptop_after_its_next_sync(city: City, layers: Layers, tmp_path: Path) -> None:
    line = Counting()
    laptop = taking(city, layers, line=line)
    laptop.sync()
    assert wards(layers) == OLD
    city.service.layers.publish("wards", wards_file(tmp_path), ABOUT)
    heard: list[Touched] = []
    laptop.store.subscribe(heard.append)
    laptop.sync()
    assert wards(layers) == NEW
    here = layers.describe()[0]
    assert (here.source, here.licence, here.file) == ("City of Hamilton", "Open", "wards3.geojson")
    assert layers.area_of("wards", 43.25, -79.65) == "03"
    assert any(one.layers for one in heard)
    line.requests.clear()
    assert laptop.sync().equal
    assert line.requests == ["hello", "pull"]


def test_several_layers_come_with_the_wards_first(far: City, layers: Layers, tmp_path: Path) -> None:
    rows = "id,number,street,city,lon,lat\n1,12,King Street East,Hamilton,-79.65,43.25\n"
    far.service.layers.publish("addresses", text_file(tmp_path / "a.csv", rows), Report("addresses", ""))
    far.service.layers.publish("gtfs", feed_file(tmp_path / "feed.zip"), Report("gtfs", ""))
    far.service.layers.publish("wards", wards_file(tmp_path), ABOUT)
    seen = Seen()
    taking(far, layers, seen=seen).sync()
    assert [one.name for one in seen.layers if one and one.done == 0 and not one.loading] == [
        "wards",
        "addresses",
        "gtfs",
    ]
    assert layers.search_addresses("12 king")[0].ward == "03"
    assert layers.timetable() is not None
    assert seen.layers[-1] is None


def test_a_line_that_breaks_in_the_middle_leaves_the_old_one_and_goes_on_from_there(
    far: City, layers: Layers, tmp_path: Path
) -> None:
    far.service.layers.publish("wards", large_wards(tmp_path), ABOUT)
    pieces = iter(range(100))
    laptop = taking(far, layers, line=Fails(lambda _n, name: name == "get_layer" and next(pieces) == 1))
    with pytest.raises(OfflineError):
        laptop.sync()
    assert wards(layers) == OLD
    seen = Seen()
    watch(laptop, layers, seen=seen)
    laptop.sync()
    assert wards(layers) == NEW
    first = seen.layers[0]
    assert first is not None
    assert first.done == CHUNK


def test_a_layer_that_comes_other_than_it_should_is_refused_in_words(
    near: City, layers: Layers, tmp_path: Path
) -> None:
    near.service.layers.publish("wards", wards_file(tmp_path), ABOUT)
    laptop = taking(near, layers, line=Alters())
    laptop.sync()
    laptop.sync()
    assert wards(layers) == OLD
    assert refusals(laptop.store)["wards"]["why"] == "It came other than it should, so it was not taken."
    laptop.api = near.api(CLERK)
    watch(laptop, layers)
    laptop.sync()
    assert wards(layers) == NEW
    assert refusals(laptop.store) == {}


def test_what_the_gateway_cannot_give_now_is_not_asked_for_in_each_cycle(
    near: City, layers: Layers, tmp_path: Path
) -> None:
    near.service.layers.publish("wards", wards_file(tmp_path), ABOUT)
    asked: list[str] = []

    def cannot(_n: int, name: str) -> bool:
        asked.append(name)
        return name == "get_layer"

    busy = Fails(cannot, lambda: GatewayError("No room.", 507))
    laptop = taking(near, layers, line=busy)
    laptop.sync()
    laptop.sync()
    assert asked.count("get_layer") == 1
    assert refusals(laptop.store)["wards"]["why"] == "No room."
    assert wards(layers) == OLD
    assert [one.name for one in to_come(laptop.store, layers)] == ["wards"]


def test_one_that_cannot_be_read_is_not_fetched_again(near: City, layers: Layers, tmp_path: Path) -> None:
    near.service.layers.publish("wards", wards_file(tmp_path), ABOUT)
    good = near.service.layers.current()[0]
    other = text_file(tmp_path / "other.csv", "no,layer\n1,2\n")
    report = near.service.layers.publish("addresses", addresses(tmp_path), Report("addresses", ""))
    near.service.layers._keep(other, sha(other))  # as a newer gateway may
    with near.service.database.write() as tx:
        tx.execute("UPDATE layer SET sha256 = ?, size = ? WHERE name = 'wards'", (sha(other), other.stat().st_size))
    hand_out(near.service.database, REF, [one.handout for one in near.service.layers.current()], good.at)
    line = Counting()
    laptop = taking(near, layers, line=line)
    with speaking("fr"):
        laptop.sync()
    assert wards(layers) == OLD
    assert report.rows == len(layers.search_addresses("king"))
    said = refusals(laptop.store)["wards"]["why"]
    assert "wards.geojson" in said
    watch(laptop, layers)
    line.requests.clear()
    laptop.sync()
    assert line.requests == ["hello", "pull"]
    assert to_come(laptop.store, layers) == []


def addresses(folder: Path) -> Path:
    return text_file(folder / "a.csv", "id,number,street,city,lon,lat\n1,12,King St,Hamilton,-79.65,43.25\n")


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_layer_that_only_a_newer_fieldapp_knows_is_left_alone(near: City, layers: Layers) -> None:
    told = {"name": "trees", "as_of": "2026-11-01", "sha256": "1" * 64, "size": "10"}
    strange = {"name": "wards", "as_of": "2026-11-01", "sha256": "../../wards", "size": "10"}
    hand_out(
        near.service.database, REF, [Handout(f"{LAYER}:{n}", LAYER, one) for n, one in enumerate((told, strange))], ""
    )
    line = Counting()
    taking(near, layers, line=line).sync()
    assert "get_layer" not in line.requests
    assert wards(layers) == OLD


def test_what_is_saved_meanwhile_goes_before_the_rest_of_the_layer(near: City, layers: Layers, tmp_path: Path) -> None:
    near.service.layers.publish("wards", large_wards(tmp_path), ABOUT)
    line = Counting()
    made: list[str] = []

    def save_once() -> bool:
        if not made:
            made.append(laptop.new())
        return True

    laptop = taking(near, layers, line=line, between=save_once)
    laptop.sync()
    first, last = line.requests.index("get_layer"), len(line.requests) - line.requests[::-1].index("get_layer")
    assert "push" in line.requests[first:last]
    assert wards(layers) == NEW


def test_whoever_ends_the_program_does_not_wait_for_the_import(near: City, layers: Layers, tmp_path: Path) -> None:
    near.service.layers.publish("wards", wards_file(tmp_path), ABOUT)
    seen, line = Seen(), Counting()
    laptop = taking(near, layers, line=line, seen=seen, between=lambda: not loading(seen))
    laptop.sync()
    assert wards(layers) == OLD
    line.requests.clear()
    watch(laptop, layers)
    laptop.sync()
    assert wards(layers) == NEW
    assert "get_layer" not in line.requests  # all of it was here


def loading(seen: Seen) -> bool:
    return any(one is not None and one.loading for one in seen.layers)


def test_a_battery_pulled_while_it_is_taken_in_leaves_the_old_one_whole(
    far: City, layers: Layers, tmp_path: Path
) -> None:
    far.service.layers.publish("wards", wards_file(tmp_path), ABOUT)
    assert far.server is not None
    folder = tmp_path / "killed"
    token = far.service.give_token(CLERK.id)
    asked = [sys.executable, "-m", "tests.support.layers_child", str(layers.path), str(folder), far.server.url, token]
    ended = subprocess.run(asked, check=False, timeout=120)
    assert ended.returncode == -9
    assert wards(layers) == OLD
    assert layers.area_of("wards", 43.25, -79.75) == "02"
    far.folder.joinpath("LT00").exists() or folder.rename(far.folder / "LT00")
    line = Counting()
    laptop = taking(far, layers, line=line)
    laptop.sync()
    assert wards(layers) == NEW
    assert "get_layer" not in line.requests


def test_a_withdrawn_layer_stays_where_it_is_and_is_sent_no_more(either: City, layers: Layers, tmp_path: Path) -> None:
    city = either
    city.service.layers.publish("wards", wards_file(tmp_path), ABOUT)
    published = city.service.layers.current()[0]
    laptop = taking(city, layers)
    laptop.sync()
    assert city.service.layers.withdraw("wards")
    assert not city.service.layers.withdraw("wards")
    assert laptop.sync().equal
    assert laptop.store.handouts.of(LAYER) == []
    assert wards(layers) == NEW
    assert city.api(CHIEF).get_layer(published.sha256, 0) == b""


def test_a_newer_version_replaces_the_one_before(either: City, layers: Layers, tmp_path: Path) -> None:
    city = either
    laptop = taking(city, layers)
    for count, day in ((3, "2026-11-01"), (4, "2026-11-02")):
        city.service.layers.publish("wards", wards_file(tmp_path, count), Report("wards", "", as_of=day))
        city.service.tell_references()  # a start of the gateway takes nothing back
        laptop.sync()
        assert wards(layers) == (day, count)


def test_what_is_no_layer_is_not_published(near: City, tmp_path: Path) -> None:
    with pytest.raises(LayerError):
        near.service.layers.publish("wards", text_file(tmp_path / "wards.csv", "no,layer\n1,2\n"), ABOUT)
    assert near.service.layers.current() == []


def test_the_command_publishes_lists_and_withdraws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(tmp_path / "city")]
    file = str(wards_file(tmp_path))
    assert main(["gateway", "layer", "list", *data]) == 0
    assert "gateway layer publish" in capsys.readouterr().out
    assert main(["gateway", "layer", "publish", "wards", file, "--as-of", "2026-11-01", *data]) == 0
    assert "The City has wards of 2026-11-01. Laptops take it at their next sync." in capsys.readouterr().out
    assert main(["gateway", "layer", "list", *data]) == 0
    assert "wards  2026-11-01  3 rows" in capsys.readouterr().out
    assert main(["gateway", "layer", "publish", "gtfs", file, *data]) == 1
    assert main(["gateway", "layer", "withdraw", "wards", *data]) == 0
    assert main(["gateway", "layer", "withdraw", "wards", *data]) == 1
