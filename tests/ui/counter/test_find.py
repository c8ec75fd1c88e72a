"""A resident's own words find the service."""

from __future__ import annotations

import pytest

from fieldapp.services import Catalogue
from ui.counter.find import find


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
