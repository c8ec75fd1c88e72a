"""What residents ask for that is done elsewhere: it is found by their words, and takes no word away from a service."""

from __future__ import annotations

import pytest

from fieldapp.services import Catalogue, Service
from fieldapp.services.finding import find
from fieldapp.services.referrals import MARK, Referral, find_any, referrals
from fieldapp.texts import speaking
from tests.support.services import person

SERVICES = [one for one in Catalogue.load().startable(person("clara", "counter")) if one.stands_alone]


def first(text: str) -> str:
    found = find_any(SERVICES, text)[0]
    return MARK + found.id if isinstance(found, Referral) else found.id


@pytest.mark.parametrize("mark", sorted(referrals()))
def test_each_is_found_by_what_people_say_for_it(mark: str) -> None:
    one = referrals()[mark]
    for words in (one.title.en, one.title.fr, *one.said):
        assert first(words) == mark, words


@pytest.mark.parametrize(
    ("words", "service"),
    [
        ("marriage licence", "marriage-licence"),
        ("mariage lisence", "marriage-licence"),
        ("dog licence", "dog-licence"),
        ("parking permit", "residential-parking"),
        ("property tax", "tax-account"),
        ("flu shot", "vaccine"),
        ("permis de stationnement", "residential-parking"),
        ("couch at the curb", "bulk-pickup"),
    ],
)
def test_what_the_city_does_comes_first(words: str, service: str) -> None:
    assert first(words) == service


def test_a_service_is_found_before_a_referral_by_its_own_name() -> None:
    for service in SERVICES:
        for name in (service.title.en, service.title.fr):
            assert _is(find_any(SERVICES, name), find(SERVICES, name)[0]), name


def test_who_does_it_is_said_in_both_languages() -> None:
    one = referrals()[MARK + "passport"]
    assert one.answer.startswith("Done elsewhere: Passport Program")
    with speaking("fr"):
        assert one.answer.startswith("Se fait ailleurs\u00a0: Programme de passeport")


def _is(found: list[Service | Referral], service: Service) -> bool:
    return bool(found) and found[0] == service
