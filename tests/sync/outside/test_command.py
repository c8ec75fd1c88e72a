"""The command `gateway open311`, as the City's IT types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.gateway.database import Database
from sync.gateway.outside import cli
from sync.gateway.outside.cli import VARIABLE
from tests.support.open311_server import Elsewhere
from ui.__main__ import main

STUCK = (
    "INSERT INTO outside_request (record, service, server, ref, state, answers, handed_at, due, why)"
    " VALUES ('r1', 'road-defect', 'burlington', 'RD26-1', 'doubt', '{}', '', '', 'answer lost')"
)


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "SECRET-KEY")


def test_added_listed_settled_and_removed(tmp_path: Path, other: Elsewhere, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*words: str, status: int = 0) -> str:
        assert main(["gateway", "open311", *words, "--data", str(tmp_path)]) == status
        said = capsys.readouterr()
        assert "SECRET-KEY" not in said.out + said.err
        return said.out

    assert "no server" in run("list")
    assert other.url in run("add", "burlington", other.url, "--title", "Burlington", "--json", "--repeats")
    database = Database(tmp_path)
    with database.write() as tx:
        tx.execute(STUCK)
    database.close()
    assert "! RD26-1  burlington  doubt: answer lost" in run("list", status=1)
    assert "settled" in run("settle", "RD26-1", "--id", "0042")
    assert "1 request is there" in run("list")
    assert "burlington" in run("remove", "burlington")
    assert "does not know" in run("list", status=1)


@pytest.mark.parametrize(
    "words",
    [
        ["add", "burlington", "http://open311.example/"],
        ["add", "Burlington!", "https://open311.example/"],
        ["remove", "nobody"],
        ["ask", "nobody"],
        ["settle", "RD26-1"],
    ],
)
def test_what_cannot_be_is_said(tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gateway", "open311", *words, "--data", str(tmp_path)]) != 0
    assert "Traceback" not in capsys.readouterr().err


def test_without_a_terminal_it_says_where_the_key_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nobody(_question: str) -> str:
        raise EOFError

    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr(cli, "getpass", nobody)
    assert main(["gateway", "open311", "add", "burlington", "https://x.example/", "--data", str(tmp_path)]) == 1
    assert VARIABLE in capsys.readouterr().err
