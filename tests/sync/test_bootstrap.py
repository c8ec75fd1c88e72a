"""A bucket that a laptop does not have yet: by id, resumed where it was cut, nothing missed meanwhile (I6, I7)."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest

from fieldapp.errors import OfflineError
from fieldapp.records import ASSIGNEE, WARD
from sync.api import RemoteApi
from sync.gateway import feed
from sync.gateway.handouts import hand_out, references
from sync.wire import KNOWS, REF, Page, PullReply, PullRequest
from tests.support.faults import Capturing, Fails
from tests.support.gateway import CHIEF, CLERK, INSPECTOR_8, City


class Meanwhile:
    """The gateway, where something happens before each pull."""

    def __init__(self, api: RemoteApi, happens: Callable[[int], None]) -> None:
        self._api = api
        self._happens = happens
        self._pulls = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._api, name)

    def pull(self, request: PullRequest) -> PullReply:
        """Let it happen; then few rows at a time."""
        self._pulls += 1
        self._happens(self._pulls)
        return self._api.pull(PullRequest(request.buckets, 7, request.epoch, request.knows, request.starts))


def ward_08(reply: PullReply) -> Page:
    """The ward's page."""
    return next(page for page in reply.pages if page.bucket == "ward:08")


def test_i7_a_start_that_is_cut_again_and_again_brings_each_row_once(near: City) -> None:
    clerk = near.laptop(CLERK)
    for n in range(2300):
        clerk.new(ward=("08", "09")[n % 2])
    clerk.sync()
    line = Capturing()
    chief = near.laptop(CHIEF)
    for _ in range(2):  # hello, a pull that comes through, and the line is gone
        cut = Fails(lambda count, name: name == "pull" and count > 2)
        chief.engine = type(chief.engine)(chief.store, cut.over(line.over(chief.api)), CHIEF, chief.clock)
        with pytest.raises(OfflineError):
            chief.sync()
    chief.engine = type(chief.engine)(chief.store, line.over(chief.api), CHIEF, chief.clock)
    assert chief.sync().equal
    assert len(line.rows) == len({row.id for row in line.rows}) == 2300


def test_i6_what_changes_while_a_bucket_comes_is_not_missed(either: City) -> None:
    chief, clerk = either.laptop(CHIEF), either.laptop(CLERK)
    records = sorted(chief.new({"items/n": str(n)}, ward="08") for n in range(40))
    chief.sync()

    def happens(pull: int) -> None:
        if pull > 12:
            return
        chief.edit(records[pull], {"items/n": "changed early"})
        chief.edit(records[-pull], {"items/n": "changed late"})
        chief.edit(records[2 * pull], {WARD: "09"})
        chief.new({ASSIGNEE: INSPECTOR_8.id}, ward="09")
        clerk.new(ward="08")
        chief.sync()
        clerk.sync()

    eight = either.laptop(INSPECTOR_8, wrap=lambda api: cast("RemoteApi", Meanwhile(api, happens)))
    proof = eight.sync()
    assert proof.equal
    assert proof.rebuilt == ()
    mine = {id_: chief.store.record(id_) for id_ in records if chief.answer(id_, WARD) == "08"}
    assert {id_: eight.store.record(id_) for id_ in mine} == mine
    assert eight.store.check() == []


def test_a_start_notes_the_feeds_end_before_its_first_row(either: City) -> None:
    clerk = either.laptop(CLERK)
    for _ in range(5):
        clerk.new()
    clerk.sync()
    api = either.api(CHIEF)
    first = ward_08(api.pull(PullRequest({}, 3, knows=KNOWS)))
    clerk.new()
    clerk.sync()
    assert first.start is not None
    assert (first.next, first.more, first.start.after) == (0, True, first.rows[-1].id)
    second = ward_08(api.pull(PullRequest({"ward:08": 0}, 3, knows=KNOWS, starts={"ward:08": first.start})))
    assert second.start is not None
    assert second.start.as_of == first.start.as_of
    assert {row.id for row in first.rows}.isdisjoint(row.id for row in second.rows)


def test_own_work_does_not_come_back_to_a_bucket_that_came_by_id(near: City) -> None:
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    clerk.new(ward="08")
    clerk.new(ward="09")
    clerk.sync()
    assert chief.sync().received == 2
    chief.new(ward="08")
    proof = chief.sync()
    assert (proof.received, proof.equal) == (0, True)
    assert chief.sync().received == 0


def test_a_page_ends_by_size_too(near: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "MAX_PAGE", 40_000)
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    for n in range(20):
        clerk.new({"items/long": "x" * (50_000 if n == 7 else 9_000)})
    clerk.sync()
    page = ward_08(chief.api.pull(PullRequest({}, knows=KNOWS)))
    assert 3 <= len(page.rows) <= 4
    assert chief.sync().equal
    assert chief.store.exchange.summary() == clerk.store.exchange.summary()


def test_what_the_city_hands_out_comes_over_http_whatever_it_is_called(far: City) -> None:
    service = far.service
    hand_out(service.database, REF, references(None), service.now())
    laptop = far.laptop(CLERK)
    laptop.new()
    assert laptop.sync().equal
    assert laptop.sync().equal
    assert laptop.store.exchange.buckets()[REF].count == sum(1 for _ in references(None))
