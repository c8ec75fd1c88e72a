"""The line to a server of forms: addresses that can be none are no answer, and no crash."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler

import pytest

from fieldapp.errors import ProtocolError
from sync.openrosa.line import Line
from tests.support.serving import Quiet, served

ODD = "http://["
FAR = "http://127.0.0.1:99999"  # there is no such port


class Moving(Quiet, BaseHTTPRequestHandler):
    """A server that sends everybody to what is no address."""

    def do_HEAD(self) -> None:
        self.send_response(302)
        self.send_header("Location", FAR if self.path.endswith("far") else ODD)
        self.send_header("Content-Length", "0")
        self.end_headers()


def test_a_file_at_what_is_no_address_is_no_answer() -> None:
    with pytest.raises(ProtocolError):
        Line("https://forms.example/v1").get(ODD, most=1000)


@pytest.mark.parametrize("to", ["odd", "far"])
def test_a_server_that_sends_us_to_what_is_no_address_is_not_followed(to: str) -> None:
    with served(Moving) as url, pytest.raises(ProtocolError):
        Line(url).head(f"{url}/{to}")
