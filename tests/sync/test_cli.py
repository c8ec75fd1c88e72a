"""The gateway as a program of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sync.adapters.gateway import GatewayClient
from ui.__main__ import main


def test_an_account_is_made_and_signs_in_at_a_served_gateway(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = str(tmp_path / "city")
    assert main(["gateway", "account", "j.osei", "--data", data, "--name", "J. Osei", "--role", "counter"]) == 0
    token = capsys.readouterr().out.strip()
    command = [sys.executable, "-m", "ui", "gateway", "serve", "--data", data]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().split()[-1]
        client = GatewayClient(url, token)
        said = client.hello()
        client.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
    assert (said.person.id, said.person.roles) == ("j.osei", frozenset({"counter"}))


def test_an_unknown_role_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["gateway", "account", "x", "--data", str(tmp_path), "--name", "X", "--role", "king"]
    assert main(asked) == 1
    assert "king" in capsys.readouterr().err
