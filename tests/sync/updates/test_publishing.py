"""Who signs versions: the commands, their keys, and what they refuse."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from fieldapp.updates.place import this_system
from sync.gateway.updates.cli import PASSPHRASE
from sync.gateway.updates.folder import kept_fresh
from tests.support.programs import NEW, make_light_program
from ui.__main__ import main

SECRET = "four bread baskets"  # noqa: S105 - of keys that exist for a test only


@pytest.fixture
def common(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv(PASSPHRASE, SECRET)
    made = ["--updates", str(tmp_path / "updates"), "--keys", str(tmp_path / "keys")]
    assert main(["gateway", "updates", "begin", *made]) == 0
    return made


def versions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["gateway", "updates", "list", "--updates", str(tmp_path / "updates")]) == 0
    return capsys.readouterr().out.strip()


def test_a_version_goes_to_a_few_then_to_all_then_to_nobody(
    tmp_path: Path, common: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    make_light_program(tmp_path / "built", NEW)
    words = ["--version", NEW, "--share", "10%", "--laptop", "PILOT-*"]
    assert main(["gateway", "updates", "publish", str(tmp_path / "built"), *words, *common]) == 0
    assert versions(tmp_path, capsys) == f"{NEW} for {this_system()}: 10 % of all laptops, and PILOT-*"
    assert main(["gateway", "updates", "share", NEW, *common]) == 0
    assert "100 %" in versions(tmp_path, capsys)
    assert main(["gateway", "updates", "withdraw", NEW, *common]) == 0
    assert versions(tmp_path, capsys) == "No version is handed out yet."
    assert not list((tmp_path / "updates").rglob("*.tar.xz")), "what nobody gets is not kept"


def test_who_hands_out_may_read_all_and_nobody_the_keys(tmp_path: Path, common: list[str]) -> None:
    make_light_program(tmp_path / "built", NEW)
    assert main(["gateway", "updates", "publish", str(tmp_path / "built"), "--version", NEW, *common]) == 0
    files = [path for path in (tmp_path / "updates").rglob("*") if path.is_file()]
    assert all(path.stat().st_mode & stat.S_IROTH for path in files)
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()} == {0o600}


def test_what_cannot_be_published_is_refused_in_words(
    tmp_path: Path, common: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_light_program(tmp_path / "built", NEW)
    publish = ["gateway", "updates", "publish"]
    assert main([*publish, str(tmp_path), "--version", NEW, *common]) == 1
    assert main([*publish, str(tmp_path / "built"), "--version", "../x", *common]) == 1
    assert main([*publish, str(tmp_path / "built"), "--version", NEW, *common]) == 0
    assert main([*publish, str(tmp_path / "built"), "--version", NEW, *common]) == 1
    assert main([*publish, str(tmp_path / "built"), "--version", "0.3.0", *common]) == 1
    assert main(["gateway", "updates", "begin", *common]) == 1
    monkeypatch.setenv(PASSPHRASE, "guessed")
    assert main(["gateway", "updates", "withdraw", NEW, *common]) == 1
    said = capsys.readouterr().err
    for words in ("holds no program", "no version of FieldApp", "a higher number", "it says “FieldApp 0.2.0”"):
        assert words in said
    assert "keys already" in said
    assert "this passphrase" in said


def test_the_daily_key_alone_keeps_the_list_fresh(tmp_path: Path, common: list[str]) -> None:
    (tmp_path / "keys" / "root.pem").unlink()
    (tmp_path / "keys" / "releases.pem").unlink()
    before = (tmp_path / "updates" / "metadata" / "timestamp.json").read_text("utf-8")
    kept_fresh(tmp_path / "updates", tmp_path / "keys" / "daily.pem")
    after = (tmp_path / "updates" / "metadata" / "timestamp.json").read_text("utf-8")
    assert json.loads(after)["signed"]["version"] == json.loads(before)["signed"]["version"] + 1


def test_serving_a_folder_that_was_never_begun_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["gateway", "serve", "--data", str(tmp_path / "city"), "--updates", str(tmp_path)]
    assert main(words) == 1
    assert "no folder of updates yet" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("key", "said"), [("root.pem", "only “daily” needs none"), ("missing.pem", "cannot be read: No such file")]
)
def test_a_gateway_with_a_key_that_it_cannot_use_says_so_at_the_start(
    tmp_path: Path, common: list[str], capsys: pytest.CaptureFixture[str], key: str, said: str
) -> None:
    words = ["--data", str(tmp_path / "city"), *common[:2], "--updates-key", str(tmp_path / "keys" / key)]
    assert main(["gateway", "serve", *words]) == 1
    assert said in capsys.readouterr().err


def test_without_anybody_to_type_a_passphrase_it_says_where_to_put_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nobody(_question: str) -> str:
        raise EOFError

    monkeypatch.delenv("FIELDAPP_UPDATES_PASSPHRASE", raising=False)
    monkeypatch.setattr("sync.gateway.updates.cli.getpass", nobody)
    places = ["--updates", str(tmp_path / "updates"), "--keys", str(tmp_path / "keys")]
    assert main(["gateway", "updates", "begin", *places]) == 1
    assert "FIELDAPP_UPDATES_PASSPHRASE" in capsys.readouterr().err
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize("act", ["refresh", "renew"])
def test_what_was_never_begun_is_not_signed(
    tmp_path: Path, common: list[str], act: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty" / "metadata").mkdir(parents=True)
    assert main(["gateway", "updates", act, "--updates", str(tmp_path / "empty"), *common[2:]]) == 1
    assert "no folder of updates yet" in capsys.readouterr().err
    assert not list((tmp_path / "empty" / "metadata").iterdir())


def test_a_publishing_that_was_cut_off_hinders_no_later_one(tmp_path: Path, common: list[str]) -> None:
    (tmp_path / "updates" / "targets" / "new-cut-off").mkdir()
    assert main(["gateway", "updates", "renew", *common]) == 0
