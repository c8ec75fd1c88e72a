"""What `form check` prints of findings, for people and for programs."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

import fieldapp.cli
from tests.support.forms import write_form

SURVEY = "type | name | label | relevant | constraint\ninteger | age | Age | {condition} | . > 1"


def check(capsys: pytest.CaptureFixture[str], folder: Path, condition: str, *more: str) -> tuple[int, str]:
    """The exit code and the output for a form with this condition."""
    parser = argparse.ArgumentParser()
    fieldapp.cli.add_commands(parser.add_subparsers())
    path = write_form(folder, SURVEY.replace("{condition}", condition))
    options = parser.parse_args(["form", "check", str(path), *more])
    code = options.run(options)
    return code, capsys.readouterr().out


def test_warnings_are_printed_and_refuse_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, output = check(capsys, tmp_path, "")
    assert code == 0
    assert "warning: form.md, sheet survey, row 2, column constraint, field /data/age: " in output
    assert output.count("[no-message]") == 1
    assert "No errors." in output


def test_errors_are_printed_with_their_guess(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, output = check(capsys, tmp_path, "${agee} = 1")
    assert code == 1
    assert "there is no question ${agee}. Did you mean ${age}? [unknown-question]" in output
    assert "No errors." not in output


def test_programs_get_errors_and_warnings_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, output = check(capsys, tmp_path, "${age} = 'x' and nope(1)", "--json")
    result = json.loads(output)
    assert (code, result["ok"]) == (1, False)
    assert [item["code"] for item in result["errors"]] == ["unknown-function"]
    assert {item["code"] for item in result["warnings"]} == {"type-mismatch", "no-message"}
    assert {"file", "sheet", "row", "column", "field", "message", "suggestion"} <= set(result["errors"][0])


def test_errors_come_first_and_all_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, output = check(capsys, tmp_path, "${age} = 'x' and nope(1)")
    lines = output.splitlines()
    assert [line.partition(":")[0] for line in lines[-4:-1]] == ["error", "warning", "warning"]
    assert lines[-1] == "1 error, 2 warnings."


def test_the_language_is_that_of_the_findings_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, output = check(capsys, tmp_path, "${agee} = 1", "--language", "fr")
    assert "erreur: form.md, feuille survey, ligne 2, colonne relevant: il n'y a pas de question ${agee}" in output
    assert "Vouliez-vous dire ${age} ?" in output
    _, output = check(capsys, tmp_path, "${agee} = 1")
    assert "Did you mean ${age}?" in output
