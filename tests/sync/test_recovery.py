"""Restored sides: a laptop that goes back to a copy, and a City that goes back to a backup (I20)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fieldapp.clock import FixedClock
from fieldapp.services import Catalogue
from fieldapp.store import Store
from fieldapp.store.restore import restore
from fieldapp.store.snapshots import listed
from sync.engine import HEALING
from sync.worker import Worker
from tests.support.gateway import CHIEF, CLERK, City, Laptop, make_service, some_bytes
from tests.support.store import KEY


def gone_back(city: City, laptop: Laptop, *, readable: bool = True) -> Laptop:
    """The laptop after its store went back to the newest copy; with the newer file, or without."""
    folder = city.folder / laptop.device
    laptop.store.close()
    if not readable:
        (folder / "store.db").write_bytes(b"nothing that can be read" * 4000)
    restore(folder, KEY, listed(folder)[0])
    guide = city.service.catalogue
    store = Store.open(folder, KEY, clock=city.service.clock, device=laptop.device, guide=guide)
    made = Laptop(laptop.person, store, laptop.api, laptop.device)
    city.laptops[city.laptops.index(laptop)] = made
    return made


@pytest.mark.parametrize("readable", [True, False])
def test_a_laptop_that_went_back_neither_sends_again_nor_unsends(near: City, readable: bool) -> None:
    laptop = near.laptop(CLERK)
    acked = laptop.new({"items/a": "1"})
    laptop.sync()
    photo = laptop.photo(some_bytes(5000))
    later = laptop.new({"photos/one": f"{photo.sha256}.jpg"}, attachments=(photo,))
    laptop.store.snapshots.daily()
    laptop.edit(acked, {"items/b": "2"})
    laptop.sync()
    unsent = laptop.edit(later, {"items/c": "3"})
    before = near.count("op")
    laptop = gone_back(near, laptop, readable=readable)
    proof = laptop.sync()
    assert proof.equal
    assert near.count("op") == before + (1 if readable else 0)
    assert near.count("op", f"id = '{unsent.id}'") == (1 if readable else 0)
    assert proof.sent == 1
    assert laptop.record(acked).answers == {"items/a": "1", "items/b": "2"}
    assert laptop.store.check() == []
    assert laptop.store.counts().waiting == 0
    assert laptop.store.blobs.queue() == []
    assert laptop.sync().sent == 0


def test_i20_a_restored_city_ends_with_nothing_lost_of_the_last_thirty_days(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    clock = FixedClock()
    city = City(tmp_path, make_service(tmp_path / "gateway", catalogue, clock))
    clerk, chief = city.laptop(CLERK), city.laptop(CHIEF)
    clerk.clock = chief.clock = clock
    clerk.engine._clock = chief.engine._clock = clock
    kept = clerk.new({"items/a": "before the backup"})
    city.sync()
    city.service.close()
    shutil.copytree(tmp_path / "gateway", tmp_path / "backup")
    _serve_again(city, tmp_path / "gateway")
    photo = clerk.photo(some_bytes(5000))
    lost = clerk.new({"photos/one": f"{photo.sha256}.jpg"}, attachments=(photo,))
    clerk.edit(kept, {"items/b": "after the backup"})
    city.sync()
    numbers = {clerk.record(kept).reference, clerk.record(lost).reference}
    clock.forward(days=HEALING.days - 1)
    city.service.close()
    shutil.rmtree(tmp_path / "gateway")
    shutil.copytree(tmp_path / "backup", tmp_path / "gateway")
    _serve_again(city, tmp_path / "gateway")
    city.service.database.new_epoch()
    city.sync()
    assert all(laptop.sync().equal for laptop in city.laptops)
    assert clerk.answer(kept, "items/b") == chief.answer(kept, "items/b") == "after the backup"
    assert chief.record(lost) == clerk.record(lost)
    assert {clerk.record(kept).reference, clerk.record(lost).reference} == numbers
    assert city.service.files.status(photo.sha256).complete
    assert (city.count("record"), city.count("op")) == (2, 3)
    city.close()


def _serve_again(city: City, folder: Path) -> None:
    """The gateway anew over its folder; the laptops go on."""
    city.service = make_service(folder, city.service.catalogue, city.laptops[0].clock)
    for laptop in city.laptops:
        laptop.api = city.api(laptop.person)
        laptop.engine = type(laptop.engine)(laptop.store, laptop.api, laptop.person, laptop.clock)


def test_the_worker_makes_the_days_copy_also_without_a_network(near: City) -> None:
    laptop = near.laptop(CLERK)
    worker = Worker(laptop.store, near.api(CHIEF), CLERK, FixedClock())  # somebody else's sign-in: the cycle fails
    worker.start()
    worker.sync_now()
    worker.sync_now()
    worker.stop()
    assert [one.day for one in listed(laptop.store.folder)] == ["2026-11-23"]
