"""Short-term rental: a principal residence, insurance, the fee by kind, and ads that fit their licence."""

from __future__ import annotations

import pytest

from fieldapp.forms import FormSession
from fieldapp.services import Catalogue
from tests.support.filling import ANSWERS, fill, messages, open_service, value

CATALOGUE = Catalogue.load()
LICENCE, CHECK = CATALOGUE.get("short-term-rental"), CATALOGUE.get("listing-check")


def filled(changed: dict[str, str]) -> FormSession:
    return fill(fill(open_service(LICENCE), ANSWERS["short-term-rental"]), changed)


def test_only_a_principal_residence_can_be_licensed() -> None:
    assert "principal residence" in messages(filled({"place/principal": "no"}))["place/principal"]


def test_a_tenant_needs_the_owners_agreement() -> None:
    assert list(messages(filled({"proofs/rents_or_condo": "yes"}))) == ["proofs/owner_ok"]


def test_the_insurance_is_measured_by_the_table() -> None:
    assert "too low" in messages(filled({"proofs/ins_amount": "1999999"}))["proofs/ins_amount"]


@pytest.mark.parametrize(("kind", "fee"), [("new", 500.0), ("renew", 250.0)])
def test_the_fee_follows_the_kind(kind: str, fee: float) -> None:
    assert float(value(filled({"licence/new_or_renew": kind}), "fee/fee_total")) == fee


def test_a_broker_is_not_asked_about_a_home() -> None:
    session = filled({"licence/str_kind": "broker"})
    assert not session.node("/data/place/principal").relevant
    assert not session.node("/data/proofs/residence_seen").relevant


@pytest.mark.parametrize(
    "changed", [{"listing/shown_no": ""}, {"listing/plan_bedrooms": "1"}, {"checklist/check[1]/k_result": "fail"}]
)
def test_an_ad_that_does_not_fit_its_licence_is_not_in_order(changed: dict[str, str]) -> None:
    session = fill(fill(open_service(CHECK), ANSWERS["listing-check"]), changed)
    assert "outcome/result" in messages(session)
