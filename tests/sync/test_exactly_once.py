"""Whatever is lost on the line, an op takes effect once, and everything settles (I3, I4, I5, I7, I14, I22)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldapp.errors import EpochError, OfflineError
from fieldapp.records import TITLE, Change
from fieldapp.store import Touched
from sync.gateway import batch
from sync.gateway.judge import Case, Verdict, judge
from sync.wire import PullRequest, PushRequest
from tests.support.faults import Fails, LosesEachAnswerOnce, Lossy
from tests.support.gateway import CHIEF, CLERK, City, Laptop


def push(laptop: Laptop, *changes: Change) -> list[str]:
    """Send Changes as they are; the statuses."""
    request = PushRequest(laptop.device, tuple(change.payload() for change in changes))
    return [one.status for one in laptop.api.push(request).results]


def until_quiet(laptop: Laptop, tries: int = 200) -> int:
    """Try again until a cycle comes through; how many failed."""
    for failed in range(tries):
        try:
            laptop.sync()
        except OfflineError:
            continue
        return failed
    raise AssertionError("never came through")


def test_i03_every_answer_lost_once_doubles_nothing(near: City) -> None:
    laptop = near.laptop(CLERK, wrap=LosesEachAnswerOnce().over)
    records = [laptop.new({"items/a": "1"}) for _ in range(20)]
    for record in records:
        laptop.edit(record, {"items/a": "2"})
    assert until_quiet(laptop) == 2
    assert near.count("op") == 40
    assert {laptop.record(record).rev for record in records} == {2}
    assert laptop.store.counts().waiting == 0


@pytest.mark.parametrize("seed", range(10))
def test_i03_a_lossy_line_loses_and_doubles_nothing(near: City, seed: int) -> None:
    assert_nothing_lost_or_doubled(near, seed)


@pytest.mark.xdist_group("postgres")
@pytest.mark.parametrize("seed", range(10, 13))
def test_i03_a_lossy_line_to_postgresql_loses_and_doubles_nothing(shared: City, seed: int) -> None:
    assert_nothing_lost_or_doubled(shared, seed)


def assert_nothing_lost_or_doubled(city: City, seed: int) -> None:
    laptop = city.laptop(CLERK, wrap=Lossy(seed, 0.2).over)
    other = city.laptop(CHIEF)
    for n in range(30):
        laptop.new({"items/n": str(n)}, ward=f"{n % 4 + 1:02d}")
        if n % 10 == 0:
            until_quiet(laptop)
    until_quiet(laptop)
    other.sync()
    assert city.count("op") == city.count("record") == 30
    assert laptop.store.exchange.summary() == other.store.exchange.summary()


def test_the_same_op_again_gets_the_same_answer(city: City) -> None:
    laptop = city.laptop(CLERK)
    change = laptop.change("r1", {TITLE: "Couch"}, creates=True)
    request = PushRequest(laptop.device, (change.payload(),))
    first, again = laptop.api.push(request), laptop.api.push(request)
    assert first.results == again.results
    assert city.count("op") == 1


def test_the_same_op_twice_in_one_message_counts_once(near: City) -> None:
    laptop = near.laptop(CLERK)
    change = laptop.change("r1", {TITLE: "Couch"}, creates=True)
    assert push(laptop, change, change) == ["applied", "applied"]
    assert near.count("op") == 1


def test_i05_another_op_under_the_same_id_is_refused(city: City) -> None:
    laptop = city.laptop(CLERK)
    change = laptop.change("r1", {TITLE: "Couch"}, creates=True)
    push(laptop, change)
    forged = replace(change, edits={TITLE: "Piano"})
    result = laptop.api.push(PushRequest(laptop.device, (forged.payload(),))).results[0]
    assert (result.status, result.code) == ("rejected", "key_reuse")
    assert city.count("record", "fields LIKE '%Piano%'") == 0


def test_i21_an_ops_unknown_keys_are_kept(city: City) -> None:
    laptop = city.laptop(CLERK)
    change = laptop.change("r1", {TITLE: "Couch", "@from_tomorrow": "x"}, creates=True)
    laptop.api.push(PushRequest(laptop.device, ({**change.payload(), "tomorrow": {"a": 1}},)))
    assert laptop.api.history("r1").entries[0].op["tomorrow"] == {"a": 1}
    laptop.sync()
    assert laptop.answer("r1", "@from_tomorrow") == "x"


def test_a_poisoned_op_does_not_stop_the_others(near: City) -> None:
    laptop = near.laptop(CLERK)
    good = [laptop.change(f"r{n}", {TITLE: "Couch"}, creates=True).payload() for n in range(5)]
    odd = {**good[0], "id": "x1", "record": "r8", "edits": 7}
    poison = [{}, odd, {**good[0], "id": "x2", "record": "r9", "service": "no-such"}, {"id": 5}]
    results = laptop.api.push(PushRequest(laptop.device, (*good[:2], *poison, *good[2:]))).results
    assert [one.status for one in results] == ["applied"] * 2 + ["rejected"] * 4 + ["applied"] * 3
    assert [one.code for one in results[2:6]] == ["malformed", "malformed", "unknown_service", "malformed"]


def test_an_op_that_cannot_be_judged_is_asked_for_again_and_stops_no_other(
    near: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(case: Case) -> Verdict:
        if case.change.record == "r1":
            raise ZeroDivisionError
        return judge(case)

    monkeypatch.setattr(batch, "judge", failing)
    laptop = near.laptop(CLERK)
    changes = [laptop.change(f"r{n}", {TITLE: "Couch"}, creates=True) for n in range(3)]
    assert push(laptop, *changes) == ["applied", "retry", "applied"]


def test_i14_what_comes_behind_a_refused_op_of_the_same_record_is_blocked(city: City) -> None:
    laptop = city.laptop(CLERK)
    first = laptop.change("r1", {TITLE: "Couch"}, creates=True)
    bad = laptop.change("r1", {"@number": "26-1"})
    behind = laptop.change("r1", {TITLE: "Sofa"})
    other = laptop.change("r2", {TITLE: "Desk"}, creates=True)
    assert push(laptop, first, bad, behind, other) == ["applied", "rejected", "blocked", "applied"]


def test_i14_an_edit_before_its_record_is_not_lost(near: City) -> None:
    laptop = near.laptop(CLERK)
    edit = laptop.change("r1", {TITLE: "Sofa"}, was={TITLE: "Couch"})
    assert push(laptop, edit) == ["blocked"]
    assert push(laptop, laptop.change("r1", {TITLE: "Couch"}, creates=True)) == ["applied"]
    assert push(laptop, edit) == ["applied"]


def test_a_cursor_stays_where_the_last_whole_page_ended(near: City) -> None:
    clerk = near.laptop(CLERK)
    for _ in range(1500):
        clerk.new()
    clerk.sync()
    chief = near.laptop(CHIEF, wrap=Fails(lambda count, name: name == "pull" and count == 3).over)
    with pytest.raises(OfflineError):
        chief.sync()
    state = chief.store.exchange.buckets()["ward:08"]
    assert (state.count, state.cursor) == (1000, 0)
    assert state.start == (head(near), sorted(all_ids(near))[999])
    assert chief.sync().equal


def head(city: City) -> int:
    """Where the feed ends."""
    return int(city.service.database.read("SELECT v FROM counter WHERE name = 'feed'")[0][0])


def all_ids(city: City) -> list[str]:
    """The ids of all records that the City has."""
    return [id_ for (id_,) in city.service.database.read("SELECT id FROM record")]


@pytest.mark.parametrize("known", [True, False])
def test_i07_a_page_and_its_cursor_come_together_or_not_at_all(near: City, known: bool) -> None:
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    if known:
        clerk.new()
        near.sync()
    for _ in range(450):
        clerk.new()
    clerk.sync()

    def pull_the_battery(touched: Touched) -> None:
        raise SystemExit

    leave = chief.store.subscribe(pull_the_battery)
    with pytest.raises(SystemExit):
        chief.sync()
    state = chief.store.exchange.buckets()["ward:08"]
    if known:
        assert state.count == near.count("member", f"bucket = 'ward:08' AND seq <= {state.cursor}") == 201
    else:
        assert (state.count, state.cursor, state.start) == (200, 0, (head(near), sorted(all_ids(near))[199]))
    leave()
    assert chief.sync().equal


def test_i08_a_page_again_changes_nothing(near: City) -> None:
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    for _ in range(10):
        clerk.new()
    near.sync()
    before = chief.store.exchange.summary()
    page = chief.api.pull(PullRequest({})).pages[0]
    chief.store.exchange.apply_page(page.bucket, page.rows, page.next, epoch="")
    assert chief.store.exchange.summary() == before


def test_a_restored_city_gets_back_what_it_lost(city: City) -> None:
    clerk, chief = city.laptop(CLERK), city.laptop(CHIEF)
    kept = clerk.new({"items/a": "kept"})
    city.sync()
    lost = clerk.new({"items/a": "lost"})
    city.sync()
    with city.service.database.write() as tx:  # the backup was from before the second record
        tx.execute("DELETE FROM record WHERE id = ?", (lost,))
        tx.execute("DELETE FROM op WHERE record = ?", (lost,))
        tx.execute("DELETE FROM member WHERE record = ?", (lost,))
        tx.execute("UPDATE counter SET v = 2 WHERE name = 'feed'")
        tx.execute("UPDATE bucket SET count = 1, checksum = (SELECT fp FROM record)")
    city.service.database.new_epoch()
    city.sync()
    assert city.count("record") == 2
    assert chief.store.record(lost) == clerk.store.record(lost)
    assert chief.store.record(kept) == clerk.store.record(kept)
    assert clerk.sync().equal


def test_a_cursor_of_another_history_is_told(city: City) -> None:
    api = city.api(CLERK)
    with pytest.raises(EpochError):
        api.pull(PullRequest({"ward:08": 7}))
    with pytest.raises(EpochError):
        api.pull(PullRequest({}, epoch="another"))


def test_a_bucket_that_differs_is_built_anew(near: City) -> None:
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    records = [clerk.new({"items/a": "1"}) for _ in range(5)]
    near.sync()
    chief.store.exchange.begin_again("ward:08")
    rows = chief.api.pull(PullRequest({})).pages[0].rows
    altered = [replace(row, fields={**row.fields, "items/a": "altered"}) for row in rows]
    chief.store.exchange.apply_page("ward:08", altered, rows[-1].seq)
    proof = chief.sync()
    assert (proof.rebuilt, proof.equal) == (("ward:08",), True)
    assert {chief.answer(record, "items/a") for record in records} == {"1"}
