"""Green bins: a blue box is a referral and no request, what is broken is said, stock is handed over at once."""

from __future__ import annotations

from pathlib import Path

from fieldapp.forms import FormSession
from fieldapp.records import Record
from fieldapp.services import Catalogue, workflow
from sync.wire import PushRequest
from tests.support.filling import ANSWERS, fill, messages, open_service, value
from tests.support.gateway import CLERK, City, make_service, steps_alone
from tests.support.services import person, record_in

SERVICE = Catalogue.load().get("green-bin")
CLARA = person("clara", "counter")


def filled(**changed: str) -> FormSession:
    session = fill(open_service(SERVICE), ANSWERS["green-bin"])
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


def steps(session: FormSession) -> list[str]:
    fields = {**record_in("green-bin", "draft").fields, **session.answers()}
    return [step.id for step in workflow.offered(SERVICE, Record("r1", "green-bin", "1", 1, fields), CLARA)]


def test_a_blue_box_is_referred_and_asks_nobodys_name() -> None:
    session = fill(open_service(SERVICE), {"bin/container": "blue_box"})
    assert messages(session) == {}
    assert "1-844-620-4351" in session.label(session.node("/data/bin/blue_note"))
    assert steps(session) == ["refer"]


def test_a_request_is_submitted_and_never_referred() -> None:
    assert steps(filled()) == ["submit"]


def test_stock_of_the_counter_is_handed_over_at_once() -> None:
    session = filled(bin__deliver="now", bin__pickup_site="dundas")
    assert messages(session) == {}
    assert steps(session) == ["hand_over"]


def test_a_kitchen_container_has_no_wheels() -> None:
    assert list(messages(filled(bin__container="kitchen_mini_bin"))) == ["bin/damage"]


def test_three_are_too_many_and_only_a_broken_one_is_set_out() -> None:
    assert "one or two" in messages(filled(bin__qty="3"))["bin/qty"]
    session = filled(bin__reason="stolen")
    assert not session.node("/data/bin/old_left_out").relevant
    assert value(session, "bin/what_fr") == "Bac vert"


def test_the_city_takes_no_blue_box_as_a_request(tmp_path: Path) -> None:
    city = City(tmp_path, make_service(tmp_path / "gateway", steps_alone()))
    clerk = city.laptop(CLERK)
    edits = {"bin/container": "blue_box", "bin/route": "referral", "@state": "submitted"}
    parts = {"service": "green-bin", "creates": True, "transition": "submit"}
    result = clerk.api.push(PushRequest(clerk.device, (clerk.change("r1", edits, **parts).payload(),))).results[0]
    assert (result.status, result.code) == ("rejected", "state")
    assert "does not fit the answers" in result.message
    city.close()
