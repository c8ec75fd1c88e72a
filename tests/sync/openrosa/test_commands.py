"""`fieldapp openrosa`: what a server offers, and bringing it here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sync.openrosa.credentials import sign_in_for, told
from sync.openrosa.sign_in import SignIn
from tests.support.openrosa import Hosted, OpenRosaDouble
from tests.support.openrosa_laptop import FORM_ID
from tests.support.store import make_store
from ui.__main__ import main

ANNA = "anna:s3cret"


def test_lists_the_forms(double: OpenRosaDouble, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["openrosa", "list", double.address]) == 0
    said = capsys.readouterr().out
    assert "house-visit" in said
    assert "1 form\n" in said


def test_lists_the_forms_as_json(double: OpenRosaDouble, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["openrosa", "list", "--json", double.address]) == 0
    assert json.loads(capsys.readouterr().out)[0]["id"] == FORM_ID


def test_fetches_a_form_as_a_service(
    double: OpenRosaDouble, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["openrosa", "get", double.address, FORM_ID, "--into", str(tmp_path)]) == 0
    assert (tmp_path / FORM_ID / "service.toml").exists()
    assert "2 files fetched" in capsys.readouterr().out


def test_one_form_that_cannot_be_used_does_not_keep_the_others_away(
    double: OpenRosaDouble, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    double.forms = {"broken": Hosted(b"<html/>", "Broken", "1"), **double.forms}
    assert main(["openrosa", "get", double.address, "--into", str(tmp_path)]) == 1
    assert (tmp_path / FORM_ID / "service.toml").exists()
    assert "broken: not taken" in capsys.readouterr().out


def test_a_form_that_is_not_offered_is_told(
    double: OpenRosaDouble, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["openrosa", "get", double.address, "another", "--into", str(tmp_path)]) == 1
    assert "another" in capsys.readouterr().err


def test_the_environment_tells_the_sign_in(double: OpenRosaDouble, monkeypatch: pytest.MonkeyPatch) -> None:
    double.sign_in = "basic"
    monkeypatch.setenv("FIELDAPP_OPENROSA", f"{double.url} {ANNA}")
    assert main(["openrosa", "list", double.address]) == 0


def test_a_sign_in_is_for_its_own_server_alone() -> None:
    text = f"https://one.example {ANNA}\nhttps://two.example key abc"
    assert told(text, "https://one.example/v1/projects/1") == ANNA
    assert told(text, "https://two.example/v1/projects/1") == "key abc"
    assert told(text, "http://one.example/v1/projects/1") == ""
    assert told(text, "https://three.example") == ""


def test_a_sign_in_is_told_once_and_kept_in_the_encrypted_store(tmp_path: Path) -> None:
    server, store = "https://one.example/v1/projects/1", make_store(tmp_path)
    assert sign_in_for(store, server, "") == SignIn()
    sign_in_for(store, server, f"https://one.example {ANNA}")
    assert sign_in_for(store, server, "") == SignIn.of(ANNA)
    store.close()
