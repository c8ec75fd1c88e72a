"""Settings by the environment: the command line wins, a secret comes from a file, what is unknown is named."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

import pytest

import sync.cli


def parsed(monkeypatch: pytest.MonkeyPatch, said: dict[str, str], words: str = "serve --data here") -> Namespace:
    """The options of `gateway WORDS` where the environment says so."""
    for name, value in said.items():
        monkeypatch.setenv(f"FIELDAPP_GATEWAY_{name}", value)
    parser = ArgumentParser()
    sync.cli.add_commands(parser.add_subparsers())
    return parser.parse_args(["gateway", *words.split()])


def test_every_option_may_be_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"DATA": "/srv/city", "PORT": "8443", "QUIET": "yes", "SERVICES": "'/a b' /c", "OPEN311": "hamilton.ca"}
    options = parsed(monkeypatch, said, "serve")
    assert (options.data, options.port, options.quiet) == (Path("/srv/city"), 8443, True)
    assert options.services == [Path("/a b"), Path("/c")]
    assert options.open311 == "hamilton.ca"


def test_the_command_line_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"PORT": "8443", "SERVICES": "/of/the/environment"}
    options = parsed(monkeypatch, said, "serve --data here --port 1 --services /given")
    assert (options.port, options.services) == (1, [Path("/given")])


def test_other_commands_read_what_they_share(monkeypatch: pytest.MonkeyPatch) -> None:
    options = parsed(monkeypatch, {"DATA": "/srv/city", "PORT": "8443"}, "backup /backup")
    assert (options.data, options.folder) == (Path("/srv/city"), Path("/backup"))


def test_a_secret_comes_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "database").write_text("postgresql://city:secret@db/city\n")
    assert parsed(monkeypatch, {"DATABASE_FILE": str(tmp_path / "database")}).database.startswith("postgresql://city")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PROT", "1", "FIELDAPP_GATEWAY_PORT"),  # what there is
        ("PROT", "1", "FIELDAPP_GATEWAY_PROT"),  # what is not
        ("QUIET", "perhaps", "yes or no"),
        ("DATABASE_FILE", "/nowhere/at/all", "cannot be read"),
        ("SERVICES", "'/a b", "cannot be read"),
        ("CERTIFICATE_FILE", "/cert.pem", "no setting"),  # it names a file by itself
    ],
)
def test_what_cannot_be_a_setting_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str, told: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        parsed(monkeypatch, {name: value})
    assert ended.value.code == 2
    assert told in capsys.readouterr().err
