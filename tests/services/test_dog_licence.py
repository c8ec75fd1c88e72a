"""Dog licence: rabies above three months, reduced fees by proof, the fee of the day, a sale's second person."""

from __future__ import annotations

import pytest

from fieldapp.errors import AccessError
from fieldapp.forms import FormSession
from fieldapp.services import Catalogue, workflow
from tests.support.filling import ANSWERS, fill, messages, open_service, value
from tests.support.services import person, record_in

SERVICE = Catalogue.load().get("dog-licence")
DOG = "dogs/dog[1]"


def filled(changed: dict[str, str]) -> FormSession:
    return fill(fill(open_service(SERVICE), ANSWERS["dog-licence"]), changed)


@pytest.mark.parametrize(("born", "needed"), [("2026-08-20", True), ("2026-08-30", False)])
def test_a_dog_above_three_months_needs_its_rabies_vaccination(born: str, needed: bool) -> None:
    wrong = messages(filled({f"{DOG}/dog_born": born, f"{DOG}/rabies_expiry": ""}))
    assert (f"{DOG}/rabies_expiry" in wrong) == needed


def test_a_vaccination_that_has_run_out_is_refused() -> None:
    assert "run out" in messages(filled({f"{DOG}/rabies_expiry": "2026-11-22"}))[f"{DOG}/rabies_expiry"]


def test_a_reduction_asks_for_its_proof_and_moves_hold_for_thirty_days() -> None:
    session = filled({"discount/discounts": "senior moved", "discount/moved_on": "2026-10-23"})
    assert {"discount/senior_proof", "discount/moved_proof", "discount/moved_on"} == set(messages(session))
    fill(session, {"discount/senior_proof": "OK", "discount/moved_proof": "OK", "discount/moved_on": "2026-10-24"})
    assert messages(session) == {}


def test_the_fees_of_all_dogs_and_a_late_fee_are_added_up() -> None:
    session = filled({f"{DOG}/more_dog/prior_expiry": "2026-10-01", "fee/late_fee": "5.50"})
    session.add("/data/dogs/dog")
    session.set("/data/dogs/dog[2]/dog_fee", "44")
    assert float(value(session, "fee/fee_total")) == 80.5


def test_the_licence_ends_after_a_year_and_refunds_after_thirty_days() -> None:
    session = filled({})
    assert SERVICE.derived(session.answers(), "en")["@due"] == value(session, "case/expires") == "2027-11-23"
    assert value(session, "case/refund_until") == "2026-12-23"


def test_who_sold_it_does_not_reconcile_it() -> None:
    record = record_in("dog-licence", "submitted", author="sam")
    with pytest.raises(AccessError, match="second person"):
        workflow.check(SERVICE, record, "reconcile", person("sam", "supervisor"))
