"""Three tills whose laptops are killed and whose line loses answers: each receipt posts once, and the sums agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from fieldapp.actions import Desk, payments_in
from fieldapp.clock import SystemClock
from fieldapp.money.payment import Payment, payment_of
from fieldapp.money.till import takings
from fieldapp.paths import Home
from fieldapp.records import Record
from fieldapp.services import Catalogue
from fieldapp.store import Query
from sync.adapters.gateway import GatewayClient
from sync.engine import Engine
from sync.gateway import audit
from sync.gateway.server import GatewayServer
from sync.gateway.service import GatewayService
from tests.support.kill import assert_whole, moments, run_and_kill
from tests.support.money import CLERKS
from tests.support.till_child import desk_at, work

LONGEST = 0.6  # seconds of work before the battery falls out
Said = dict[str, tuple[str, int]]  # by record: the number in the resident's hand, and the cents paid


@pytest.mark.kill
def test_each_receipt_posts_once_and_the_sums_agree(tmp_path: Path) -> None:
    assert_each_once(tmp_path, rounds=(1, 0, 0), most=6)


@pytest.mark.kill
@pytest.mark.soak
def test_so_do_a_thousand_receipts_over_twenty_four_kills(tmp_path: Path) -> None:
    assert_each_once(tmp_path, rounds=(8, 8, 8), most=334)


def assert_each_once(tmp_path: Path, *, rounds: Sequence[int], most: int) -> None:
    """Each till is killed as often as `rounds` says, then works on to `most` receipts, then syncs on a good line."""
    catalogue = Catalogue.load(cache=Home(tmp_path).cache)
    for name in ("payment", "till", "building-permit"):
        catalogue.get(name).form()  # converted once, before the children need it
    service = GatewayService(tmp_path / "gateway", catalogue, SystemClock())
    said: Said = {}
    desks: list[Desk] = []
    with GatewayServer(service) as server:
        for person in CLERKS:
            service.people.keep(person)
        lines = [GatewayClient(server.url, service.give_token(person.id)) for person in CLERKS]
        for clerk, line in enumerate(lines):
            child = [str(tmp_path), server.url, service.give_token(CLERKS[clerk].id), str(clerk)]
            for n, after in enumerate(moments(clerk, rounds[clerk], LONGEST)):
                killed = run_and_kill("tests.support.till_child", [*child, f"{clerk}{n}", str(most)], after=after)
                said |= {record: (number, int(cents)) for record, number, cents in killed.said("paid")}
            desk = desk_at(tmp_path, clerk)
            work(desk, line, f"{clerk}99", most)
            desks.append(desk)
        for desk, line in [*zip(desks, lines, strict=True)] * 2:  # the second time everybody has the others' too
            Engine(desk.store, line, desk.person, desk.clock, catalogue=catalogue).cycle()
        for line in lines:
            line.close()
    try:
        assert_agreed(desks, service, said)
    finally:
        for desk in desks:
            desk.store.close()
        service.close()


def assert_agreed(desks: list[Desk], service: GatewayService, said: Said) -> None:
    """What was printed stands at the City, each number once, with the same sums for each till to the cent."""
    city = [payment_of(one) for one in audit.records(service) if one.service == "payment"]
    by_id = {one.id: one for one in city}
    assert said.keys() <= by_id.keys()
    for record, (number, cents) in said.items():
        assert number in {"-", by_id[record].receipt}
        assert int(by_id[record].paid * 100) == cents
    assert max(Counter(one.receipt for one in city).values()) == 1
    assert all(one.receipt for one in city)
    for desk in desks:
        assert_whole(desk.store)
        for till in tills(desk):
            here = takings(payments_in(desk, till.id))
            assert here == takings(of_till(city, till.id))
            assert here.receipts > 0


def tills(desk: Desk) -> list[Record]:
    return desk.store.find(Query(service="till"), 10)


def of_till(payments: list[Payment], till: str) -> list[Payment]:
    return [one for one in payments if one.till == till]
