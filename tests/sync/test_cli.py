"""The gateway as a program of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fieldapp.clock import SystemClock
from fieldapp.services import Catalogue
from sync.adapters.gateway import GatewayClient
from sync.gateway.service import GatewayService
from tests.support.oidc import AUDIENCE, PERSON, provider
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


def test_the_first_account_says_that_a_city_begins(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in --data gives a token of a city that nobody serves."""
    asked = ["gateway", "account", "x", "--data", str(tmp_path / "ctiy"), "--name", "X", "--role", "counter"]
    assert main(asked) == 0
    first = capsys.readouterr()
    assert "first account of a new City" in first.err
    assert len(first.out.split()) == 1, "the token alone: a script reads it"
    assert main(asked) == 0
    assert capsys.readouterr().err == ""


def test_an_unknown_role_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["gateway", "account", "x", "--data", str(tmp_path), "--name", "X", "--role", "king"]
    assert main(asked) == 1
    assert "king" in capsys.readouterr().err


@pytest.mark.parametrize("person", ["../evil", "a/b", ".hidden", "", "j osei"])
def test_a_user_id_that_is_no_name_of_a_folder_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], person: str
) -> None:
    asked = ["gateway", "account", person, "--data", str(tmp_path), "--name", "X", "--role", "counter"]
    assert main(asked) == 1
    assert "is no user id" in capsys.readouterr().err


def test_a_ward_is_two_digits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["gateway", "account", "x", "--data", str(tmp_path), "--name", "X", "--role", "counter", "--ward", "4"]
    assert main(asked) == 1
    assert "“4” is no ward: write two digits, as in 04." in capsys.readouterr().err


def test_an_unknown_role_is_told_the_known_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["gateway", "account", "x", "--data", str(tmp_path), "--name", "X", "--role", "clerk"]
    assert main(asked) == 1
    assert "back_office, counter, inspector, supervisor" in capsys.readouterr().err


def test_records_that_cannot_be_opened_are_said_to_be_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gateway.db").write_bytes(b"nothing that SQLite knows" * 200)
    asked = ["gateway", "account", "x", "--data", str(tmp_path), "--name", "X", "--role", "counter"]
    assert main(asked) == 1
    assert "The City's records cannot be opened" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_said_to_be_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    data = str(tmp_path / "file" / "city")
    assert main(["gateway", "account", "x", "--data", data, "--name", "X", "--role", "counter"]) == 1
    assert "Not a directory" in capsys.readouterr().err


def test_a_port_beyond_all_ports_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gateway", "serve", "--data", str(tmp_path), "--port", "99999"]) == 1
    assert "99999 is no port" in capsys.readouterr().err


def test_an_identity_provider_needs_an_audience(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["gateway", "serve", "--data", str(tmp_path), "--issuer", "https://login.example.ca"]
    assert main(asked) == 1
    assert "--issuer needs --audience" in capsys.readouterr().err


def test_a_served_gateway_believes_the_provider_that_it_was_told_to(tmp_path: Path) -> None:
    with provider(SystemClock()) as oidc:
        trust = ["--issuer", oidc.url, "--audience", AUDIENCE, "--roles-claim", "realm.roles", "--wards-claim", "wards"]
        command = [sys.executable, "-m", "ui", "gateway", "serve", "--data", str(tmp_path / "city"), *trust]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            url = process.stdout.readline().split()[-1]
            client = GatewayClient(url, oidc.access_token(realm={"roles": ["counter"]}, wards="08 09"))
            said = client.hello()
            client.close()
            process.send_signal(signal.SIGINT)
            process.wait(20)
    assert (said.person.id, said.person.roles) == (PERSON, frozenset({"counter"}))
    assert said.person.wards == {"08", "09"}


def test_the_city_can_take_back_the_way_into_a_persons_laptops(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service = GatewayService(tmp_path, Catalogue({}), SystemClock())
    service.recovery.keep("j.osei", "j.osei@1", "ab" * 32, service.now())
    service.close()
    assert main(["gateway", "forget-keys", "j.osei", "--data", str(tmp_path)]) == 0
    assert "forgot the part of 1 laptop" in capsys.readouterr().out
    service = GatewayService(tmp_path, Catalogue({}), SystemClock())
    assert service.recovery.part("j.osei", "j.osei@1") == ""
    service.close()
