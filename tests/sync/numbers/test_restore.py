"""Numbers through crashes, copies, restores and hand-overs: none is used twice, none is lost in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.clock import FixedClock
from fieldapp.errors import DiskError
from fieldapp.handover import Bundle, export, take_in
from fieldapp.store import Store
from fieldapp.store.numbers import RESTORED
from fieldapp.store.restore import restore
from fieldapp.store.snapshots import listed
from tests.support.gateway import CLERK, City, Laptop
from tests.support.numbers import engine, laptop, number, order
from tests.support.store import KEY

PASSPHRASE = "four bread baskets by the canal"  # noqa: S105 - of a file that exists for a test only


def reopened(city: City, one: Laptop) -> None:
    one.store = Store.open(one.store.folder, KEY, clock=one.clock, device=one.device, guide=city.service.catalogue)
    one.engine = engine(city, one)


def gone_back(city: City, one: Laptop, *, wrecked: bool = False) -> None:
    """Back to the newest copy; where the newer file is wrecked, nothing is rescued out of it."""
    one.store.close()
    if wrecked:
        (one.store.folder / "store.db").write_bytes(b"\0" * 8192)
        (one.store.folder / "store.db-wal").unlink(missing_ok=True)
    restore(one.store.folder, KEY, listed(one.store.folder)[0])
    reopened(city, one)


@pytest.fixture
def copied(city: City) -> Laptop:
    """A laptop with a block of which one number is used, and a copy of its store."""
    one = laptop(city, CLERK)
    one.sync()
    order(one)
    one.sync()
    one.store.snapshots.daily()
    return one


def test_i20_a_store_that_went_back_never_uses_a_number_again(city: City, copied: Laptop) -> None:
    printed = {number(copied, order(copied)) for _ in range(3)}
    gone_back(city, copied)
    assert number(copied, order(copied)) not in printed
    copied.sync()
    assert city.count("official_number", "fate = 'used'") == 5


def test_i20_where_nothing_could_be_rescued_the_whole_block_is_given_up(city: City, copied: Laptop) -> None:
    printed = {number(copied, order(copied)) for _ in range(3)}
    gone_back(city, copied, wrecked=True)
    assert copied.store.numbers.left("order/2026") == 0
    copied.sync()
    again = {number(copied, order(copied)) for _ in range(3)}
    assert not again & printed
    ended = city.service.database.read("SELECT ended FROM number_block ORDER BY first")
    assert ended == [("lost",), ("",)]


def test_a_number_that_the_city_knows_as_used_is_skipped(city: City, copied: Laptop) -> None:
    """As where a whole disk was put back as it was: nothing here knows of what was printed since."""
    block = copied.store.numbers.blocks()[0]
    order(copied)
    copied.sync()
    with copied.store._database.write() as tx:
        tx.execute("UPDATE number_block SET next = ? WHERE id = ?", (block.next, block.id))
    copied.store.keep_setting(RESTORED, "yes")
    copied.sync()
    assert number(copied, order(copied)) == "OR26-00003"


def test_i20_a_city_that_went_back_learns_of_its_blocks_again(city: City) -> None:
    one = laptop(city, CLERK)
    one.sync()
    record = order(one)
    with city.service.database.write() as tx:
        tx.execute("DELETE FROM number_block")
        tx.execute("UPDATE counter SET v = 0 WHERE name = 'official/order/2026'")
    city.service.database.new_epoch()
    one.sync()
    assert number(one, record) == "OR26-00001"
    assert city.count("official_number", "fate = 'used'") == 1
    assert city.service.database.read("SELECT v FROM counter WHERE name LIKE 'official/%'") == [(1000,)]


def test_i01_i02_a_save_that_fails_takes_no_number(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    one = laptop(city, CLERK)
    one.sync()

    def full(*_: object) -> None:
        raise DiskError("full")

    with monkeypatch.context() as broken:
        broken.setattr("fieldapp.store.journal.seal", full)
        with pytest.raises(DiskError):
            order(one)
    assert number(one, order(one)) == "OR26-00001"


def test_work_with_a_number_that_is_carried_to_another_laptop_keeps_it(city: City, tmp_path: Path) -> None:
    one, other = laptop(city, CLERK), laptop(city, CLERK)
    one.sync()
    record = order(one)
    export(one.store, CLERK.id, tmp_path / "work.handover", PASSPHRASE, FixedClock())
    take_in(Bundle(tmp_path / "work.handover", PASSPHRASE), other.store, CLERK.id)
    other.sync()
    assert number(other, record) == "OR26-00001"
    assert other.record(record).rev == 1
    assert other.store.numbers.blocks()[0].id != one.store.numbers.blocks()[0].id
