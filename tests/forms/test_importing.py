"""`form import`: the form of a service out of any form file, with its media; or nothing at all."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

import pytest

from fieldapp.errors import FormError
from fieldapp.forms import load_form
from fieldapp.forms.importing import import_form, run_import
from fieldapp.paths import resources
from tests.forms.test_load import write_xlsx
from tests.support.bare_xforms import xform
from tests.support.forms import write_form

SURVEY = [
    ["type", "name", "label::English (en)", "label::French (fr)", "media::image::English (en)", "calculation"],
    ["text", "t", "One\n\ntwo | three", "Un", "tree.png", ""],
    ["calculate", "fee", "", "", "", "pulldata('fees', 'amount', 'code', ${t})"],
]


def source(folder: Path) -> Path:
    """A workbook with a table beside it, and a picture in its media folder."""
    folder.mkdir(exist_ok=True)
    (folder / "fees.csv").write_text("code,amount\na,5\n", "utf-8")
    (folder / "trees-media").mkdir(exist_ok=True)
    (folder / "trees-media" / "tree.png").write_bytes(b"picture")
    return write_xlsx(folder / "trees.xlsx", {"survey": SURVEY})


def options(file: Path, into: Path, *, as_json: bool = False) -> Namespace:
    """What the command line gives."""
    return Namespace(file=file, into=into, blocks=None, json=as_json)


def test_a_workbook_becomes_markdown_with_its_media(tmp_path: Path) -> None:
    path, into = source(tmp_path / "from"), tmp_path / "service"
    done = import_form(path, into)
    assert (done.form, done.copied, done.missing) == (into / "form.md", ["fees.csv", "tree.png"], [])
    assert sorted(file.name for file in into.iterdir()) == ["form-media", "form.md"]
    before, after = load_form(path), load_form(into / "form.md")
    assert (after.id, after.title, after.digest) == ("trees", "trees", before.digest)
    assert after.media.file("jr://images/tree.png") is not None


def test_an_xform_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "old.xml"
    path.write_text(xform("<a/>", '<instance id="x" src="jr://file-csv/x.csv"/>'), "utf-8")
    done = import_form(path, tmp_path / "service")
    assert done.form.read_bytes() == path.read_bytes()
    assert (done.form.name, done.missing) == ("form.xml", ["x.csv"])


def test_a_form_with_errors_leaves_nothing_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_form(tmp_path, "type | name | label | relevant\ntext | a | A | nope(1)")
    assert run_import(options(path, tmp_path / "service")) == 1
    assert not (tmp_path / "service").exists()
    assert "Nothing was imported." in capsys.readouterr().out


def test_a_form_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    into = tmp_path / "service"
    into.mkdir()
    (into / "form.xlsx").write_bytes(b"mine")
    with pytest.raises(FormError, match="has a form already"):
        import_form(source(tmp_path / "from"), into)
    assert [file.name for file in into.iterdir()] == ["form.xlsx"]


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", "utf-8")
    with pytest.raises(FormError, match="cannot be written"):
        import_form(source(tmp_path / "from"), blocked / "service")


def test_what_was_done_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_import(options(source(tmp_path / "from"), tmp_path / "one")) == 0
    told = capsys.readouterr().out
    assert "form.md: 4 questions" in told
    assert "copied: fees.csv" in told


def test_what_was_done_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_import(options(source(tmp_path / "from"), tmp_path / "one", as_json=True)) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["media"], told["missing"]) == (True, ["fees.csv", "tree.png"], [])
    assert run_import(options(source(tmp_path / "from"), tmp_path / "one", as_json=True)) == 1
    assert "has a form already" in json.loads(capsys.readouterr().out)["message"]


@pytest.mark.parametrize("name", ["building-permit", "bulk-pickup"])
def test_the_citys_own_forms_survive_it(tmp_path: Path, name: str) -> None:
    path = resources() / "services" / name / "form.md"
    assert load_form(import_form(path, tmp_path / "service").form).digest == load_form(path).digest


@pytest.mark.parametrize("function", ["@property', 'username'", "@javascript', 'f.js', 'f'", "@geopoint', 'x'"])
def test_functions_of_survey123_need_no_file(tmp_path: Path, function: str) -> None:
    survey = f"type | name | label | default | calculation\ntext | a | A | pulldata('{function}) |"
    path = write_form(tmp_path, f"{survey}\ncalculate | b | | | pulldata('{function})")
    assert import_form(path, tmp_path / "service").missing == []
