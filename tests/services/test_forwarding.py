"""A service whose requests the gateway hands on to an Open311 server: what service.toml may say, and what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.errors import ServiceError
from fieldapp.services.loader import load_service
from tests.support.services import dog_licence_with

TARGET = """\
[target]
kind = "open311"
server = "burlington"
service_code = "007"
submit = ["submit", "resubmit"]
description = "dog/dog_name"
address = "dog/dog_name"
marker = "client_ref"

[target.attributes]
age = "dog/age"
altered = "dog/altered"

[target.values.altered]
yes = "Y"
no = "N"

[target.states]
closed = "approved"

[target.statuses]
approved = "closed"
"""


def test_the_record_stays_the_citys_and_goes_on_from_there(tmp_path: Path) -> None:
    service = dog_licence_with(tmp_path, TARGET)
    assert (service.api, service.target, service.principal("clara")) == ("gateway", None, "clara")
    assert service.forward is not None
    assert (service.forward.server, service.forward.code) == ("burlington", "007")
    assert service.forward.values["altered"] == {"yes": "Y", "no": "N"}
    assert service.form().questions


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        ('"burlington"', '"https://burlington.example/"', "target.server", "not its address"),
        ('service_code = "007"\n', "", "target.service_code", "missing"),
        ('"resubmit"]', '"approve"]', "target.submit", "“approve” is no step"),
        ('["submit", "resubmit"]', "[]", "target.submit", "at least one"),
        ('address = "dog/dog_name"\n', "", "target.address", "needs an address"),
        ('closed = "approved"', 'shut = "approved"', "target.states.shut", "no status"),
        ('closed = "approved"', 'closed = "moon"', "target.states.closed", "unknown state"),
        ('approved = "closed"', 'moon = "closed"', "target.statuses.moon", "unknown state"),
        ('approved = "closed"', 'approved = "shut"', "target.statuses.approved", "no status"),
        ("[target.values.altered]", "[target.values.moon]", "target.values.moon", "not among"),
        ('marker = "client_ref"', 'marker = "age"', "target.marker", "for itself"),
        ('marker = "client_ref"', 'api_key = "x"', "target.api_key", "no key"),
    ],
)
def test_a_mistake_is_refused_with_its_key(tmp_path: Path, old: str, new: str, field: str, words: str) -> None:
    assert old in TARGET
    with pytest.raises(ServiceError, match=words) as caught:
        dog_licence_with(tmp_path, TARGET.replace(old, new, 1))
    assert caught.value.place.field == field


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        ('age = "dog/age"', 'age = "dog/moon"', "target.attributes.age", "no question"),
        ('age = "dog/age"', 'age = "dog"', "target.attributes.age", "not one answer"),
        ("address = ", 'location = "dog/age"\naddress = ', "target.location", "geopoint"),
        ("address = ", 'photos = "dog"\naddress = ', "target.photos", "repeat"),
    ],
)
def test_what_the_form_does_not_have_is_named(tmp_path: Path, old: str, new: str, field: str, words: str) -> None:
    service = dog_licence_with(tmp_path, TARGET.replace(old, new, 1))
    with pytest.raises(ServiceError, match=words) as caught:
        service.form()
    assert caught.value.place.field == field


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('class = "P2"', 'class = "P4"', "target.kind"),
        ("sensitive = []", 'sensitive = ["dog/age"]', "target.attributes.age"),
    ],
)
def test_what_is_nobodys_business_is_handed_to_nobody(tmp_path: Path, old: str, new: str, field: str) -> None:
    dog_licence_with(tmp_path, TARGET)
    toml = tmp_path / "puppy-tag" / "service.toml"
    text = toml.read_text("utf-8")
    assert old in text
    toml.write_text(text.replace(old, new, 1).replace('open_data = ["dog/age"]', "open_data = []"), "utf-8")
    with pytest.raises(ServiceError) as caught:
        load_service(toml.parent)
    assert caught.value.place.field == field
