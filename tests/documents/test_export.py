"""`fieldapp forms export`: the files, the index for people, the index for programs."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from lxml import html

from ui.__main__ import main


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one command wrote."""
    base = tmp_path_factory.mktemp("export")
    call = [
        "forms",
        "export",
        str(base / "out"),
        "bulk-pickup",
        "building-permit",
        "--large",
        "--home",
        str(base / "home"),
    ]
    assert main(call) == 0
    return base / "out"


def test_the_index_for_programs_names_every_file_with_its_hash(folder: Path) -> None:
    forms = json.loads((folder / "index.json").read_text("utf-8"))["forms"]
    assert {path.name for path in folder.glob("*.pdf")} == {form["file"] for form in forms}
    assert len(forms) == 8
    for form in forms:
        assert hashlib.sha256((folder / form["file"]).read_bytes()).hexdigest() == form["sha256"]


def test_the_index_for_people_is_a_table_in_each_language(folder: Path) -> None:
    page = html.parse(folder / "index.html").getroot()
    assert page.get("lang") == "en"
    assert [part.get("lang") for part in page.iter("section")] == ["en", "fr"]
    assert all(head.get("scope") for head in page.iter("th"))
    links = [link.get("href") for link in page.iter("a")]
    assert len(links) == 8
    assert all((folder / str(link)).is_file() for link in links)


def test_the_english_part_has_no_french_links_in_it(folder: Path) -> None:
    english = next(html.parse(folder / "index.html").getroot().iter("section"))
    assert {link.text_content() for link in english.iter("a")} >= {
        "Bulk item pick-up",
        "Bulk item pick-up, large print",
    }


def test_an_unknown_service_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["forms", "export", str(tmp_path / "out"), "no-such", "--home", str(tmp_path)]
    assert main(call) == 1
    assert "no-such" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
