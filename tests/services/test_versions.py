"""Forms as they were: kept at first use, found again after an update, handed on whole or not at all."""

from __future__ import annotations

import io
import shutil
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fieldapp.errors import ServiceError
from fieldapp.services import Service
from fieldapp.services.loader import load_service
from fieldapp.services.packages import packed, unpack
from fieldapp.services.versions import Versions, is_newer
from tests.support.services import write_dog_licence
from tests.support.versions import DOGS, catalogue_of, correct_dog_licence


@pytest.fixture
def services(tmp_path: Path) -> Path:
    write_dog_licence(tmp_path / "services")
    return tmp_path / "services"


def used(services: Path, home: Path) -> Service:
    """The service after its form was used once."""
    service = catalogue_of(services, home).get(DOGS)
    service.form()
    return service


def test_a_form_is_kept_when_it_is_first_used(services: Path, tmp_path: Path) -> None:
    service = catalogue_of(services, tmp_path).get(DOGS)
    assert service.versions is not None
    assert not service.versions.has(DOGS, service.form_version)
    service.form()
    assert service.versions.has(DOGS, service.form_version)


def test_the_form_as_it_was_is_there_after_an_update(services: Path, tmp_path: Path) -> None:
    was = used(services, tmp_path).form_version
    correct_dog_licence(services)
    now = catalogue_of(services, tmp_path).get(DOGS)
    assert "dog/dog_name" in now.form(was).questions
    assert "dog/dog_name" not in now.form().questions


def test_its_tables_are_those_of_its_time(services: Path, tmp_path: Path) -> None:
    table = services / DOGS / "breeds.csv"
    table.write_text("name,title\na,Akita\n", "utf-8")
    was = used(services, tmp_path).form_version
    table.write_text("name,title\na,Airedale\n", "utf-8")
    now = catalogue_of(services, tmp_path).get(DOGS)
    assert now.reference_data(version=was).value("breeds", "title", "name", "a") == "Akita"
    assert now.reference_data().value("breeds", "title", "name", "a") == "Airedale"


def test_what_was_laid_out_can_be_made_anew(services: Path, tmp_path: Path) -> None:
    was = used(services, tmp_path).form_version
    correct_dog_licence(services)
    shutil.rmtree(tmp_path / "cache")
    assert "dog/dog_name" in catalogue_of(services, tmp_path).get(DOGS).form(was).questions


def test_two_programs_that_lay_out_one_version_at_once_both_have_it(services: Path, tmp_path: Path) -> None:
    package, folder = packed(load_service(services / DOGS).files), tmp_path / "laid out"
    start = threading.Barrier(8)

    def lay_out(_number: int) -> None:
        start.wait()
        unpack(package, folder)

    for _again in range(40):
        shutil.rmtree(folder, ignore_errors=True)
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lay_out, range(8)))
        assert (folder / "form.xml").is_file()


def test_a_version_that_is_not_here_is_refused_in_words(services: Path, tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="version 9-00000000 of the form of “puppy-tag” is not here"):
        catalogue_of(services, tmp_path).get(DOGS).form("9-00000000")


def test_a_service_that_keeps_nothing_has_todays_form_only(services: Path) -> None:
    service = load_service(services / DOGS)
    assert service.has_form(service.form_version)
    with pytest.raises(ServiceError):
        service.form("0-00000000")


def test_a_package_travels_to_another_machine(services: Path, tmp_path: Path) -> None:
    service = used(services, tmp_path / "a")
    assert service.versions is not None
    there = Versions(tmp_path / "b", tmp_path / "b-cache")
    there.keep(DOGS, "1-aaaaaaaa", service.versions.package(DOGS, service.form_version))
    assert "dog/dog_name" in there.form(DOGS, "1-aaaaaaaa").questions


def test_the_same_form_gives_the_same_package(services: Path, tmp_path: Path) -> None:
    one, other = used(services, tmp_path / "a"), used(services, tmp_path / "b")
    assert one.versions is not None
    assert other.versions is not None
    version = one.form_version
    assert one.versions.package(DOGS, version) == other.versions.package(DOGS, version)


def package(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return target.getvalue()


def marred() -> bytes:
    """A package whose form is packed, and cannot be unpacked."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("form.xml", b"<x/>" * 500)
    whole = target.getvalue()
    start = whole.index(b"form.xml") + len("form.xml")
    return whole[:start] + b"\xff" * 8 + whole[start + 8 :]


def locked() -> bytes:
    """A package that wants a password."""
    data = bytearray(package(form_xml=b"<x/>"))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"no package",
        package(form_xml=b"<h:html"),
        package(other_xml=b"<x/>"),
        package(____away_txt=b"x", form_xml=b"<x/>"),
        package(form_xml=b"<x/>" * 50)[:-40],
        marred(),
        locked(),
    ],
    ids=["empty", "no zip", "no xml", "no form", "leaves its folder", "cut", "marred", "locked"],
)
def test_a_damaged_package_is_refused_whole(tmp_path: Path, damaged: bytes) -> None:
    versions = Versions(tmp_path / "forms", tmp_path / "cache")
    with pytest.raises(ServiceError, match="this package of a form cannot be used"):
        versions.keep(DOGS, "1-aaaaaaaa", damaged)
    assert not versions.has(DOGS, "1-aaaaaaaa")
    assert not list((tmp_path / "cache").glob("*/*"))


@pytest.mark.parametrize("name", ["../away", "", "a/b", ".hidden", "1-a b"])
def test_names_that_leave_the_folder_are_no_names(tmp_path: Path, name: str) -> None:
    versions = Versions(tmp_path / "forms", tmp_path / "cache")
    assert not versions.has(DOGS, name)
    assert versions.package(DOGS, name) == b""
    with pytest.raises(ServiceError):
        versions.keep(DOGS, name, b"")


def test_a_version_that_names_no_file_is_refused_in_service_toml(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match=r"“1/2” must be letters"):
        load_service(write_dog_licence(tmp_path, replacing=('version = "1"', 'version = "1/2"')))


@pytest.mark.parametrize(
    ("one", "other", "newer"),
    [
        ("2-aaaaaaaa", "1-bbbbbbbb", True),
        ("1-aaaaaaaa", "2-bbbbbbbb", False),
        ("10-aaaaaaaa", "9-bbbbbbbb", True),
        ("2026.10-aaaaaaaa", "2026.9-bbbbbbbb", True),
        ("1-aaaaaaaa", "1-bbbbbbbb", False),
        ("1", "1", False),
    ],
)
def test_versions_are_compared_as_their_author_counts_them(one: str, other: str, newer: bool) -> None:
    assert is_newer(one, other) is newer
