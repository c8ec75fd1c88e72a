"""The catalogue: what there is, who may start what, and a service that is dropped into a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.errors import ServiceError
from fieldapp.paths import resources
from fieldapp.records import Person
from fieldapp.services import Catalogue, shipped
from tests.support.filling import fill, messages, open_service, value
from tests.support.services import catalogue_with_dogs, person, write_dog_licence

CATALOGUE = Catalogue.load()


EARLIEST = ("bulk-pickup", "building-permit", "building-inspection")


def test_the_shipped_services_by_code() -> None:
    codes = [service.code for service in CATALOGUE.all()]
    assert codes == sorted(codes)
    assert [service.id for service in CATALOGUE.all() if service.id in EARLIEST] == list(EARLIEST)


@pytest.mark.parametrize(
    ("who", "ids"),
    [
        (person("c", "counter"), ["bulk-pickup", "building-permit"]),
        (person("i", "inspector"), ["bulk-pickup", "building-inspection"]),
        (person("s", "supervisor"), ["bulk-pickup", "building-permit", "building-inspection"]),
        (person("b", "back_office"), []),
    ],
)
def test_startable(who: Person, ids: list[str]) -> None:
    assert [service.id for service in CATALOGUE.startable(who) if service.id in EARLIEST] == ids


def test_an_inspection_belongs_to_a_permit() -> None:
    children = CATALOGUE.children("building-permit")
    assert [service.id for service in children if service.id in EARLIEST] == ["building-inspection"]
    assert CATALOGUE.get("building-inspection").parent == "building-permit"
    assert CATALOGUE.get("building-permit").parent == ""


def test_an_unknown_service_is_an_error_in_words() -> None:
    assert "noise" not in CATALOGUE
    with pytest.raises(ServiceError, match="does not know the service “noise”"):
        CATALOGUE.get("noise")


def test_unknown_states_and_steps_are_errors_in_words() -> None:
    service = CATALOGUE.get("bulk-pickup")
    with pytest.raises(ServiceError, match="no state “lost”"):
        service.state("lost")
    with pytest.raises(ServiceError, match="no step “burn”"):
        service.transition("burn")


def test_a_dropped_in_service_is_in_the_catalogue(tmp_path: Path) -> None:
    catalogue = catalogue_with_dogs(tmp_path)
    assert "puppy-tag" in [service.id for service in catalogue.startable(person("c", "counter"))]
    assert catalogue.get("puppy-tag").title.text("fr") == "Licence de chien"


def test_all_forms_fit_their_services(tmp_path: Path) -> None:
    catalogue_with_dogs(tmp_path).check()


def test_a_copy_from_a_question_that_the_parent_does_not_have_is_refused(tmp_path: Path) -> None:
    rule = '[parent]\nservice = "building-permit"\n\n[parent.copy]\n"dog/dog_name" = "project/dog"\n\n[series]'
    write_dog_licence(tmp_path, replacing=("[series]", rule))
    with pytest.raises(ServiceError, match="the form of “building-permit” has no question “project/dog”") as caught:
        Catalogue.load([shipped(), tmp_path]).check()
    assert caught.value.place.field == "parent.copy"


def test_a_dropped_in_service_is_filled_like_any_other(tmp_path: Path) -> None:
    service = catalogue_with_dogs(tmp_path).get("puppy-tag")
    session = fill(open_service(service), {"dog/dog_name": "Rex", "dog/age": "2", "dog/altered": "yes"})
    assert messages(session) == {}
    assert value(session, "dog/fee") == "31.00"
    edits = service.derived(session.answers(), "fr")
    assert (edits["@title"], edits["@due"]) == ("Licence de chien · Rex", "2026-11-30")


def test_each_icon_is_there() -> None:
    assert all((resources() / "icons" / f"{service.icon}.svg").is_file() for service in CATALOGUE)
