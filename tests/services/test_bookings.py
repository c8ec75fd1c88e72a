"""`[[bookings]]` of service.toml: read strictly, and checked against the form."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fieldapp.errors import ServiceError
from fieldapp.services import shipped
from fieldapp.services.loader import load_service

CLINIC = """
[[bookings]]
id = "day"
title.en = "Collection day"
title.fr = "Jour de collecte"
"""


def bulk(folder: Path, more: str) -> Path:
    """A copy of bulk-pickup whose booking says `more`."""
    made = folder / "bulk-pickup"
    shutil.copytree(shipped() / "bulk-pickup", made)
    toml = made / "service.toml"
    before, _, rest = toml.read_text("utf-8").partition("[[bookings]]")
    toml.write_text(before + "[derived]" + rest.partition("[derived]")[2] + CLINIC + more, "utf-8")
    return made


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ('steps = ["submit"]', "steps"),
        ('day = "pickup/collect_on"\nsteps = ["fly"]', "steps"),
        ('frees = ["fly"]', "frees"),
        ('roles = ["mayor"]', "roles"),
        ('states = { booked = "draft" }', "states.booked"),
        ('states = { confirmed = "elsewhere" }', "states.confirmed"),
        ('day = "pickup/collect_on"\nrepeat = "items/item"', "day"),
        ('colour = "red"', "colour"),
    ],
)
def test_a_mistake_is_told_with_its_key(tmp_path: Path, more: str, key: str) -> None:
    with pytest.raises(ServiceError) as caught:
        load_service(bulk(tmp_path, more))
    assert caught.value.place is not None
    assert caught.value.place.field == f"bookings[1].{key}"


@pytest.mark.parametrize(
    ("more", "key"), [('day = "pickup/some_day"', "day"), ('answer = "items/item_count"', "answer")]
)
def test_a_question_must_be_there_and_of_its_kind(tmp_path: Path, more: str, key: str) -> None:
    service = load_service(bulk(tmp_path, more), blocks=shipped() / "_blocks")
    with pytest.raises(ServiceError) as caught:
        service.form()
    assert caught.value.place is not None
    assert caught.value.place.field == f"bookings.day.{key}"
