"""TLS in front of the gateway, and what a laptop does without it."""

from __future__ import annotations

import datetime
import json
from ipaddress import ip_address
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from fieldapp import logs
from fieldapp.errors import OfflineError, RefusedError
from fieldapp.services import Catalogue
from sync.adapters.gateway import GatewayClient
from sync.gateway.server import Front, GatewayServer, listening
from tests.support.gateway import CLERK, make_service
from tests.support.logbook import as_before


def certificate(folder: Path) -> Front:
    """A certificate that this very machine signed for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, SHA256())
    )
    paths = Front(folder / "certificate.pem", folder / "key.pem")
    assert paths.certificate
    assert paths.key
    paths.certificate.write_bytes(made.public_bytes(Encoding.PEM))
    paths.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return paths


def test_a_certificate_that_cannot_be_used_says_which_file_and_why(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    good, other = certificate(tmp_path), certificate(tmp_path / "other")
    with pytest.raises(RefusedError, match=r"key\.pem cannot be used: the key belongs to another certificate"):
        Front(good.certificate, other.key).check()
    with pytest.raises(RefusedError, match=r"missing\.pem cannot be read: No such file"):
        Front(good.certificate, tmp_path / "missing.pem").check()
    with pytest.raises(RefusedError, match="both must be PEM"):
        Front(good.certificate).check()


def test_a_port_that_cannot_be_taken_says_what_to_do() -> None:
    with listening("127.0.0.1", 0) as taken, pytest.raises(OfflineError, match="taken by another program"):
        listening("127.0.0.1", taken.getsockname()[1])
    with pytest.raises(OfflineError, match="99999 is no port"):
        listening("127.0.0.1", 99999)


def test_over_tls_it_says_to_stay_there(tmp_path: Path, catalogue: Catalogue) -> None:
    service = make_service(tmp_path / "gateway", catalogue)
    front = certificate(tmp_path)
    front.check()
    headers = {"Authorization": f"Bearer {service.give_token(CLERK.id)}", "Connection": "close"}
    with GatewayServer(service, front=front) as server:
        found = requests.get(f"{server.url}/v1/hello", headers=headers, verify=str(front.certificate), timeout=10)
    service.close()
    assert server.url.startswith("https://")
    assert found.json()["person"]["id"] == CLERK.id
    assert found.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_certificate_that_is_none_is_told_before_anybody_is_answered(tmp_path: Path) -> None:
    path = tmp_path / "certificate.pem"
    with pytest.raises(RefusedError):
        Front(path).check()
    path.write_text("-----BEGIN NONSENSE-----")
    with pytest.raises(RefusedError):
        Front(path).check()


@pytest.mark.parametrize(
    "url",
    [
        "http://gateway.example.ca",
        "http://10.0.0.5:8443",
        "ftp://127.0.0.1",
        "gateway.example.ca",
        "http://127.0.0.1.evil",
    ],
)
def test_a_laptop_sends_no_token_where_others_could_read_it(url: str) -> None:
    with pytest.raises(RefusedError):
        GatewayClient(url, "token")


@pytest.mark.parametrize(
    "url", ["https://gateway.example.ca", "http://127.0.0.1:8443", "http://localhost", "http://[::1]:9"]
)
def test_over_tls_and_to_this_very_machine_it_does(url: str) -> None:
    GatewayClient(url, "token").close()


def test_the_refusal_does_not_repeat_what_the_address_gave_away() -> None:
    with pytest.raises(RefusedError) as caught:
        GatewayClient("http://anna:geheim@gateway.example.ca/?token=geheim", "geheim")
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize(("proxy", "believed"), [("10.0.0.9", "127.0.0.1"), ("127.0.0.1", "198.51.100.7")])
def test_who_calls_is_what_the_proxy_says_and_nobody_else(
    tmp_path: Path, catalogue: Catalogue, proxy: str, believed: str
) -> None:
    service = make_service(tmp_path / "gateway", catalogue)
    with as_before():
        logs.keep(tmp_path / "log", structured=True)
        with GatewayServer(service, front=Front(proxy=proxy)) as server:
            requests.get(f"{server.url}/v1/hello", headers={"X-Forwarded-For": "198.51.100.7"}, timeout=10)
    service.close()
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert [one["address"] for one in lines if one["message"] == "request"] == [believed]
