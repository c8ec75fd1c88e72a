"""A resident's own words find the service."""

from __future__ import annotations

import pytest

from fieldapp.paths import shared_cache
from fieldapp.services import Catalogue
from fieldapp.services.finding import find


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """All services that ship with the program."""
    return Catalogue.load(cache=shared_cache())


def ids(catalogue: Catalogue, text: str) -> list[str]:
    return [service.id for service in find(catalogue.all(), text)]


@pytest.mark.parametrize(
    "text",
    [
        "couch at the curb",
        "Couches",
        "my old mattress",
        "vieux divan",
        "gros déchets",
        "REFRIGERATEUR",
        "bulk",
        "fridg",
    ],
)
def test_plain_words_find_bulk_pick_up(catalogue: Catalogue, text: str) -> None:
    assert ids(catalogue, text)[0] == "bulk-pickup"


@pytest.mark.parametrize("text", ["I want to build a new deck", "sous-sol", "building permit", "demolish my garage"])
def test_plain_words_find_the_building_permit(catalogue: Catalogue, text: str) -> None:
    assert ids(catalogue, text)[0] == "building-permit"


@pytest.mark.parametrize("text", ["", "   ", "the of and", "xylophone"])
def test_words_that_say_nothing_find_nothing(catalogue: Catalogue, text: str) -> None:
    assert ids(catalogue, text) == []


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("couch at the curb", "bulk-pickup"),
        ("vieux divan au trottoir", "bulk-pickup"),
        ("my neighbour's dog", "bylaw-complaint"),
        ("lost umbrella on the bus", "transit-feedback"),
        ("new deck", "building-permit"),
        ("barking dog", "bylaw-complaint"),
        ("Airbnb", "short-term-rental"),
        ("get married", "marriage-licence"),
        ("mon voisin fait du bruit", "bylaw-complaint"),
        ("tax bill by email", "tax-account"),
        ("parking ticket", "parking-dispute"),
        ("rats", "bylaw-complaint"),
        ("lost dog", "dog-licence"),
        ("chien perdu", "dog-licence"),
        ("bus pass", "transit-feedback"),
        ("block party", "special-event"),
        ("closing the street for a movie", "film-permit"),
        ("ordures", "extra-garbage"),
        ("frigo", "bulk-pickup"),
        ("ma laveuse", "bulk-pickup"),
    ],
)
def test_among_all_services_plain_words_find_the_one(catalogue: Catalogue, text: str, service: str) -> None:
    assert ids(catalogue, text)[0] == service


@pytest.mark.parametrize(
    ("text", "first"), [("couhc", "bulk-pickup"), ("matress", "bulk-pickup"), ("divann", "bulk-pickup")]
)
def test_a_word_with_a_wrong_letter_still_finds_its_service(catalogue: Catalogue, text: str, first: str) -> None:
    assert ids(catalogue, text)[:1] == [first]


def test_a_wrong_letter_never_hides_what_is_typed_right(catalogue: Catalogue) -> None:
    assert ids(catalogue, "couch") == ids(catalogue, "Couches")
