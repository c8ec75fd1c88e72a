"""A record is handed in once, whole, with its files; a correction takes the place of what it corrects."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from lxml import etree

from fieldapp.actions import take
from fieldapp.clock import stamp
from fieldapp.records import INSTANCE, RECEIVED
from tests.support.openrosa import ORX, OpenRosaDouble
from tests.support.openrosa_faults import answers, cuts, loses_answer
from tests.support.openrosa_laptop import RosaLaptop


def only(double: OpenRosaDouble) -> etree._Element:
    """The one submission that the server has now."""
    (held,) = double.current.values()
    return etree.fromstring(held.xml)


def test_a_record_arrives_with_its_answers(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    record = laptop.visit(name="Grace", floors="2", street="king")
    laptop.sync()
    root = only(double)
    assert (root.get("id"), root.get("version")) == ("house-visit", "1")
    assert [root.findtext(name) for name in ("name", "floors", "street")] == ["Grace", "2", "king"]
    assert laptop.last(record).state == "applied"
    assert laptop.store.counts().waiting == 0


def test_what_is_not_relevant_is_not_sent(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    laptop.visit(floors="2")
    laptop.sync()
    assert only(double).find("told") is None


def test_the_head_is_asked_first_and_a_quiet_cycle_asks_nothing_else(
    laptop: RosaLaptop, double: OpenRosaDouble
) -> None:
    laptop.visit()
    laptop.sync()
    assert double.requests == ["HEAD submission", "POST submission"]
    laptop.sync()
    assert double.requests[2:] == ["HEAD submission"]


def test_files_go_along(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    front = laptop.photo(b"front" * 1000)
    laptop.visit(front=front)
    assert laptop.sync().files == 1
    (held,) = double.held.values()
    assert held.files == {front: b"front" * 1000}
    assert laptop.store.blobs.queue() == []


def test_files_are_divided_by_the_servers_room(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    double.room, double.strict_room = 40_000, True
    front, back = laptop.photo(b"f" * 30_000), laptop.photo(b"b" * 30_000)
    laptop.visit(front=front, back=back)
    laptop.sync()
    (held,) = double.held.values()
    assert held.files == {front: b"f" * 30_000, back: b"b" * 30_000}
    assert len(double.bodies) == 2
    assert max(double.bodies) <= double.room
    assert double.incomplete == [True, False]


def test_a_server_with_less_room_than_it_says_gets_smaller_bodies(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    laptop.visit(front=laptop.photo(b"f" * 30_000), back=laptop.photo(b"b" * 30_000))
    double.faults = [answers(413)]
    laptop.sync()
    (held,) = double.held.values()
    assert sorted(map(len, held.files.values())) == [30_000, 30_000]


def test_files_that_were_taken_are_not_sent_again(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    double.room = 40_000
    laptop.visit(front=laptop.photo(b"f" * 30_000), back=laptop.photo(b"b" * 30_000))
    double.faults = [None, cuts]
    laptop.sync()
    assert laptop.store.counts().waiting == 1
    laptop.sync()
    assert len(double.bodies) == 2  # one each, and the cut one never arrived
    (held,) = double.held.values()
    assert len(held.files) == 2


def test_a_lost_answer_doubles_nothing(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    record = laptop.visit()
    double.faults = [loses_answer]
    laptop.sync()
    laptop.clock.forward(days=3)
    laptop.sync()
    assert double.count("POST") == 2
    assert len(double.held) == 1
    assert laptop.last(record).state == "applied"


def test_what_is_sent_again_is_the_same_to_the_last_byte(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    """The form computes from the clock, and is another one by then: the parcel was packed before."""
    laptop.visit()
    double.faults = [loses_answer]
    laptop.sync()
    laptop.clock.forward(hours=5)
    double.forms["house-visit"].xml = double.forms["house-visit"].xml.replace(b"'%Y-%m-%d %H:%M:%S'", b"'%Y'")
    laptop.fetch()
    laptop.open()
    laptop.sync()
    assert laptop.store.counts().attention == 0
    assert len(double.held) == 1


def test_accepted_for_later_counts_as_taken(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    double.taken_status = 202
    record = laptop.visit()
    laptop.sync()
    assert laptop.last(record).state == "applied"


def test_a_correction_takes_the_place_of_what_it_corrects(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    record = laptop.visit(name="Grace")
    laptop.sync()
    (first,) = double.held
    assert laptop.record(record).get(INSTANCE) == first
    laptop.correct(record, name="Grace Hopper")
    laptop.sync()
    root = only(double)
    assert root.findtext("name") == "Grace Hopper"
    assert root.findtext(f"{ORX}meta/{ORX}deprecatedID") == first
    assert double.held[first].replaced_by == laptop.record(record).get(INSTANCE)


def test_a_correction_whose_answer_was_lost_is_sent_under_the_same_id(
    laptop: RosaLaptop, double: OpenRosaDouble
) -> None:
    record = laptop.visit()
    laptop.sync()
    laptop.correct(record, name="Grace")
    double.faults = [loses_answer]
    laptop.sync()
    laptop.sync()
    assert len(double.held) == 2
    assert laptop.store.counts().attention == 0


def test_two_corrections_in_a_row_form_a_chain(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    record = laptop.visit()
    for name in ("Grace", "Edith", "Joan"):
        laptop.sync()
        laptop.correct(record, name=name)
    laptop.sync()
    assert len(double.held) == 4
    assert only(double).findtext("name") == "Joan"


def test_what_is_corrected_before_it_was_sent_is_sent_once(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    record = laptop.visit(name="Grace")
    laptop.correct(record, name="Edith")
    laptop.sync()
    assert double.count("POST") == 1
    root = only(double)
    assert root.findtext("name") == "Edith"
    assert root.find(f"{ORX}meta/{ORX}deprecatedID") is None
    assert laptop.store.counts().waiting == 0


def test_steps_that_hand_nothing_in_stay_on_the_laptop(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    record = laptop.visit()
    laptop.sync()
    take(laptop.desk, record, "correct")
    laptop.sync()
    assert double.count("POST") == 1
    assert laptop.record(record).state == "correcting"
    assert laptop.store.counts().waiting == 0


def test_a_draft_is_never_sent(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    laptop.visit(hand_in=False)
    laptop.sync()
    assert double.count("POST") == 0


def test_the_servers_own_time_stands_in_the_proof(laptop: RosaLaptop) -> None:
    record = laptop.visit()
    a_second = timedelta(seconds=1)  # as often a server renews the Date that it says
    before = stamp(datetime.now(UTC).replace(microsecond=0) - a_second)
    laptop.clock.forward(days=-400)
    laptop.sync()
    assert laptop.store.proof(record).applied_at == laptop.record(record).get(RECEIVED) >= before
