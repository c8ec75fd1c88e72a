"""Answers of Open311 servers as the world writes them."""

from __future__ import annotations

import pytest

from fieldapp.errors import ProtocolError
from sync.adapters import georeport
from sync.adapters.georeport import Fault, Given


@pytest.mark.parametrize(
    ("body", "given"),
    [
        (b'[{"service_request_id": "001"}]', Given("001")),
        (b'[{"service_request_id": 0, "token": null}]', Given("0")),
        (b'{"service_request_id": 12, "service_notice": "Soon"}', Given("12", "", "Soon")),
        (b'{"service_requests": [{"token": "t1", "service_request_id": ""}]}', Given("", "t1")),
        (b'{"service_requests": {"request": {"service_request_id": "a"}}}', Given("a")),
        (b'\xef\xbb\xbf[{"service_notice": "busy"}]', Given("", "", "busy")),
        (b"<service_requests><request><service_request_id>007</service_request_id></request></service_requests>",
         Given("007")),
        ((b'<?xml version="1.0"?>\n<service_requests><request><token>t</token><service_request_id/></request>'
         b"</service_requests>"), Given("", "t")),
        (b"<service_requests></service_requests>", Given()),
        (b"[]", Given()),
        (rb'[{"service_request_id": "1\u00002\ud800", "service_notice": "\u0000"}]', Given("12?")),
    ],
)  # fmt: skip
def test_what_a_request_was_given(body: bytes, given: Given) -> None:
    assert georeport.given(body) == given


def test_lists_of_none_one_and_several_are_lists() -> None:
    one = "<request><service_request_id>1</service_request_id></request>"
    for n in range(3):
        body = f"<service_requests>{one * n}</service_requests>".encode()
        assert [item["service_request_id"] for item in georeport.items(body, "requests")] == ["1"] * n
    assert georeport.items(b'{"service_request_id": 1}', "requests") == [{"service_request_id": 1}]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b'[{"code": 403, "description": "bad key"}]', [Fault(403, "bad key")]),
        (b'{"errors": [{"code": "400", "description": "no place"}]}', [Fault(400, "no place")]),
        (b"<errors><error><code>404</code><description>unknown</description></error></errors>",
         [Fault(404, "unknown")]),
        (b'[{"service_request_id": "1", "description": "Pothole"}]', []),
        (b"<!DOCTYPE html><html></html>", []),
    ],
)  # fmt: skip
def test_errors_also_where_the_status_says_nothing(body: bytes, found: list[Fault]) -> None:
    assert georeport.faults(body, failed=False) == found


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Sign in</body></html>",
        b"  <!doctype HTML><p>",
        b"<service_requests><request>",
        b'"service"',
        b"[1, 2]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><service_requests><request>&b;</request>',
    ],
)
def test_what_is_no_answer_is_none(body: bytes) -> None:
    with pytest.raises(ProtocolError):
        georeport.items(body, "requests")


def test_no_entity_is_looked_up() -> None:
    body = (
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><service_requests><request>'
        b"<service_request_id>&b;</service_request_id></request></service_requests>"
    )
    assert georeport.given(body) == Given()


@pytest.mark.parametrize(
    "body",
    [
        b'{"service_code": "1", "attributes": [{"code": "A"}, {"code": "B"}]}',
        b'[{"service_code": "1", "attributes": {"attribute": [{"code": "A"}, {"code": "B"}]}}]',
        (
            b"<service_definition><service_code>1</service_code><attributes><attribute><code>A</code></attribute>"
            b"<attribute><code>B</code></attribute></attributes></service_definition>"
        ),
    ],
)
def test_what_a_service_asks(body: bytes) -> None:
    assert [georeport.text(one["code"]) for one in georeport.definition(body)] == ["A", "B"]
