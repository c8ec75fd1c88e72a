"""A service whose records go to another server: what service.toml may say, and whose sign-in its Changes wait for."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.errors import ServiceError
from fieldapp.services.loader import load_service
from tests.support.services import API, dog_licence_with, write_dog_licence

TARGET = """\
[target]
kind = "openrosa"
server = "https://forms.example/v1/projects/1/"
form = "dogs"
submit = ["submit", "resubmit"]
"""


def test_a_target_says_where_records_go(tmp_path: Path) -> None:
    service = dog_licence_with(tmp_path, TARGET, api="")
    assert service.target is not None
    assert service.target.server == "https://forms.example/v1/projects/1"
    assert service.target.submit == {"submit", "resubmit"}
    assert service.api == "openrosa"


def test_changes_for_a_target_wait_for_a_sign_in_of_their_own(tmp_path: Path) -> None:
    assert dog_licence_with(tmp_path / "a", TARGET, api="").principal("clara") == "clara/puppy-tag"
    assert load_service(write_dog_licence(tmp_path / "b")).principal("clara") == "clara"


def test_the_kind_may_be_said_twice_but_not_two_kinds(tmp_path: Path) -> None:
    assert dog_licence_with(tmp_path / "a", TARGET, api='api = "openrosa"\n').api == "openrosa"
    with pytest.raises(ServiceError, match="contradicts"):
        dog_licence_with(tmp_path / "b", TARGET, api=API)


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        ('"openrosa"', '"fax"', "target.kind", "none of openrosa, open311"),
        ('form = "dogs"', "", "target.form", "missing"),
        ('"https://forms', '"ftp://forms', "target.server", "no address"),
        ('"https://forms', '"https://anna:s3cret@forms', "target.server", "no address"),
        ("/v1/projects", "/v1/key/s3cret/projects", "target.server", "no address"),
        ("/projects/1/", "/projects/1?st=token", "target.server", "no address"),
        ('"https://forms.example/v1/projects/1/"', '"https://[forms"', "target.server", "no address"),
        ('"resubmit"]', '"approve"]', "target.submit", "“approve” is no step"),
        ('["submit", "resubmit"]', "[]", "target.submit", "at least one"),
        ("submit = ", "submits = ", "target.submit", "missing"),
        ('form = "dogs"', 'form = "dogs"\ntoken = "x"', "target.token", "no key"),
    ],
)
def test_a_mistake_is_refused_with_its_key(tmp_path: Path, old: str, new: str, field: str, words: str) -> None:
    assert old in TARGET
    with pytest.raises(ServiceError, match=words) as caught:
        dog_licence_with(tmp_path, TARGET.replace(old, new, 1), api="")
    assert caught.value.place.field == field
