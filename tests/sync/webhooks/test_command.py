"""The command `gateway webhook`, as the City's IT types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.clock import SystemClock
from sync.gateway.database import Database
from sync.gateway.webhooks.delivering import Delivery
from tests.support.receiver import Receiver
from ui.__main__ import main


def test_added_listed_disabled_and_removed(
    tmp_path: Path, receiver: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*words: str, status: int = 0) -> str:
        assert main(["gateway", "webhook", *words, "--data", str(tmp_path)]) == status
        return capsys.readouterr().out

    assert "No address" in run("list")
    id_, secret = run("add", receiver.url, "--service", "road-defect", "--allow-private").split()
    assert secret.startswith("whsec_")
    listed = run("list")
    assert f"{id_}  {receiver.url}\n  road-defect" in listed
    assert secret not in listed
    database = Database(tmp_path)
    with database.write() as tx:
        tx.execute("INSERT INTO webhook_due (id, hook, body, due) VALUES ('m', ?, '{}', '')", (id_,))
    receiver.answers[:] = [410]
    assert Delivery(database, SystemClock()).round() == 0
    database.close()
    disabled = run("list", status=1)
    assert "DISABLED" in disabled
    assert "status 410" in disabled
    assert "1 step waits" in disabled
    assert receiver.url in run("remove", receiver.url)
    assert "No address" in run("list")


@pytest.mark.parametrize(
    "words", [["add", "https://127.0.0.1/"], ["remove", "x"], ["add", "https://8.8.8.8", "--service", "x"]]
)
def test_what_cannot_be_is_said(tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gateway", "webhook", *words, "--data", str(tmp_path)]) != 0
    assert "Traceback" not in capsys.readouterr().err
