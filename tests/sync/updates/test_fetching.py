"""A version comes at sync, is tried, and waits; whatever is wrong with it, nothing changes and the reason is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from fieldapp.clock import SystemClock
from fieldapp.errors import OfflineError, UpdateError, UpgradeError
from fieldapp.store.claim import Claim
from fieldapp.updates import unpacking
from fieldapp.updates.place import Installed
from fieldapp.updates.state import FAILED, State
from sync.engine import Engine
from sync.gateway.updates.publishing import withdraw
from sync.pieces import PiecePace
from sync.practice.people import TREMBLAY
from sync.updates import fetching
from sync.updates.line import Line
from sync.updates.listing import keep_root
from sync.updates.news import read_notes
from sync.updates.release import Release
from tests.support.programs import NEW
from tests.support.updates import NOTES, LongAgo, Publisher
from tests.sync.updates.conftest import Laptop

if TYPE_CHECKING:
    from sync.api import RemoteApi


def test_a_version_comes_is_rehearsed_and_waits(laptop: Laptop) -> None:
    laptop.city.publish(NEW, real=True)
    laptop.look()
    assert laptop.state == State(waiting=NEW)
    assert laptop.place.program(NEW)
    assert laptop.left_over() == []
    assert laptop.store.check() == []
    assert (laptop.news.version, laptop.news.why) == ("", "")


def test_what_is_new_in_it_comes_along_and_stays(laptop: Laptop) -> None:
    laptop.city.publish(NEW)
    laptop.look()
    laptop.look()
    assert [read_notes(laptop.store, NEW, language) for language in ("en", "fr")] == [*NOTES.values()]


def test_what_is_here_is_not_fetched_again(laptop: Laptop) -> None:
    laptop.city.publish(NEW)
    laptop.look()
    laptop.city.file_of(NEW).unlink()
    laptop.look()
    assert (laptop.state.waiting, laptop.news.why) == (NEW, "")


def test_without_a_root_of_trust_nothing_is_taken(laptop: Laptop) -> None:
    laptop.city.publish(NEW)
    shutil.rmtree(laptop.place.root)
    laptop.look()
    assert laptop.state == State()


@pytest.mark.parametrize("fault", ["selftest", "store"])
def test_one_that_does_not_work_here_is_never_taken(laptop: Laptop, fault: str) -> None:
    laptop.city.publish(NEW, fault, real=fault == "store")
    laptop.look()
    assert laptop.state == State(left={NEW: FAILED})
    assert "does not work on this computer" in laptop.news.why
    assert laptop.place.program(NEW) is None
    assert laptop.left_over() == []
    laptop.look()
    assert laptop.news.why == "", "it is not fetched again, so nothing is to be told of it"


def test_a_cut_download_goes_on_where_it_broke(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    laptop.city.publish(NEW)
    size, piece, asked = laptop.city.file_of(NEW).stat().st_size, Line.piece, []

    def cut(line: Line, name: str, offset: int, count: int) -> bytes:
        asked.append((offset, count))
        if len(asked) == 2:
            raise OfflineError("cut")
        return piece(line, name, offset, count)

    monkeypatch.setattr(Line, "piece", cut)
    monkeypatch.setattr(PiecePace, "__init__", lambda self: setattr(self, "size", size // 3))
    with pytest.raises(OfflineError):
        laptop.look()
    [part] = laptop.place.coming.glob("*.part")
    assert part.stat().st_size == size // 3
    laptop.look()
    assert laptop.state.waiting == NEW
    assert asked[2][0] == size // 3, "nothing that came was asked for again"


def test_one_that_a_person_stops_on_its_way_changes_nothing_and_goes_on_when_they_look(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop.city.publish(NEW)
    size, piece, updates = laptop.city.file_of(NEW).stat().st_size, Line.piece, laptop.updates()

    def stopped_after(line: Line, name: str, offset: int, count: int) -> bytes:
        updates.put_off()
        return piece(line, name, offset, count)

    monkeypatch.setattr(PiecePace, "__init__", lambda self: setattr(self, "size", size // 3))
    updates = laptop.updates()
    with monkeypatch.context() as patch:
        patch.setattr(Line, "piece", stopped_after)
        updates.carry(lambda: False)
    assert (laptop.state, laptop.news.put_off, laptop.place.program(NEW)) == (State(), True, None)
    updates.carry(lambda: False)
    assert (laptop.state, updates.more) == (State(), False)
    updates.look_now()
    updates.carry(lambda: False)
    assert laptop.state.waiting == NEW


def test_one_that_a_person_stops_while_it_is_tried_is_not_taken(laptop: Laptop) -> None:
    laptop.city.publish(NEW)
    updates = laptop.updates()

    def urgent() -> bool:
        if laptop.news.trying:
            updates.put_off()
        return False

    updates.carry(urgent)
    assert (laptop.state, laptop.news.put_off, laptop.news.trying) == (State(), True, False)
    assert [path for path in laptop.store.folder.glob("rehearsal*") if path.is_file()] == []
    laptop.look()  # as after the next start
    assert laptop.state.waiting == NEW


def test_a_file_that_came_altered_is_dropped(laptop: Laptop) -> None:
    laptop.city.publish(NEW)
    path = laptop.city.file_of(NEW)
    path.write_bytes(bytes(path.stat().st_size))
    laptop.look()
    assert laptop.state == State()
    assert "came other than it was signed" in laptop.news.why
    assert laptop.left_over() == []


@pytest.mark.parametrize("role", ["timestamp", "snapshot", "targets"])
def test_a_list_that_was_altered_is_refused(laptop: Laptop, role: str) -> None:
    laptop.city.publish(NEW)
    laptop.city.alter(role)
    laptop.look()
    assert laptop.state == State()
    assert "not signed by the City" in laptop.news.why


def test_another_citys_list_is_refused(laptop: Laptop) -> None:
    other = Publisher(laptop.home / "other")
    other.publish(NEW)
    other.trusted_by(laptop.place)
    laptop.look()
    assert laptop.state == State()
    assert "not signed by the City" in laptop.news.why


def test_an_older_list_than_was_seen_is_refused(laptop: Laptop) -> None:
    laptop.city.publish(NEW, "store")
    before = laptop.city.list_path("timestamp").read_bytes()
    laptop.city.publish("0.3.0")
    laptop.look()
    assert laptop.state.waiting == "0.3.0"
    laptop.city.list_path("timestamp").write_bytes(before)
    laptop.look()
    assert laptop.state.waiting == "0.3.0"
    assert "older than what was seen here before" in laptop.news.why


def test_a_list_that_nobody_kept_fresh_is_refused(laptop: Laptop) -> None:
    stale = Publisher(laptop.home / "stale", LongAgo())
    stale.publish(NEW)
    shutil.rmtree(laptop.city.folder)
    stale.folder.rename(laptop.city.folder)
    stale.root = laptop.city.folder / "metadata" / "1.root.json"
    stale.trusted_by(laptop.place)
    laptop.look()
    assert laptop.state == State()
    assert "has expired" in laptop.news.why


def test_no_room_is_told_and_changes_nothing(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    laptop.city.publish(NEW)
    monkeypatch.setattr(unpacking, "ROOM", 1 << 60)
    laptop.look()
    assert laptop.state == State()
    assert "no room for the update" in laptop.news.why


def test_what_is_withdrawn_before_the_next_start_is_not_taken(laptop: Laptop) -> None:
    laptop.city.publish(NEW)
    laptop.look()
    withdraw(laptop.city.signing(), NEW)
    laptop.look()
    assert laptop.state == State()


def test_only_laptops_that_are_meant_take_it(laptop: Laptop) -> None:
    laptop.city.publish(NEW, share=0, laptops=("PILOT-*",))
    laptop.look()
    assert laptop.state == State()
    laptop.city.publish("0.3.0", share=0, laptops=("lt*",))
    laptop.look()
    assert laptop.state.waiting == "0.3.0"


def test_a_share_is_that_share_and_only_grows() -> None:
    names = [f"LT-{n}" for n in range(1000)]
    tenth = {one for one in names if Release(NEW, "", "", share=10).is_for(one)}
    half = {one for one in names if Release(NEW, "", "", share=50).is_for(one)}
    other = {one for one in names if Release("0.3.0", "", "", share=10).is_for(one)}
    assert 70 < len(tenth) < 130
    assert tenth < half
    assert other != tenth


def test_a_root_may_be_given_when_the_computer_is_set_up(laptop: Laptop, tmp_path: Path) -> None:
    laptop.city.publish(NEW)
    shutil.rmtree(laptop.place.root)
    no_root = tmp_path / "no root.json"
    no_root.write_text("{}", "utf-8")
    with pytest.raises(UpdateError, match="cannot be read"):
        keep_root(laptop.place, no_root)
    keep_root(laptop.place, laptop.city.root)
    laptop.look()
    assert laptop.state.waiting == NEW


def test_a_laptop_that_is_too_old_for_the_gateway_still_gets_its_update(laptop: Laptop) -> None:
    class TooOld:
        """Nothing is answered but that."""

        def __getattr__(self, name: str) -> Callable[..., object]:
            def refused(*_words: object) -> object:
                raise UpgradeError("too old")

            return refused

    laptop.city.publish(NEW)
    engine = Engine(laptop.store, cast("RemoteApi", TooOld()), TREMBLAY, SystemClock())
    engine.updates = laptop.updates()
    with pytest.raises(UpgradeError):
        engine.cycle()
    assert laptop.state.waiting == NEW


def test_two_programs_on_one_machine_do_not_bring_it_twice(laptop: Laptop) -> None:
    laptop.city.publish(NEW)
    other = Claim.on(laptop.place.root, fetching.LOCK)
    laptop.look()
    assert laptop.state == State()
    assert laptop.left_over() == []
    other.release()
    laptop.look()
    assert laptop.state.waiting == NEW


def test_one_that_is_withdrawn_while_it_comes_is_let_be(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    laptop.city.publish("0.3.0")
    file = laptop.city.file_of("0.3.0")
    third = file.stat().st_size // 3
    monkeypatch.setattr(PiecePace, "__init__", lambda self: setattr(self, "size", third))
    updates = laptop.updates()
    updates.carry(lambda: False, within=0.0)
    assert updates.more, "one piece came"
    withdraw(laptop.city.signing(), "0.3.0")
    file.unlink(missing_ok=True)
    laptop.city.publish(NEW)
    updates.carry(lambda: False)
    assert "does not hand out this update any more" in laptop.news.why
    updates.look_now()
    updates.carry(lambda: False)
    assert laptop.state == State(waiting=NEW)


def test_a_program_for_other_computers_is_never_taken(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    laptop.city.publish(NEW)

    def other(place: Installed, file: Path, version: str, go_on: Callable[[], bool]) -> None:
        unpacking.unpack(place, file, version, go_on)
        program = laptop.place.program(NEW)
        assert program
        program.write_bytes(b"\xcf\xfa\xed\xfe of another system")

    monkeypatch.setattr(fetching, "unpack", other)
    laptop.look()
    assert laptop.state == State(left={NEW: FAILED})
    assert "does not work on this computer" in laptop.news.why
