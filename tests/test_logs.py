"""The log tells what happened, and nothing that anybody wrote or signed in with."""

from __future__ import annotations

import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp import logs
from tests.support.logbook import as_before

JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJqLm9zZWkifQ.c2lnbmF0dXJl"


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """The log is a test's own."""
    with as_before():
        yield


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Authorization: Bearer abc123", "abc123"),
        ("authorization: Basic ai5vc2VpOnB3", "ai5vc2VpOnB3"),
        ("{'refresh_token': 'rt-1', 'x': 1}", "rt-1"),
        ('{"access_token":"at 1"}', "at 1"),
        ("grant_type=refresh_token&refresh_token=rt9&client_id=a", "rt9"),
        ("GET /callback?code=c0de&state=1", "c0de"),
        ("passphrase = geheim", "geheim"),
        ("PIN: 4711", "4711"),
        ("https://anna:geheim@forms.example/v1", "geheim"),
        (f"token {JWT} refused", JWT),
        ("key " + "0f" * 32, "0f" * 32),
        ("practice " + "aB3-_" * 9, "aB3-_" * 9),
    ],
)
def test_what_opens_something_is_taken_out(text: str, secret: str) -> None:
    assert secret not in logs.scrubbed(text)


@pytest.mark.parametrize(
    "text",
    [
        "op 019329ab-51d4-7d4c-9f2b-0a1b2c3d4e5f could not be judged",
        "GET /v1/hello 200 in 3.4 ms",
        "the keyboard: French",
    ],
)
def test_what_opens_nothing_stays(text: str) -> None:
    assert logs.scrubbed(text) == text


def test_every_handler_gets_scrubbed_records_of_any_logger(tmp_path: Path) -> None:
    logs.keep(tmp_path / "logs" / "fieldapp.log")
    seen = io.StringIO()
    logging.getLogger().addHandler(logging.StreamHandler(seen))
    logging.getLogger("somebody.else").warning("sent %s", {"Authorization": "Bearer geheim"})
    logging.getLogger("somebody.else").warning("wrong %d", "words")
    assert "geheim" not in seen.getvalue()
    assert "geheim" not in (tmp_path / "logs" / "fieldapp.log").read_text()
    assert "sent" in (tmp_path / "logs" / "fieldapp.log").read_text()


def fail() -> None:
    """An error with a name, over one with a number."""
    try:
        int("SIN 046 454 286")
    except ValueError as inner:
        raise RuntimeError("of Anna Kowalczyk") from inner


def test_what_an_error_says_is_left_out_and_where_it_was_is_not(tmp_path: Path) -> None:
    logs.keep(tmp_path / "fieldapp.log")
    try:
        fail()
    except RuntimeError:
        logging.getLogger("fieldapp").exception("it failed")
    said = (tmp_path / "fieldapp.log").read_text()
    assert "046 454 286" not in said
    assert "Kowalczyk" not in said
    assert "builtins.ValueError" in said
    assert "test_logs.py" in said


def test_what_nobody_caught_is_logged_the_same_way(tmp_path: Path) -> None:
    logs.keep(tmp_path / "fieldapp.log")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    try:
        fail()
    except RuntimeError as fault:
        sys.excepthook(RuntimeError, fault, fault.__traceback__)
    said = (tmp_path / "fieldapp.log").read_text()
    assert said.count("nobody caught this") == 2
    assert "Kowalczyk" not in said


def test_structured_lines_are_json(capsys: pytest.CaptureFixture[str]) -> None:
    logs.keep(structured=True)
    logging.getLogger("fieldapp.access").info("request", extra={logs.FIELDS: {"status": 200}})
    line = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert (line["message"], line["status"], line["level"]) == ("request", 200, "INFO")


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "logs").write_text("a file")
    logs.keep(tmp_path / "logs" / "fieldapp.log")
    logging.getLogger("fieldapp").warning("on the error stream then")
    assert "on the error stream then" in capsys.readouterr().err
