"""What the gateway says to forms: complete ones are taken, whatever else a laptop claims; each in its own version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from fieldapp import texts
from fieldapp.actions import start, take
from fieldapp.clock import new_id
from fieldapp.records import Change
from fieldapp.store import Entry
from sync.wire import OpResult, PushRequest
from tests.support.dogs import CHIEF, CLERK, DogCity, Laptop
from tests.support.versions import DOGS, OLD, answer_all


def handed_in(laptop: Laptop) -> Change:
    """A complete licence, submitted and not sent yet."""
    desk = laptop.desk
    record = answer_all(desk, start(desk, DOGS), OLD)
    take(desk, record.id, "submit")
    return desk.store.history(record.id)[-1].change


def judged(laptop: Laptop, change: Change, edits: Mapping[str, str | None] | None = None) -> OpResult:
    """The gateway's answer to `change`, as a laptop that was tampered with might send it."""
    op = replace(change, edits={**change.edits, **(edits or {})})
    return laptop.client.push(PushRequest(op.device, (op.payload(),))).results[0]


@pytest.fixture
def clerk(dogs: DogCity) -> Laptop:
    return dogs.laptop(CLERK)


@pytest.mark.xdist_group("postgres")
def test_on_postgresql_it_judges_the_same(tmp_path: Path, address: str) -> None:
    city = DogCity(tmp_path, postgres=address)
    clerk = city.laptop(CLERK)
    change = handed_in(clerk)
    wrong = replace(change, id=new_id())
    assert judged(clerk, wrong, {"dog/fee": "1.00"}).code == "calculated"
    assert judged(clerk, change).status == "applied"
    city.close()


def test_a_complete_form_is_taken(clerk: Laptop) -> None:
    assert judged(clerk, handed_in(clerk)).status == "applied"


@pytest.mark.parametrize(
    ("edits", "code", "path"),
    [
        ({"dog/dog_name": None}, "incomplete", "dog/dog_name"),
        ({"dog/age": "31"}, "incomplete", "dog/age"),
        ({"dog/age": "four"}, "incomplete", "dog/age"),
        ({"dog/altered": "perhaps"}, "incomplete", "dog/altered"),
        ({"dog/fee": "1.00"}, "calculated", "dog/fee"),
    ],
)
def test_what_is_missing_or_wrong_is_refused_with_its_place(
    clerk: Laptop, edits: dict[str, str | None], code: str, path: str
) -> None:
    result = judged(clerk, handed_in(clerk), edits)
    assert (result.status, result.code, result.path) == ("rejected", code, path)


def test_a_refusal_names_the_question_and_says_why(clerk: Laptop) -> None:
    result = judged(clerk, handed_in(clerk), {"dog/age": "31"})
    assert result.message == "“Age in years”: Enter an age from 0 to 30."


def test_a_refusal_speaks_the_language_that_is_asked_for(clerk: Laptop) -> None:
    change = handed_in(clerk)
    texts.use("fr")
    try:
        result = judged(clerk, change, {"dog/age": "31", "dog/dog_name": None})
    finally:
        texts.use("en")
    assert result.message.startswith("«\u00a0Nom du chien\u00a0»\u00a0: ")
    assert result.message.endswith("(et 1 de plus)")


def test_a_wrong_calculation_is_answered_with_the_right_one(clerk: Laptop) -> None:
    change = handed_in(clerk)
    result = judged(clerk, change, {"dog/fee": "1.00"})
    assert result.edits == {"dog/fee": change.edits.get("dog/fee")}


def test_the_day_on_which_it_was_done_counts_not_the_day_on_which_it_comes(dogs: DogCity, clerk: Laptop) -> None:
    change = handed_in(clerk)
    dogs.clock.forward(days=400)
    assert judged(clerk, change).status == "applied"


def test_a_moment_that_is_none_is_taken_as_now(clerk: Laptop) -> None:
    assert judged(clerk, replace(handed_in(clerk), at="whenever")).status == "applied"


def test_a_draft_may_be_incomplete(clerk: Laptop) -> None:
    desk = clerk.desk
    record = start(desk, DOGS)
    desk.commit(record, {"dog/age": "99"}, seal=True)
    clerk.sync()
    assert [entry.state for entry in desk.store.history(record.id)] == ["applied"]


def test_a_step_that_asks_for_no_form_judges_none(dogs: DogCity, clerk: Laptop) -> None:
    change, chief = handed_in(clerk), dogs.laptop(CHIEF)
    clerk.sync()
    chief.sync()
    take(chief.desk, change.record, "approve")
    chief.sync()
    assert chief.desk.store.history(change.record)[-1].state == "applied"


def test_an_unknown_version_is_refused_clearly(clerk: Laptop) -> None:
    result = judged(clerk, replace(handed_in(clerk), form_version="7-00000000"))
    assert (result.status, result.code) == ("rejected", "unknown_version")
    assert result.message == "The City does not know version 7-00000000 of this form yet; your answers are kept."


def test_a_record_is_judged_by_the_version_that_it_names(dogs: DogCity, clerk: Laptop) -> None:
    dogs.gateway.keep_forms()
    dogs.update()
    assert judged(clerk, handed_in(clerk)).status == "applied"


def test_a_version_that_never_was_the_citys_is_not_judged_by_another(dogs: DogCity, clerk: Laptop) -> None:
    clerk.update()
    desk = clerk.desk
    record = answer_all(desk, start(desk, DOGS), {"dog/call_name": "Rex", "dog/age": "grown", "dog/colour": "brown"})
    take(desk, record.id, "submit")
    clerk.sync()
    assert last(clerk, record.id).code == "unknown_version"
    dogs.update()
    desk.store.resolve(record.id, mine=True)
    clerk.sync()
    assert last(clerk, record.id).state == "applied"


def last(laptop: Laptop, record: str) -> Entry:
    """The newest Change of a record with what became of it."""
    return laptop.desk.store.history(record)[-1]


def test_one_incomplete_form_holds_up_no_other(clerk: Laptop) -> None:
    wrong, right = handed_in(clerk), handed_in(clerk)
    broken = replace(wrong, edits={**wrong.edits, "dog/dog_name": None})
    request = PushRequest("LT00", (broken.payload(), right.payload()))
    assert [one.status for one in clerk.client.push(request).results] == ["rejected", "applied"]


def test_a_refused_new_record_takes_no_number(dogs: DogCity, clerk: Laptop) -> None:
    judged(clerk, handed_in(clerk), {"dog/dog_name": None})
    right = judged(clerk, handed_in(clerk))
    assert right.edits["@number"] == "D26-00001"


def test_the_package_of_a_form_comes_to_whoever_is_signed_in(dogs: DogCity, clerk: Laptop) -> None:
    version = dogs.service.form_version
    assert clerk.client.get_form(DOGS, version, 0).startswith(b"PK")
    assert clerk.client.get_form(DOGS, "9-00000000", 0) == b""
    assert clerk.client.get_form("no-service", version, 0) == b""
    assert clerk.client.get_form(DOGS, version, 10**9) == b""
