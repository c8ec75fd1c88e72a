"""`form check` and `form fill`, as a person or a program calls them."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

import fieldapp.cli
from tests.support.forms import write_form

SURVEY = """
type         | name | label | relevant | required | constraint | calculation
integer      | n    | N     |          | yes      | . < 10     |
begin_repeat | r    | R     | ${n} > 1 |          |            |
text         | t    | T     |          |          |            |
end_repeat   |      |       |          |          |            |
calculate    | c    |       |          |          |            | count(${r})
"""


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """The exit code and the output of one command."""
    parser = argparse.ArgumentParser()
    fieldapp.cli.add_commands(parser.add_subparsers())
    options = parser.parse_args([str(argument) for argument in arguments])
    code = options.run(options)
    return code, capsys.readouterr().out


def fill(capsys: pytest.CaptureFixture[str], folder: Path, steps: object) -> tuple[int, dict[str, Any]]:
    """The result of filling SURVEY by steps."""
    path = folder / "steps.json"
    path.write_text(json.dumps(steps), "utf-8")
    code, output = run(capsys, "form", "fill", write_form(folder, SURVEY), "--steps", path, "--json")
    result = json.loads(output)
    assert isinstance(result, dict)
    return code, result


def test_check_prints_the_outline(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, output = run(capsys, "form", "check", write_form(tmp_path, SURVEY))
    assert code == 0
    assert "n                                integer      N  [required, constraint]" in output
    assert "  t                              text         T" in output


def test_check_prints_each_error_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_form(tmp_path, "type | name | label | relevant\ntext | a | A | foo(1\ntext | b | B | nope()")
    code, output = run(capsys, "form", "check", path)
    assert code == 1
    assert "error: form.md, sheet survey, row 2, column relevant: the expression ends where “)” is missing" in output
    assert "row 3, column relevant: there is no function nope()" in output


def test_check_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, output = run(capsys, "form", "check", write_form(tmp_path, SURVEY), "--json")
    result = json.loads(output)
    assert (code, result["ok"], result["errors"]) == (0, True, [])
    assert result["questions"][0] == {
        "depth": 0,
        "ref": "/data/n",
        "name": "n",
        "kind": "integer",
        "label": "N",
        "flags": ["required", "constraint"],
    }


def test_check_refuses_what_is_no_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "f.xlsx"
    path.write_bytes(b"no workbook")
    code, output = run(capsys, "form", "check", path, "--json")
    assert code == 1
    assert json.loads(output)["errors"][0]["file"] == "f.xlsx"


def test_fill_takes_steps_and_gives_the_whole_state(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = [
        {"set": "/data/n", "value": 3},
        {"add": "/data/r"},
        {"add": "/data/r"},
        {"set": "/data/r[3]/t", "value": "third"},
        {"remove": "/data/r[2]"},
    ]
    code, result = fill(capsys, tmp_path, steps)
    nodes = {node["ref"]: node for node in result["nodes"]}
    assert (code, result["ok"], result["errors"]) == (0, True, [])
    assert nodes["/data/n"] == {
        "ref": "/data/n",
        "value": "3",
        "relevant": True,
        "required": True,
        "readonly": False,
        "valid": True,
        "message": "",
    }
    assert nodes["/data/r[2]/t"]["value"] == "third"
    assert nodes["/data/c"]["value"] == "2"
    assert "<r><t>third</t></r>" in result["instance"]


def test_fill_names_refused_steps_and_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = [
        {"set": "/data/n", "value": "x"},
        {"set": "/data/zz", "value": "1"},
        {"jump": "/"},
        {"set": "/data/n", "value": "12"},
    ]
    code, result = fill(capsys, tmp_path, steps)
    assert (code, result["ok"]) == (1, False)
    assert [error["step"] for error in result["errors"]] == [1, 2, 3]
    assert "“x” is not a whole number" in result["errors"][0]["message"]
    node = next(node for node in result["nodes"] if node["ref"] == "/data/n")
    assert (node["value"], node["valid"], node["message"]) == ("12", False, "This answer is not allowed here.")


@pytest.mark.parametrize("content", ["", "[1]", '"x"', "{}", "{"])
def test_fill_refuses_steps_that_are_none(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str) -> None:
    steps = tmp_path / "steps.json"
    steps.write_text(content, "utf-8")
    code, output = run(capsys, "form", "fill", write_form(tmp_path, SURVEY), "--steps", steps, "--json")
    result = json.loads(output)
    assert (code, result["ok"]) == (1, False)
    assert "steps.json" in result["errors"][0]["message"]


def test_fill_without_json_reads_like_a_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, output = run(capsys, "form", "fill", write_form(tmp_path, SURVEY))
    assert code == 0
    assert "/data/n =   ! This answer is needed." in output


def test_steps_that_are_nested_without_end_are_no_steps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = tmp_path / "deep.json"
    steps.write_text("[" * 100_000, "utf-8")
    code, output = run(capsys, "form", "fill", write_form(tmp_path, SURVEY), "--steps", steps, "--json")
    assert code == 1
    assert "this is no JSON" in json.loads(output)["errors"][0]["message"]


def test_steps_name_instances_by_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = [
        {"set": "/data/n", "value": 3},
        {"add": "/data/r"},
        {"add": "/data/r"},
        {"set": "/data/r[2]/t", "value": "second"},
        {"remove": "/data/r", "index": 0},
        {"remove": "/data/r", "index": 7},
    ]
    code, result = fill(capsys, tmp_path, steps)
    values = {node["ref"]: node["value"] for node in result["nodes"]}
    assert (code, [error["step"] for error in result["errors"]]) == (1, [6])
    assert values["/data/r[1]/t"] == "second"


def test_a_dump_is_the_state_at_its_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = [{"set": "/data/n", "value": "3"}, {"dump": True}, {"set": "/data/n", "value": "4"}]
    _, result = fill(capsys, tmp_path, steps)
    (dump,) = result["dumps"]
    assert dump["step"] == 2
    assert [node["value"] for node in dump["nodes"] if node["ref"] == "/data/n"] == ["3"]


def test_the_time_can_be_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = write_form(tmp_path, "type | name | label | calculation\ncalculate | day | | string(today())")
    _, output = run(capsys, "form", "fill", form, "--json", "--now", "2026-03-04T10:00:00Z")
    assert [node["value"] for node in json.loads(output)["nodes"] if node["ref"] == "/data/day"] == ["2026-03-04"]


def test_tables_may_lie_in_another_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    media = tmp_path / "elsewhere"
    media.mkdir()
    (media / "fees.csv").write_text("code,amount\nA,12\n", "utf-8")
    form = write_form(
        tmp_path, "type | name | label | calculation\ncalculate | fee | | pulldata('fees', 'amount', 'code', 'A')"
    )
    _, output = run(capsys, "form", "fill", form, "--json", "--media", media)
    assert [node["value"] for node in json.loads(output)["nodes"] if node["ref"] == "/data/fee"] == ["12"]


NAMES = """
type         | name  | label::French (fr)
begin_group  | visit | Visite
text         | file  | Dossier
end_group    |       |
begin_repeat | child | Enfant
text         | age   | Âge
end_repeat   |       |
"""


def refused(capsys: pytest.CaptureFixture[str], folder: Path, step: object, *more: object) -> str:
    """What is said of one step; "" where it was taken."""
    path = folder / "steps.json"
    path.write_text(json.dumps([step]), "utf-8")
    _, output = run(capsys, "form", "fill", write_form(folder, NAMES), "--steps", path, "--json", *more)
    errors = json.loads(output)["errors"]
    return str(errors[0]["message"]) if errors else ""


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ({"set": "file", "value": "x"}, ""),
        ({"set": "/data/visit/file", "value": None}, ""),
        ({"language": "fr"}, ""),
        ({"lang": "French (fr)"}, ""),
        ({"language": "en"}, ""),
        ({"set": "age", "value": "x"}, "Did you mean /data/child/age?"),
        ({"set": "/data/file", "value": "x"}, "Did you mean /data/visit/file?"),
        ({"set": "/data/visit/fiel", "value": "x"}, "Did you mean /data/visit/file?"),
        ({"set": "/data/visit/file"}, "this step says no value"),
        ({"language": "klingon"}, "there is no language “klingon” here; there are French (fr), en, fr"),
        ({"lang": "klingon"}, "there is no language “klingon” here"),
    ],
)
def test_how_steps_may_name_things(tmp_path: Path, capsys: pytest.CaptureFixture[str], step: object, said: str) -> None:
    message = refused(capsys, tmp_path, step)
    assert (said in message) if said else not message


def test_a_media_folder_has_to_be_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    message = refused(capsys, tmp_path, {"set": "file", "value": "x"}, "--media", tmp_path / "gone")
    assert "there is no such folder" in message


def test_fill_speaks_the_language_that_it_was_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    message = refused(capsys, tmp_path, {"set": "/data/nothing", "value": "x"}, "--language", "fr")
    assert "question" in message
    assert "there is no" not in message
