"""`fieldapp service new`: the folder passes the check and works as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.errors import RefusedError, ServiceError
from fieldapp.services import Catalogue, shipped
from fieldapp.services.checking import Shelf, check_folder
from fieldapp.services.making import make_service
from ui.__main__ import main

NAME = "dog-walk"


def test_a_new_folder_works_as_it_is_and_lacks_only_its_authors_words(tmp_path: Path) -> None:
    shelf = Shelf((shipped(), tmp_path))
    folder = make_service(NAME, tmp_path, shelf, title='Walks "off leash" | parks', title_fr="Promenades")
    problems = check_folder(folder, Shelf((shipped(), tmp_path))).problems
    told = [(item.code, item.place.field or item.place.column) for item in problems]
    words = ["summary.en", "keywords.en", "summary.fr", "keywords.fr"]
    assert told == [*(("template-words", word) for word in words), ("template-words", "/data/notice/notice_text")]
    service = Catalogue.load([shipped(), tmp_path]).get(NAME)
    assert (service.title.en, service.title.fr) == ('Walks "off leash" | parks', "Promenades")
    assert service.form().title == 'Walks "off leash" | parks'


def test_its_code_is_one_that_no_service_has(tmp_path: Path) -> None:
    shelf = Shelf((shipped(), tmp_path))
    make_service(NAME, tmp_path, shelf)
    make_service("cat-walk", tmp_path, Shelf((shipped(), tmp_path)))
    codes = [one.code for one in Catalogue.load([shipped(), tmp_path])]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("name", ["Dog walk", "../dog", "", "dog/walk", "9dogs"])
def test_an_id_that_cannot_be_one_writes_nothing(tmp_path: Path, name: str) -> None:
    with pytest.raises(ServiceError, match="lower-case"):
        make_service(name, tmp_path, Shelf((tmp_path,)))
    assert list(tmp_path.iterdir()) == []


def test_a_service_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    folder = make_service(NAME, tmp_path, Shelf((tmp_path,)))
    (folder / "form.md").write_text("mine")
    with pytest.raises(RefusedError, match="already"):
        make_service(NAME, tmp_path, Shelf((tmp_path,)))
    with pytest.raises(RefusedError, match="already"):
        make_service("bulk-pickup", tmp_path, Shelf((shipped(), tmp_path)))
    assert (folder / "form.md").read_text() == "mine"


def test_the_command_puts_it_among_the_practice_citys_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FIELDAPP_HOME", str(tmp_path))
    assert main(["service", "new", NAME]) == 0
    assert "fieldapp service try" in capsys.readouterr().out
    assert main(["service", "check", NAME]) == 1
    assert "the French title is still to be written" in capsys.readouterr().out
    assert (tmp_path / "practice" / "services" / NAME / "form.md").is_file()
