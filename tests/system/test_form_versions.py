"""A form is corrected while people work: laptops and gateway update when they do, and every record is read, judged
and finished in the right version. Real stores, the real engine, HTTP on a real port."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.actions import may_edit, open_form, start, take
from fieldapp.forms.following import carried_in
from fieldapp.records import Record
from sync.gateway import audit
from tests.support.dogs import CHIEF, CLERK, DogCity, Laptop
from tests.support.versions import DOGS, NEW, OLD, answer_all


@pytest.fixture
def city(tmp_path: Path) -> Iterator[DogCity]:
    made = DogCity(tmp_path)
    yield made
    made.close()


@pytest.fixture
def clerk(city: DogCity) -> Laptop:
    return city.laptop(CLERK)


@pytest.fixture
def chief(city: DogCity) -> Laptop:
    return city.laptop(CHIEF)


def licence(laptop: Laptop, answers: dict[str, str]) -> Record:
    """A licence, filled and handed in at this laptop, and sent."""
    desk = laptop.desk
    record = answer_all(desk, start(desk, DOGS), answers)
    done = take(desk, record.id, "submit")
    laptop.sync()
    return done


def version(laptop: Laptop) -> str:
    """The version of the form that is installed here."""
    return laptop.desk.catalogue.get(DOGS).form_version


def at_the_city(city: DogCity, record: Record) -> Record:
    return next(one for one in audit.records(city.gateway) if one.id == record.id)


def test_a_finished_record_opens_as_it_was_on_a_laptop_that_never_had_its_form(
    city: DogCity, clerk: Laptop, chief: Laptop
) -> None:
    finished = licence(clerk, OLD)
    city.update()
    chief.update()
    chief.sync()
    arrived = chief.desk.record(finished.id)
    session = open_form(chief.desk, arrived)
    assert arrived.form_version == finished.form_version != version(chief)
    assert session.label(session.node("dog/altered")) == "Spayed or neutered?"
    assert session.node("dog/dog_name").value == "Rex"
    assert not session.problems()


def test_a_record_of_the_new_form_opens_on_a_laptop_that_was_not_updated(
    city: DogCity, clerk: Laptop, chief: Laptop
) -> None:
    city.update()
    clerk.update()
    made = licence(clerk, {"dog/call_name": "Rex", **NEW})
    chief.sync()
    session = open_form(chief.desk, chief.desk.record(made.id))
    assert session.node("dog/colour").value == "brown"
    assert version(chief) != made.form_version


def test_approving_leaves_a_record_in_its_version(city: DogCity, clerk: Laptop, chief: Laptop) -> None:
    finished = licence(clerk, OLD)
    city.update()
    chief.update()
    chief.sync()
    take(chief.desk, finished.id, "approve")
    chief.sync()
    approved = at_the_city(city, finished)
    assert (approved.state, approved.form_version) == ("approved", finished.form_version)


def test_a_laptop_that_was_not_updated_hands_in_what_its_own_form_asks(city: DogCity, clerk: Laptop) -> None:
    city.gateway.keep_forms()
    city.update()
    done = licence(clerk, OLD)
    assert at_the_city(city, done).state == "submitted"
    assert done.form_version != city.service.form_version


def test_a_returned_record_follows_the_form_and_is_handed_in_again(city: DogCity, clerk: Laptop, chief: Laptop) -> None:
    first = licence(clerk, OLD)
    chief.sync()
    take(chief.desk, first.id, "return", reason="Which colour?")
    chief.sync()
    city.update()
    clerk.update()
    clerk.sync()
    assert may_edit(clerk.desk, clerk.desk.record(first.id))
    answer_all(clerk.desk, clerk.desk.record(first.id), NEW)
    take(clerk.desk, first.id, "resubmit")
    clerk.sync()
    again = at_the_city(city, first)
    assert (again.state, again.form_version) == ("submitted", city.service.form_version)
    assert again.get("dog/call_name") == "Rex"
    assert {one.path: one.value for one in carried_in(again.fields)} == {"dog/age": "4", "dog/altered": "yes"}


def test_a_draft_of_weeks_ago_is_finished_in_the_form_of_today(city: DogCity, clerk: Laptop) -> None:
    draft = answer_all(clerk.desk, start(clerk.desk, DOGS), OLD)
    city.update()
    clerk.update()
    city.clock.forward(days=25)
    answer_all(clerk.desk, draft, NEW)
    take(clerk.desk, draft.id, "submit")
    clerk.sync()
    assert at_the_city(city, draft).form_version == city.service.form_version
    assert clerk.desk.store.history(draft.id)[-1].state == "applied"


def test_both_sides_agree_whatever_versions_there_are(city: DogCity, clerk: Laptop, chief: Laptop) -> None:
    licence(clerk, OLD)
    city.update()
    licence(clerk, OLD)
    clerk.update()
    licence(clerk, {"dog/call_name": "Rex", **NEW})
    proof = chief.sync()
    assert proof.received == 3
    assert proof.here == proof.city
