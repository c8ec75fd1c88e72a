"""What a server cannot take is told in its own words where all refusals are told; nothing else is held up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.requests import Request
from starlette.responses import Response

from fieldapp.actions import correct, keep_mine, take
from fieldapp.errors import BusyError, OfflineError, ProtocolError, SignInError
from fieldapp.store import Place, Query
from sync.status import SyncState
from tests.support.openrosa import OpenRosaDouble
from tests.support.openrosa_faults import Fault, answers, cuts, loses_answer
from tests.support.openrosa_laptop import RosaLaptop

PORTAL = b"<html>Welcome to Coffee Wi-Fi. Please sign in.</html>"
SAYS_NO = (
    b'<OpenRosaResponse xmlns="http://openrosa.org/http/response"><message nature="error">No.</message>'
    b"</OpenRosaResponse>"
)


def test_a_refusal_waits_for_a_person_in_the_servers_words(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    double.forms["house-visit"].open = False
    record = laptop.visit()
    laptop.sync()
    entry = laptop.last(record)
    assert (entry.state, entry.code) == ("rejected", "http409")
    assert "not currently accepting" in entry.message
    assert laptop.store.count(Query(places=(Place.ATTENTION,))) == 1


def test_one_refusal_holds_up_nothing_else(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    records = [laptop.visit(name=name) for name in ("Ada", "Grace", "Edith")]
    double.faults = [None, answers(400, SAYS_NO), None]
    laptop.sync()
    assert [laptop.last(record).state for record in records] == ["applied", "rejected", "applied"]


def test_a_person_sends_a_refused_record_again(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    double.forms["house-visit"].open = False
    record = laptop.visit()
    laptop.sync()
    double.forms["house-visit"].open = True
    keep_mine(laptop.desk, record)
    laptop.sync()
    assert laptop.last(record).state == "applied"
    assert len(double.held) == 1


def test_a_person_corrects_a_refused_record_and_sends_it(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    record = laptop.visit(name="Ada")
    double.faults = [answers(400, SAYS_NO)]
    laptop.sync()
    take(laptop.desk, record, "correct")
    laptop.fill(record, name="Grace")
    take(laptop.desk, record, "resubmit")
    keep_mine(laptop.desk, record)
    laptop.sync()
    (held,) = double.held.values()
    assert b"<name>Grace</name>" in held.xml
    assert laptop.store.counts().attention == 0


def test_a_correction_that_somebody_else_made_first_is_told(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    record = laptop.visit()
    laptop.sync()
    (first,) = double.held
    double.held[first].replaced_by = "uuid:of-somebody-else"
    laptop.correct(record, name="Grace")
    laptop.sync()
    assert "edited already" in laptop.last(record).message


def test_another_submission_under_the_same_id_is_told(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    record = laptop.visit()
    laptop.sync()
    (held,) = double.held.values()
    held.xml += b"<!-- altered -->"
    laptop.store.exchange.send_again("")  # has no hold on records of another server
    laptop.sync()
    assert laptop.last(record).state == "applied"
    assert double.count("POST") == 1


def test_a_strict_server_that_knows_a_resent_submission_has_taken_it(
    laptop: RosaLaptop, double: OpenRosaDouble
) -> None:
    record = laptop.visit()
    double.faults = [loses_answer, answers(409, SAYS_NO)]
    laptop.sync()
    laptop.sync()
    assert laptop.last(record).state == "applied"


def test_a_form_that_closed_meanwhile_is_no_proof_of_arrival(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    record = laptop.visit()
    double.faults = [cuts]
    laptop.sync()
    double.forms["house-visit"].open = False
    laptop.sync()
    assert laptop.last(record).state == "rejected"
    assert double.held == {}


def test_a_first_conflict_is_told(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    record = laptop.visit()
    double.faults = [answers(409, SAYS_NO)]
    laptop.sync()
    assert laptop.last(record).state == "rejected"


@pytest.mark.parametrize("fault", [answers(500, SAYS_NO), cuts])
def test_what_fails_alone_is_laid_aside_after_five_times(
    laptop: RosaLaptop, double: OpenRosaDouble, fault: Fault
) -> None:
    bad, good = laptop.visit(name="Ada"), laptop.visit(name="Grace")
    double.faults = [fault, None]
    laptop.sync()
    assert laptop.last(bad).state == "sealed"
    assert laptop.last(good).state == "applied"
    for _ in range(4):
        double.faults = [fault]
        laptop.sync()
    assert laptop.last(bad).state == "parked"


def test_what_was_laid_aside_and_is_sent_again_doubles_nothing(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    """The server had kept it each time, and failed afterwards: the same content goes under the same bytes."""
    record = laptop.visit()
    for _ in range(5):
        double.faults = [loses_answer]
        laptop.sync()
    assert laptop.last(record).state == "parked"
    laptop.clock.forward(days=1)
    keep_mine(laptop.desk, record)
    laptop.sync()
    assert laptop.last(record).state == "applied"
    assert len(double.held) == 1


def test_a_body_too_large_for_the_server_is_laid_aside_at_once(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    double.room, double.strict_room = 20_000, True
    record = laptop.visit(front=laptop.photo(b"f" * 30_000))
    laptop.sync()
    assert laptop.last(record).state == "parked"


def test_a_file_that_is_not_here_is_told(laptop: RosaLaptop) -> None:
    record = laptop.visit(front="0" * 64 + ".jpg")
    laptop.sync()
    assert (laptop.last(record).state, laptop.last(record).code) == ("parked", "file")


def test_a_correction_that_this_person_may_not_make_is_told(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    """App users of ODK Central may create and not edit; the sign-in itself is good."""
    bad, good = laptop.visit(), laptop.visit()
    double.faults = [answers(401, SAYS_NO), None]
    laptop.sync()
    assert (laptop.last(bad).state, laptop.last(bad).message) == ("rejected", "No.")
    assert laptop.last(good).state == "applied"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (answers(200, PORTAL), ProtocolError),
        (answers(201, PORTAL), ProtocolError),
        (answers(404, PORTAL), ProtocolError),
        (answers(302, b"", {"Location": "http://elsewhere.test/"}), ProtocolError),
        (answers(503, b"", {"Retry-After": "7"}), BusyError),
        (answers(429), BusyError),
        (answers(502, PORTAL), OfflineError),
    ],
)
def test_what_concerns_the_line_stops_the_cycle_and_settles_nothing(
    laptop: RosaLaptop, double: OpenRosaDouble, answer: Fault, error: type[Exception]
) -> None:
    record = laptop.visit()
    double.faults = [answer]
    with pytest.raises(error):
        laptop.sync()
    assert laptop.last(record).state == "sealed"
    laptop.sync()
    assert laptop.last(record).state == "applied"


def test_a_refused_sign_in_stops_sending_and_loses_nothing(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    record = laptop.visit()
    double.sign_in = "bearer"
    with pytest.raises(SignInError):
        laptop.sync()
    double.sign_in = ""
    laptop.sync()
    assert laptop.last(record).state == "applied"


def test_a_sign_in_that_ends_between_head_and_post_refuses_nothing(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    record = laptop.visit()

    def expires(_request: Request, do: Callable[[], Response]) -> Response:
        double.sign_in = "bearer"
        return do()

    double.faults = [expires]
    with pytest.raises(SignInError):
        laptop.sync()
    assert laptop.last(record).state == "sealed"


def test_the_person_sees_what_it_does(laptop: RosaLaptop) -> None:
    seen: list[tuple[SyncState, int]] = []
    laptop.engine._watch = lambda state, done: seen.append((state, done))
    laptop.visit()
    laptop.sync()
    assert seen == [(SyncState.PROBING, 0), (SyncState.PUSHING, 1)]


def test_the_repair_tray_opens_a_refused_record_for_correction(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    record = laptop.visit(name="Ada")
    double.faults = [answers(400, SAYS_NO)]
    laptop.sync()
    correct(laptop.desk, record)
    laptop.fill(record, name="Grace")
    take(laptop.desk, record, "submit")
    laptop.sync()
    (held,) = double.held.values()
    assert b"<name>Grace</name>" in held.xml
    assert laptop.store.counts().attention == 0
