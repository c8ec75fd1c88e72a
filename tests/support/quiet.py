"""What must be true when all is quiet: network up, everybody synced twice, nobody edits (sync.md's invariants)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from fieldapp.errors import SyncError
from fieldapp.store import bucket_of
from sync.wire import FeedRow, PullRequest
from tests.support.faults import Counting
from tests.support.gateway import CHIEF, City, Laptop

TAKEN = ("applied", "merged", "noop")
VISIBLE = ("conflict", "rejected", "parked", "referred")  # to a person, until it is resolved
AGAIN = 400  # cycles, at most, until one comes through


def until_through(laptop: Laptop, tries: int = AGAIN) -> int:
    """Cycle until one ends well; how many did not."""
    for failed in range(tries):
        try:
            laptop.sync()
        except SyncError:
            continue
        return failed
    raise AssertionError("never came through")


def assert_quiet(city: City) -> None:
    """Sync everybody twice on a good line, then judge."""
    city.sync()
    assert_each_took_effect_once(city)
    assert_joined(city)
    assert_same_everywhere(city)
    assert_in_order(city)
    assert_no_edit_was_lost(city)
    for laptop in city.laptops:
        assert_nothing_moves(laptop)
        assert laptop.store.check() == []
        assert laptop.store.verify_chain().whole


def assert_each_took_effect_once(city: City) -> None:
    """I3: a record's revision is the number of ops that took effect on it, and no revision was made twice."""
    read = city.service.database.read
    ops = read("SELECT record, count(*), count(DISTINCT rev) FROM op WHERE status IN ('applied', 'merged') GROUP BY 1")
    revs = read("SELECT id, rev, rev FROM record")
    assert sorted(ops) == sorted(revs)


def assert_joined(city: City) -> None:
    """I4: what laptops call taken is what the City took, op by op; everything else is visible, or waits behind it."""
    judged = dict(city.service.database.read("SELECT id, status FROM op"))
    seen: dict[str, str] = {}
    for laptop in city.laptops:
        for id_, record, state in laptop.store._database.read("SELECT id, record, state FROM journal"):
            assert state != "sealed" or in_trouble(laptop, record), (laptop.device, id_)
            if state in (*TAKEN, *VISIBLE):
                seen[id_] = state
    taken = {id_ for id_, status in judged.items() if status in TAKEN}
    assert {id_ for id_, state in seen.items() if state in TAKEN} == taken
    alike = {"referred": "conflict"}  # the City's word for both: its author cannot settle it, a supervisor will
    assert all(judged[id_] == alike.get(state, state) for id_, state in seen.items() if id_ in judged)


def in_trouble(laptop: Laptop, record: str) -> bool:
    """Whether something of this record waits for a person."""
    return any(entry.state in VISIBLE for entry in laptop.store.history(record))


def assert_same_everywhere(city: City) -> None:
    """I6, I9: the City's rows of each bucket are those of every laptop in its scope: by checksum, and one by one."""
    there = {name: (count, int(checksum, 16)) for name, (count, checksum) in city.service.summary().items() if count}
    rows = {row.id: (row.rev, dict(row.fields)) for row in _feed(city)}
    assert len(rows) == sum(count for name, (count, _) in there.items() if name.startswith("ward:"))
    for laptop in city.laptops:
        here = laptop.store.exchange.buckets()
        assert {name: (state.count, state.checksum) for name, state in here.items() if state.count} == {
            name: tally for name, tally in there.items() if name in here
        }
        for id_, (rev, fields) in rows.items():
            mine = laptop.store.city_record(id_)
            if mine is not None and bucket_of(fields) in here:  # else it stays only while something of it is unsettled
                assert (mine.rev, dict(mine.fields)) == (rev, fields)


def _feed(city: City) -> Iterator[FeedRow]:
    """Every row that the City has, as a supervisor's new laptop would get it."""
    api, cursors = city.service.as_(CHIEF), dict[str, int]()
    while True:
        reply = api.pull(PullRequest(cursors))
        yield from (row for page in reply.pages for row in page.rows)
        cursors = {page.bucket: page.next for page in reply.pages}
        if not any(page.more for page in reply.pages):
            return


def assert_in_order(city: City) -> None:
    """I14: the City judged each laptop's ops of a record in the order of that laptop's journal."""
    for laptop in city.laptops:
        mine = laptop.store._database.read("SELECT record, id FROM journal ORDER BY seq")
        order = dict(city.service.database.read("SELECT id, n FROM op"))
        places: dict[str, list[int]] = {}
        for record, id_ in mine:
            if id_ in order:
                places.setdefault(record, []).append(order[id_])
        assert all(one == sorted(one) for one in places.values())


def assert_no_edit_was_lost(city: City) -> None:
    """I11: each value that was taken is current, or followed by one whose author saw it; each that was not is kept."""
    read = city.service.database.read
    current = {id_: json.loads(fields) for id_, fields in read("SELECT id, fields FROM record")}
    kept = {(op, path): mine for op, path, mine in read("SELECT op, path, mine FROM conflict")}
    last: dict[tuple[str, str], str] = {}
    for id_, record, status, payload in read("SELECT id, record, status, payload FROM op ORDER BY n"):
        op = json.loads(payload)
        for path, value in op["edits"].items():
            new, seen = value or "", op["was"].get(path) or ""
            if path.startswith("@") or new == seen:
                continue
            if status in TAKEN:
                assert last.get((record, path), "") in {seen, new}, (id_, path)
                last[record, path] = new
            elif status == "conflict":
                assert kept.get((id_, path), new) == new
    for (record, path), value in last.items():
        assert current[record].get(path, "") == value


def assert_nothing_moves(laptop: Laptop) -> None:
    """I10: one more cycle is two requests; nothing is sent, nothing comes."""
    counting = Counting()
    engine = type(laptop.engine)(laptop.store, counting.over(laptop.api), laptop.person, laptop.clock)
    engine.cycle()  # a program that has just started looks once for photos that are still missing here or there
    counting.requests.clear()
    proof = engine.cycle()
    assert proof.equal
    assert (proof.sent, proof.received, proof.files) == (0, 0, 0)
    assert counting.requests == ["hello", "pull"]
