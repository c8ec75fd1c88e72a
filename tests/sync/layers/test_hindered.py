"""Layers on a line that breaks, files that are wrong, programs that end: whole or not at all, behind all else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fieldapp.errors import GatewayError, OfflineError
from fieldapp.places import Layers, Report
from fieldapp.texts import speaking
from sync.gateway.handouts import hand_out
from sync.layers import REFUSED, refusals, to_come
from sync.wire import CHUNK, REF
from tests.support.coming_layers import (
    ABOUT,
    NEW,
    OLD,
    Alters,
    Seen,
    addresses,
    large_wards,
    loading,
    sha,
    taking,
    wards,
    watch,
)
from tests.support.faults import Counting, Fails
from tests.support.gateway import CLERK, City
from tests.support.places import text_file, wards_file


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
    folder.rename(far.folder / "LT00")  # the next laptop here goes on with its store
    line = Counting()
    laptop = taking(far, layers, line=line)
    laptop.sync()
    assert wards(layers) == NEW
    assert "get_layer" not in line.requests


@pytest.mark.parametrize("kept", ["{", "[]", '{"wards": "refused"}', '{"wards": {"sha256": 5, "why": null}}'])
def test_refusals_that_another_program_kept_hinder_no_layer(
    far: City, layers: Layers, tmp_path: Path, kept: str
) -> None:
    laptop = far.laptop(CLERK)
    laptop.store.keep_setting(REFUSED, kept)
    far.service.layers.publish("wards", wards_file(tmp_path), ABOUT)
    laptop.sync()
    assert [one.name for one in to_come(laptop.store, layers)] == ["wards"]
