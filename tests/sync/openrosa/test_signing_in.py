"""Every way of signing in that a server may ask for; and no secret where others could read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from fieldapp.errors import SignInError
from sync.openrosa.line import Line
from sync.openrosa.multipart import Multipart, Part
from sync.openrosa.server import OpenRosaServer
from sync.openrosa.sign_in import Signature, SignIn, same_host
from tests.support.openrosa import OpenRosaDouble
from tests.support.openrosa_faults import answers

ANNA = "anna:s3cret"
VISIT = b'<data id="house-visit"><meta><instanceID>uuid:1</instanceID></meta></data>'


@contextmanager
def signed_in(double: OpenRosaDouble, text: str) -> Iterator[OpenRosaServer]:
    server = OpenRosaServer(Line(double.address, SignIn.of(text)))
    try:
        yield server
    finally:
        server.close()


def hand_in(server: OpenRosaServer) -> int:
    part = Part.of("xml_submission_file", VISIT, "text/xml", "submission.xml")
    return server.submit(server.greet(), Multipart([part])).status


WAYS = [
    ("", ""),
    ("basic", ANNA),
    ("unchallenged", ANNA),
    ("digest", ANNA),
    ("bearer", "bearer s3cret"),
    ("key", "key s3cret"),
]


@pytest.mark.parametrize(("way", "text"), WAYS)
def test_lists_forms_and_hands_in(double: OpenRosaDouble, way: str, text: str) -> None:
    double.sign_in = way
    with signed_in(double, text) as server:
        assert [form.id for form in server.forms()] == ["house-visit"]
        assert server.files(server.form("house-visit"))[0].name == "streets.csv"
        assert hand_in(server) == 201


@pytest.mark.parametrize(("way", "text"), WAYS[1:])
def test_a_wrong_secret_is_told_as_that(double: OpenRosaDouble, way: str, text: str) -> None:
    double.sign_in, double.secret = way, "another"
    with signed_in(double, text) as server, pytest.raises(SignInError):
        server.forms()


def test_the_body_goes_out_once_where_the_head_was_challenged(double: OpenRosaDouble) -> None:
    double.sign_in = "digest"
    with signed_in(double, ANNA) as server:
        hand_in(server)
    assert double.count("POST") == 1


def test_a_nonce_that_the_server_renews_costs_nothing_but_a_request(double: OpenRosaDouble) -> None:
    double.sign_in = "digest"
    with signed_in(double, ANNA) as server:
        hand_in(server)
        double.nonce = "f" * 32
        assert hand_in(server) == 201


def test_a_body_is_sent_again_whole_when_only_the_post_is_challenged(double: OpenRosaDouble) -> None:
    double.sign_in = "digest"
    double.fault_on, double.faults = "HEAD", [answers(204, b"", {"X-OpenRosa-Version": "1.0"})]
    with signed_in(double, ANNA) as server:
        assert hand_in(server) == 201
    assert double.held["uuid:1"].xml == VISIT


@pytest.mark.parametrize("text", ["bearer s3cret", "key s3cret"])
def test_a_token_never_goes_in_the_clear(text: str) -> None:
    with pytest.raises(SignInError, match="https"):
        Line("http://forms.example/v1/projects/1", SignIn.of(text))


def test_a_password_never_goes_in_the_clear_as_basic() -> None:
    signature = Signature(SignIn.of(ANNA), "http://forms.example")
    with pytest.raises(SignInError, match="https"):
        signature.answer({"WWW-Authenticate": 'Basic realm="forms"'})
    assert signature.answer({"WWW-Authenticate": 'Digest realm="forms", nonce="1"'})


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://forms.example/a", True),
        ("https://forms.example:443/a", False),
        ("http://forms.example/a", False),
        ("https://other.example/a", False),
        ("https://forms.example:8443/a", False),
    ],
)
def test_what_counts_as_the_servers_own_host(url: str, same: bool) -> None:
    assert same_host(url, "https://forms.example/v1") is same


def test_a_secret_is_never_shown() -> None:
    assert "s3cret" not in repr(SignIn.of(ANNA)) + repr(SignIn.of("key s3cret"))


@pytest.mark.parametrize("text", ["anna", ":s3cret", "key", "bearer "])
def test_what_is_no_sign_in_is_refused(text: str) -> None:
    with pytest.raises(SignInError):
        SignIn.of(text)


def test_a_password_may_hold_colons_and_spaces() -> None:
    assert SignIn.of("anna: a:b c") == SignIn("password", "anna", " a:b c")


def test_a_key_belongs_to_an_address_of_central() -> None:
    assert (
        SignIn.of("key a/b").address("https://c.example/v1/projects/7") == "https://c.example/v1/key/a%2Fb/projects/7"
    )
    with pytest.raises(SignInError, match="Central"):
        SignIn.of("key a").address("https://c.example/anna")


def test_the_head_may_move_us_within_the_server_and_nowhere_else(double: OpenRosaDouble) -> None:
    double.fault_on = "HEAD"
    with signed_in(double, "") as server:
        double.faults = [answers(307, b"", {"Location": "/v1/projects/1/submission?moved=1"})]
        assert server.greet().url.endswith("?moved=1")
        double.faults = [answers(307, b"", {"Location": "http://elsewhere.test/submission"})]
        with pytest.raises(Exception, match=r"elsewhere\.test"):
            server.greet()


def test_the_server_is_asked_in_the_persons_language(double: OpenRosaDouble) -> None:
    from fieldapp import texts

    texts.use("fr")
    try:
        with signed_in(double, "") as server:
            server.greet()
    finally:
        texts.use("en")
    assert double.languages == {"fr"}
