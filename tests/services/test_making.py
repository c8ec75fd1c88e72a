"""`fieldapp service new`: the folder passes the check and works as it is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fieldapp.errors import RefusedError, ServiceError
from fieldapp.services import Catalogue, shipped
from fieldapp.services.checking import Shelf, check_folder
from fieldapp.services.loader import load_service
from fieldapp.services.making import Wish, make_service, template
from ui.__main__ import main

NAME = "dog-walk"


def test_a_new_folder_works_as_it_is_and_lacks_only_its_authors_words(tmp_path: Path) -> None:
    shelf = Shelf((shipped(), tmp_path))
    folder = make_service(NAME, tmp_path, shelf, Wish('Walks "off leash" | parks', "Promenades"))
    problems = check_folder(folder, Shelf((shipped(), tmp_path))).problems
    told = [(item.code, item.place.field or item.place.column) for item in problems]
    words = ["summary.en", "keywords.en", "summary.fr", "keywords.fr"]
    assert told == [*(("template-words", word) for word in words), ("template-words", "/data/notice/notice_text")]
    service = Catalogue.load([shipped(), tmp_path]).get(NAME)
    assert (service.title.en, service.title.fr) == ('Walks "off leash" | parks', "Promenades")
    assert service.form().title == 'Walks "off leash" | parks'


def left_to_write(folder: Path, shelf: Shelf) -> list[str]:
    """What is told of a folder beside the words that its author is to write."""
    return [str(item.place) for item in check_folder(folder, shelf).problems if item.code != "template-words"]


def test_with_a_fee_it_asks_for_the_payment_of_a_dated_amount(tmp_path: Path) -> None:
    folder = make_service(NAME, tmp_path, Shelf((shipped(), tmp_path)), Wish(fee=Decimal(30), day=date(2026, 1, 1)))
    assert left_to_write(folder, Shelf((shipped(), tmp_path))) == []
    assert "DOG-WALK,Dog walk,Dog walk (à traduire),30.00,each,0,2026-01-01,," in (folder / "fees.csv").read_text()
    assert "fee/pay_method" in Catalogue.load([shipped(), tmp_path]).get(NAME).form().questions


def test_a_spreadsheet_is_the_same_form(tmp_path: Path) -> None:
    wish = Wish(fee=Decimal(30))
    text = make_service(NAME, tmp_path / "a", Shelf((shipped(), tmp_path)), wish)
    sheet = make_service(NAME, tmp_path / "b", Shelf((shipped(), tmp_path)), replace(wish, spreadsheet=True))
    assert sorted(path.name for path in sheet.iterdir()) == ["fees.csv", "form.xlsx", "service.toml"]
    blocks = shipped() / "_blocks"
    forms = [load_service(folder, blocks=blocks).form() for folder in (text, sheet)]
    assert list(forms[0].questions) == list(forms[1].questions)
    assert left_to_write(sheet, Shelf((shipped(), tmp_path))) == []


def test_a_visit_has_the_number_and_the_place_of_the_record_that_is_visited(tmp_path: Path) -> None:
    make_service(NAME, tmp_path, Shelf((shipped(), tmp_path)))
    folder = make_service("dog-visit", tmp_path, Shelf((shipped(), tmp_path)), Wish(visit_of=NAME))
    assert left_to_write(folder, Shelf((shipped(), tmp_path))) == []
    rule = Catalogue.load([shipped(), tmp_path]).get("dog-visit").parent_rule
    assert rule is not None
    assert (rule.service, rule.copy["visit/of_no"], rule.copy["place/ward"]) == (NAME, "@number|@alias", "place/ward")


@pytest.mark.parametrize("wish", [Wish(visit_of="no-such"), Wish(visit_of="bulk-pickup", fee=Decimal(3))])
def test_a_wish_that_cannot_be_granted_writes_nothing(tmp_path: Path, wish: Wish) -> None:
    with pytest.raises((ServiceError, RefusedError)):
        make_service(NAME, tmp_path, Shelf((shipped(), tmp_path)), wish)
    assert list(tmp_path.iterdir()) == []


def test_the_parts_that_stand_ready_behind_a_hash_work_once_it_is_gone(tmp_path: Path) -> None:
    folder = make_service(NAME, tmp_path, Shelf((shipped(), tmp_path)))
    path = folder / "service.toml"
    path.write_text(re.sub(r"^#(?=\S)", "", path.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    assert left_to_write(folder, Shelf((shipped(), tmp_path))) == []
    service = Catalogue.load([shipped(), tmp_path]).get(NAME)
    assert [one.id for one in service.documents] == ["plan"]
    assert [one.dataset for one in service.publications] == ["requests"]
    assert "certificate" in [one.id for one in service.papers]


def test_no_word_of_a_template_is_left_in_braces(tmp_path: Path) -> None:
    make_service(NAME, tmp_path, Shelf((shipped(), tmp_path)))
    make_service("dog-visit", tmp_path, Shelf((shipped(), tmp_path)), Wish(visit_of=NAME))
    for kind, name in (("service", NAME), ("visit", "dog-visit")):
        for path in template(kind).iterdir():
            assert re.findall(r"\{/?[A-Z_]+\}", (tmp_path / name / path.name).read_text("utf-8")) == []


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
    assert f"fieldapp service try {NAME}" in capsys.readouterr().out
    assert main(["service", "check", NAME]) == 1
    assert "the French title is still to be written" in capsys.readouterr().out
    assert (tmp_path / "practice" / "services" / NAME / "form.md").is_file()
