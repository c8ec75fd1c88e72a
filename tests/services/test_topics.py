"""Services under their topics."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.errors import ServiceError
from fieldapp.services import Catalogue
from fieldapp.services.loader import load_service
from fieldapp.services.topics import OTHER, by_topic, topics
from tests.support.services import write_dog_licence


def test_services_stand_under_their_topics_in_their_order() -> None:
    catalogue = Catalogue.load()
    found = by_topic(catalogue)
    order = [topic.id for topic in topics()]
    assert [topic.id for topic, _ in found] == [name for name in order if any(one.topic == name for one in catalogue)]
    assert sorted(one.id for _, several in found for one in several) == sorted(one.id for one in catalogue)


def test_a_service_without_a_topic_is_among_the_others(tmp_path: Path) -> None:
    assert load_service(write_dog_licence(tmp_path)).topic == OTHER


def test_an_unknown_topic_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="no topic “cats”; there are: waste"):
        load_service(write_dog_licence(tmp_path, replacing=('icon = "dog"', 'icon = "dog"\ntopic = "cats"')))
