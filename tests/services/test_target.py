"""A service whose records go to another server: what service.toml may say, and whose sign-in its Changes wait for."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.errors import ServiceError
from fieldapp.services import Service
from fieldapp.services.loader import load_service
from tests.support.services import write_dog_licence

API = 'api = "gateway"\n'
TARGET = """\
[target]
kind = "openrosa"
server = "https://forms.example/v1/projects/1/"
form = "dogs"
submit = ["submit", "resubmit"]

[title]
"""


def with_target(place: Path, target: str = TARGET, api: str = "") -> Service:
    """The dog licence with a target."""
    folder = write_dog_licence(place)
    toml = folder / "service.toml"
    text = toml.read_text("utf-8").replace(API, api).replace("[title]\n", target, 1)
    toml.write_text(text, "utf-8")
    return load_service(folder)


def test_a_target_says_where_records_go(tmp_path: Path) -> None:
    service = with_target(tmp_path)
    assert service.target is not None
    assert service.target.server == "https://forms.example/v1/projects/1"
    assert service.target.submit == {"submit", "resubmit"}
    assert service.api == "openrosa"


def test_changes_for_a_target_wait_for_a_sign_in_of_their_own(tmp_path: Path) -> None:
    assert with_target(tmp_path / "a").principal("clara") == "clara/puppy-tag"
    assert load_service(write_dog_licence(tmp_path / "b")).principal("clara") == "clara"


def test_the_kind_may_be_said_twice_but_not_two_kinds(tmp_path: Path) -> None:
    assert with_target(tmp_path / "a", api='api = "openrosa"\n').api == "openrosa"
    with pytest.raises(ServiceError, match="contradicts"):
        with_target(tmp_path / "b", api=API)


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
        with_target(tmp_path, TARGET.replace(old, new, 1))
    assert caught.value.place.field == field
