"""Whatever is wrong in a service folder is refused with its file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.errors import ServiceError
from fieldapp.services import Catalogue, shipped
from fieldapp.services.loader import load_service
from tests.support.services import DOG_SERVICE, write_dog_licence

PUBLISH = '[[publish]]\ndataset = "requests"\n'
PARENT = '[series]\nid = "dog"'


def refused(place: Path, old: str, new: str) -> ServiceError:
    folder = write_dog_licence(place, replacing=(old, new))
    with pytest.raises(ServiceError) as caught:
        load_service(folder)
    assert caught.value.place.file == str(folder / "service.toml")
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        ('code = "S99"\n', "", "code", "missing"),
        ('code = "S99"', "code = 33", "code", "must be a text"),
        ('code = "S99"', 'code = ""', "code", "empty"),
        ('icon = "dog"', 'icon = "dog"\nicom = "cat"', "icom", "no key"),
        ('id = "puppy-tag"', 'id = "dog-license"', "id", "name of its folder"),
        ('id = "puppy-tag"', 'id = "Dog licence"', "id", "lower-case"),
        ('api = "gateway"', 'api = "fax"', "api", "none of gateway"),
        ('start_roles = ["counter", "supervisor"]', 'start_roles = ["mayor"]', "start_roles", "unknown role “mayor”"),
        ('start_roles = ["counter", "supervisor"]', "start_roles = []", "start_roles", "unknown role"),
        ('fr = "Licence de chien"\n', "", "title.fr", "missing"),
        ('fr = "Enregistrer un chien"', 'fr = ""', "summary.fr", "empty"),
        ('title.fr = "Soumettre"\n', "", "transitions[1].title.fr", "missing"),
        ('class = "P2"\n', "", "privacy.class", "missing"),
        ('class = "P2"', 'class = "P9"', "privacy.class", "none of P0"),
        ('[privacy]\nclass = "P2"\nsensitive = []\n', "[x]\n", "privacy", "missing"),
        ('kind = "returned"', 'kind = "lost"', "states[3].kind", "none of draft"),
        ('kind = "draft"', 'kind = "done"', "states[1].kind", "first state"),
        ('id = "returned"\nkind', 'id = "draft"\nkind', "states[3].id", "twice"),
        ('to = "approved"', 'to = "approved"\nwhen = { is = ["1"] }', "transitions[3].when.question", "missing"),
        ('from = "draft"', 'from = "drafted"', "transitions[1].from", "unknown state “drafted”"),
        ('to = "approved"', 'to = "agreed"', "transitions[3].to", "unknown state “agreed”"),
        ('to = "returned"', 'to = "submitted"', "states[3].id", "no step leads to “returned”"),
        ('from = "returned"', 'from = "draft"', "states[3].id", "no step leads away from “returned”"),
        ('from = "draft"', "from = []", "transitions[1].from", "at least one"),
        ("not_author = true", "not_author = true\nauthor_only = true", "transitions[3].author_only", "contradicts"),
        ("not_author = true", 'not_author = "yes"', "transitions[3].not_author", "must be true or false"),
        ('id = "resubmit"', 'id = "submit"', "transitions[2].id", "twice"),
        ('roles = ["supervisor"]\nnot_author', 'roles = ["boss"]\nnot_author', "transitions[3].roles", "boss"),
        ('"D{yy}-{n:05}"', '"D{year}-{n}"', "series.format", "cannot be used"),
        ('"D{yy}-{n:05}"', '"D{yy}"', "series.format", "same number"),
        ("days = 5", "days = -1", "clocks[1].days", "less than zero"),
        ('kind = "business"', 'kind = "lunar"', "clocks[1].kind", "none of business"),
        ('title.fr = ["Licence de chien", "{dog/dog_name}"]', 'title.fr = ["Chien"]', "derived.title", "as many parts"),
        ("sensitive = []", 'sensitive = ["dog/age"]', "open_data", "sensitive"),
        (PARENT, f'{PUBLISH}columns = {{channel = "case/lang"}}\n{PARENT}', "publish[1].columns.channel", "open_data"),
        (PARENT, f'{PUBLISH}columns = {{place = "@point/lat"}}\n{PARENT}', "publish[1].columns.place", "open_data"),
        (PARENT, f'{PUBLISH}columns = {{on = "@when/lost"}}\n{PARENT}', "publish[1].columns.on", "open_data"),
        (PARENT, f'{PUBLISH}states = ["lost"]\n{PARENT}', "publish[1].states", "unknown state “lost”"),
        (PARENT, f'{PUBLISH}column = "x"\n{PARENT}', "publish[1].column", "no key"),
        (PARENT, f'[parent]\nservice = 3\n\n{PARENT}', "parent.service", "must be a text"),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_with_its_key(tmp_path: Path, old: str, new: str, field: str, words: str) -> None:
    error = refused(tmp_path, old, new)
    assert error.place.field == field
    assert words in str(error)


def test_text_that_is_no_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    assert "line 3" in str(refused(tmp_path, 'version = "1"', "version = = 1"))


def test_a_folder_without_a_form_is_refused(tmp_path: Path) -> None:
    folder = write_dog_licence(tmp_path)
    (folder / "form.md").unlink()
    with pytest.raises(ServiceError, match="no form") as caught:
        load_service(folder)
    assert caught.value.place.file == str(folder)


def test_two_forms_are_refused(tmp_path: Path) -> None:
    folder = write_dog_licence(tmp_path)
    (folder / "form.xml").write_text("<x/>")
    with pytest.raises(ServiceError, match="more than one form"):
        load_service(folder)


def test_a_service_twice_is_refused(tmp_path: Path) -> None:
    write_dog_licence(tmp_path / "one")
    write_dog_licence(tmp_path / "two")
    with pytest.raises(ServiceError, match="there twice"):
        Catalogue.load([tmp_path / "one", tmp_path / "two"])


def test_an_unknown_parent_is_refused(tmp_path: Path) -> None:
    write_dog_licence(tmp_path, replacing=(PARENT, f'[parent]\nservice = "kennel"\n\n{PARENT}'))
    with pytest.raises(ServiceError, match="unknown service “kennel”") as caught:
        Catalogue.load([shipped(), tmp_path])
    assert caught.value.place.field == "parent.service"


def test_a_missing_folder_of_services_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="no such folder"):
        Catalogue.load([tmp_path / "nowhere"])


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('lang = "case/lang"', 'lang = "case/tongue"', "derived.lang"),
        ('"{dog/dog_name}"', '"{dog/name}"', "derived.title.en"),
        ('open_data = ["dog/age"]', 'open_data = ["dog/weight"]', "open_data"),
        ("sensitive = []", 'sensitive = ["dog/bites"]', "privacy.sensitive"),
        ('from = "case/received_at"', 'from = "case/received"', "clocks.answer.from"),
        ("[series]", '[start_answers]\n"dog/colour" = "black"\n\n[series]', "start_answers"),
    ],
)
def test_a_question_that_the_form_does_not_have_is_refused(tmp_path: Path, old: str, new: str, field: str) -> None:
    write_dog_licence(tmp_path, replacing=(old, new))
    service = Catalogue.load([shipped(), tmp_path]).get("puppy-tag")
    with pytest.raises(ServiceError, match="the form has no question") as caught:
        service.form()
    assert caught.value.place.field == field


def test_the_form_version_follows_form_blocks_and_tables(tmp_path: Path) -> None:
    folder = write_dog_licence(tmp_path / "services")
    blocks = tmp_path / "blocks"
    blocks.mkdir()
    (blocks / "b1_case.md").write_text("| survey |\n")
    versions = {load_service(folder, blocks=blocks).form_version}
    (blocks / "b1_case.md").write_text("| survey |\n| | type | name |\n")
    versions.add(load_service(folder, blocks=blocks).form_version)
    (folder / "breeds.csv").write_text("code,en\npug,Pug\n")
    versions.add(load_service(folder, blocks=blocks).form_version)
    (folder / "form.md").write_text("| survey |\n")
    versions.add(load_service(folder, blocks=blocks).form_version)
    assert len(versions) == 4
    assert all(version.startswith("1-") for version in versions)


def test_the_builder_is_a_whole_service(tmp_path: Path) -> None:
    assert load_service(write_dog_licence(tmp_path)).title.fr == "Licence de chien"
    assert 'id = "puppy-tag"' in DOG_SERVICE


def test_records_that_concern_health_are_never_published(tmp_path: Path) -> None:
    folder = write_dog_licence(tmp_path, replacing=('class = "P2"', 'class = "P4"'))
    toml = folder / "service.toml"
    toml.write_text(toml.read_text("utf-8") + f"\n{PUBLISH}", "utf-8")
    with pytest.raises(ServiceError, match="never published"):
        load_service(folder)
