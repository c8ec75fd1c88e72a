"""The journal: what may be sent, in which order, and whether anybody touched it."""

from __future__ import annotations

import pytest

from fieldapp.records import Change
from fieldapp.store import Settled, Store
from tests.support.store import PERSON, make_change

ALL = (10**6, 10**9)


def sealed(store: Store, record: str = "", principal: str = PERSON) -> Change:
    change = make_change(record, {"a": "1"}, principal=principal)
    store.commit(change, seal=True)
    return store.history(change.record)[-1].change


def test_pending_is_in_the_order_of_sealing(store: Store) -> None:
    late = make_change(edits={"a": "1"})
    store.commit(late, seal=False)
    first = sealed(store)
    again = sealed(store, first.record)
    store.commit(make_change(late.record, {"a": "2"}), seal=True)
    assert [change.id for change in store.exchange.pending(PERSON, *ALL)] == [first.id, again.id, late.id]


def test_open_changes_are_not_sent(store: Store) -> None:
    store.commit(make_change(), seal=False)
    assert store.exchange.pending(PERSON, *ALL) == []
    assert (store.counts().waiting, store.counts().drafts) == (0, 1)


def test_limits_of_number_and_size_hold(store: Store) -> None:
    changes = [sealed(store) for _ in range(5)]
    assert store.exchange.pending(PERSON, 2, 10**9) == changes[:2]
    size = 2 * len(str(changes[0].payload()).encode())
    assert 1 < len(store.exchange.pending(PERSON, 10, size)) < 5
    assert store.exchange.pending(PERSON, 10, 1) == changes[:1]


def test_nothing_leaves_under_another_sign_in(store: Store) -> None:
    mine = sealed(store)
    sealed(store, principal="j.osei")
    behind = sealed(store, mine.record, principal="j.osei")
    sealed(store, mine.record)
    assert store.exchange.pending(PERSON, *ALL) == [mine]
    assert behind not in store.exchange.pending("j.osei", *ALL)


def test_a_record_can_be_passed_over(store: Store) -> None:
    first, second = sealed(store), sealed(store)
    assert store.exchange.pending(PERSON, *ALL, skip={first.record}) == [second]


def test_repaired_records_flow_again(store: Store) -> None:
    refused = sealed(store)
    sealed(store, refused.record)
    store.exchange.settle([Settled(refused.id, "rejected")])
    assert store.exchange.pending(PERSON, *ALL) == []
    store.resolve(refused.record, mine=True)
    assert len(store.exchange.pending(PERSON, *ALL)) == 1


@pytest.mark.parametrize(
    ("harm", "fault"),
    [
        ("UPDATE journal SET payload = replace(payload, 'bulk', 'bulg') WHERE seq = 2", "content of link 2"),
        ("DELETE FROM journal WHERE seq = 2", "link 2 is missing"),
        ("DELETE FROM journal WHERE seq = 3", "ends at link 2"),
        ("UPDATE journal SET link = zeroblob(32) WHERE seq = 3", "link 3 does not follow"),
        ("UPDATE chain SET link = zeroblob(32)", "link 3 is not the one"),
    ],
)
def test_the_chain_shows_every_tampering(store: Store, harm: str, fault: str) -> None:
    changes = [sealed(store) for _ in range(3)]
    store.exchange.settle([Settled(changes[0].id, "applied", 1)])
    assert store.verify_chain().links == 3
    with store._database.write() as tx:
        kept = tx.execute("SELECT * FROM journal").fetchall()
        head = tx.execute("SELECT * FROM chain").fetchall()
        tx.execute(harm)
    report = store.verify_chain()
    assert not report.whole
    assert fault in report.fault
    with store._database.write() as tx:
        tx.execute("DELETE FROM journal")
        tx.executemany(f"INSERT INTO journal VALUES ({', '.join('?' * len(kept[0]))})", kept)
        tx.execute("UPDATE chain SET link = ?", (head[0][2],))


def test_the_same_change_has_the_same_digest_here_and_at_the_gateway(store: Store) -> None:
    change = sealed(store)
    [(digest,)] = store._database.read("SELECT digest FROM journal")
    assert digest.hex() == change.digest
