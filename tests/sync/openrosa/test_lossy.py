"""On a line that fails at random, every record arrives once, whole, and nothing is left over."""

from __future__ import annotations

import random

import pytest
from lxml import etree

from fieldapp.actions import keep_mine
from fieldapp.errors import SyncError
from fieldapp.store import Place, Query
from tests.support.openrosa import OpenRosaDouble
from tests.support.openrosa_faults import Fault, answers, cuts, loses_answer
from tests.support.openrosa_laptop import RosaLaptop

NAMES = ("Ada", "Grace", "Edith", "Joan")
FAULTS: tuple[Fault | None, ...] = (None, None, cuts, loses_answer, loses_answer, answers(500), answers(503))


def shake(laptop: RosaLaptop, double: OpenRosaDouble, chance: random.Random) -> None:
    """Sync on a bad line until nothing waits; a person sends again what was laid aside."""
    for _ in range(60):
        double.faults = [chance.choice(FAULTS) for _ in range(4)]
        laptop.clock.forward(minutes=7)
        try:
            laptop.sync()
        except SyncError:
            continue
        for record in laptop.store.find(Query(places=(Place.ATTENTION,))):
            keep_mine(laptop.desk, record.id)
        if not laptop.store.counts().waiting:
            return
    pytest.fail("it never came to rest")


@pytest.mark.parametrize("seed", range(8))
def test_every_record_arrives_once_and_whole(laptop: RosaLaptop, double: OpenRosaDouble, seed: int) -> None:
    chance = random.Random(seed)
    double.room = 15_000
    photos = {name: laptop.photo(name.encode() * 3000) for name in NAMES}
    records = {name: laptop.visit(name=name, front=photos[name], back=laptop.photo(b"wall" * 2000)) for name in NAMES}
    shake(laptop, double, chance)
    for name in NAMES[:2]:
        laptop.correct(records[name], name=f"{name} again")
    shake(laptop, double, chance)
    found = sorted(etree.fromstring(held.xml).findtext("name") or "" for held in double.current.values())
    assert found == ["Ada again", "Edith", "Grace again", "Joan"]
    assert all(len(held.files) == 2 for held in double.current.values())
    assert laptop.store.blobs.queue() == []
    assert laptop.store._database.read("SELECT count(*) FROM setting WHERE name LIKE 'openrosa.parcel.%'") == [(0,)]
