"""The gateway answers each caller in the language that they ask for."""

from __future__ import annotations

import pytest
import requests
from starlette.datastructures import Headers

from sync.gateway.http import asked_language
from tests.support.dogs import DogCity


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr", "fr"),
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("en;q=0.4, fr;q=0.7", "fr"),
        ("de, en-CA;q=0.5", "en"),
        ("FR", "fr"),
        ("fr;q=0, en", "en"),
        ("de", ""),
        ("", ""),
        ("fr;q=high, *", ""),
    ],
)
def test_the_language_that_is_wished_most_and_known(header: str, language: str) -> None:
    assert asked_language(Headers({"accept-language": header})) == language


def test_whole_requests_are_refused_in_it_too(dogs: DogCity) -> None:
    said = requests.get(f"{dogs.server.url}/v1/hello", headers={"Accept-Language": "fr"}, timeout=5).json()
    assert said["detail"] == "Veuillez ouvrir une session."


def test_without_a_wish_the_gateway_speaks_its_own(dogs: DogCity) -> None:
    said = requests.get(f"{dogs.server.url}/v1/hello", headers={"Accept-Language": ""}, timeout=5).json()
    assert said["detail"] == "Please sign in."
