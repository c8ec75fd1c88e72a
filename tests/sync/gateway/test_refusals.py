"""What the gateway refuses over the wire, whoever asks: forged roles and tokens, others' records, others' ops, and
names that would lead out of a folder."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from fieldapp.access import SUPERVISOR
from fieldapp.clock import new_id
from fieldapp.records import STATE, TITLE, WARD
from fieldapp.services import Catalogue
from sync.gateway.server import GatewayServer
from sync.wire import PullRequest, PushRequest
from tests.support.gateway import APPROVED, CHIEF, CLERK, INSPECTOR_8, SUBMITTED, City, Laptop, make_service, some_bytes
from tests.support.oidc import Oidc, provider
from tests.sync.gateway.test_tokens import REFUSED, gate


def judged(laptop: Laptop, record: str, edits: dict[str, str], *, more: dict[str, Any], **parts: Any) -> str:
    """What the gateway says to a Change with keys beside it."""
    change = laptop.change(record, edits, **parts)
    result = laptop.api.push(PushRequest(laptop.device, ({**change.payload(), **more},))).results[0]
    return f"{result.status} {result.code}"


# A role that somebody gives themselves


@pytest.mark.parametrize(
    "more",
    [
        {"roles": [SUPERVISOR]},
        {"role": SUPERVISOR},
        {"person": {"id": CLERK.id, "roles": [SUPERVISOR]}},
        {"claims": {"roles": [SUPERVISOR], "wards": ["*"]}},
    ],
)
def test_i16_a_role_written_into_an_op_gives_none(far: City, more: dict[str, Any]) -> None:
    clerk, chief = far.laptop(CLERK), far.laptop(CHIEF)
    record = chief.new(submit=True)
    far.sync()
    assert judged(clerk, record, {STATE: APPROVED}, more=more, transition="approve") == "rejected role"


@pytest.mark.parametrize("place", ["body", "query", "header"])
def test_i16_a_role_written_beside_the_ops_gives_none(far: City, place: str) -> None:
    clerk, chief = far.laptop(CLERK), far.laptop(CHIEF)
    record = chief.new(submit=True)
    far.sync()
    op = clerk.change(record, {STATE: APPROVED}, transition="approve").payload()
    body: dict[str, Any] = {"device": "x", "ops": [op]}
    headers = {"Authorization": f"Bearer {far.service.give_token(CLERK.id)}"}
    claimed = {"roles": [SUPERVISOR], "person": CHIEF.id}
    body |= claimed if place == "body" else {}
    headers |= {"X-Roles": SUPERVISOR, "X-Forwarded-User": CHIEF.id} if place == "header" else {}
    assert far.server is not None
    url = f"{far.server.url}/v1/push" + (f"?roles={SUPERVISOR}&person={CHIEF.id}" if place == "query" else "")
    result = requests.post(url, json=body, headers=headers, timeout=10).json()["results"][0]
    assert (result["status"], result["code"]) == ("rejected", "role")


def test_an_author_approving_their_own_is_refused_also_from_another_laptop(far: City) -> None:
    first, second = far.laptop(CHIEF), far.laptop(CHIEF)
    record = first.new(submit=True)
    far.sync()
    assert judged(second, record, {STATE: APPROVED}, more={}, transition="approve") == "rejected role"
    assert far.count("record", f"fields LIKE '%{APPROVED}%'") == 0


# Tokens


@pytest.fixture
def oidc() -> Iterator[Oidc]:
    with provider() as made:
        yield made


def test_every_kind_of_foreign_token_is_refused_at_every_door(oidc: Oidc, tmp_path: Path, catalogue: Catalogue) -> None:
    """Expired, unsigned, of another issuer or audience, HS256 with the public key, with another role written in…"""
    service = make_service(tmp_path, catalogue, tokens=gate(oidc))
    doors = [("GET", "/v1/hello"), ("POST", "/v1/push"), ("POST", "/v1/pull"), ("GET", f"/v1/blob/{'0' * 64}")]
    with GatewayServer(service) as server:
        for name, make in REFUSED.items():
            token = make(oidc)
            for method, path in doors:
                headers = {"Authorization": f"Bearer {token}"}
                answer = requests.request(method, server.url + path, headers=headers, data=b"{}", timeout=10)
                assert answer.status_code == 401, f"{name} at {path}"
                assert answer.headers["WWW-Authenticate"] == "Bearer"
                assert token not in answer.text
        assert not service.database.read("SELECT id FROM op")
    service.close()


@pytest.mark.parametrize("said", ["", "Bearer", "Bearer ", "Basic ai5vc2VpOnB3", "bearer x", "Bearer a b", "Bearer ☃"])
def test_what_is_no_token_is_refused(far: City, said: str) -> None:
    assert far.server is not None
    headers = {"Authorization": said.encode()} if said else {}
    assert requests.get(f"{far.server.url}/v1/hello", headers=headers, timeout=10).status_code == 401


# Another ward's record


@pytest.fixture
def elsewhere(far: City) -> tuple[Laptop, str, str]:
    """The laptop of somebody of ward 08, and a record of ward 09 with its photo."""
    clerk = far.laptop(CLERK)
    photo = clerk.photo(some_bytes(2000))
    record = clerk.new({"photo": f"{photo.sha256}.jpg"}, ward="09", attachments=(photo,))
    clerk.sync()
    return far.laptop(INSPECTOR_8), record, photo.sha256


def test_i16_another_wards_record_is_never_on_the_wire(far: City, elsewhere: tuple[Laptop, str, str]) -> None:
    laptop, record, _ = elsewhere
    asked = dict.fromkeys(("ward:09", "ward:*", "ward:none", "ward:", "assigned:j.osei", "desk:counter"), 0)
    said = laptop.api.pull(PullRequest(asked, knows=("assigned", "desk", "forms", "ref", "resync", "start")))
    assert record not in {row.id for page in said.pages for row in page.rows}
    assert "ward:09" not in {page.bucket for page in said.pages}


def test_i16_another_wards_history_is_empty(elsewhere: tuple[Laptop, str, str]) -> None:
    laptop, record, _ = elsewhere
    assert laptop.api.history(record).entries == ()


def test_i16_another_wards_photo_is_not_given_and_not_told_apart_from_none(elsewhere: tuple[Laptop, str, str]) -> None:
    laptop, _, photo = elsewhere
    assert laptop.api.get_blob(photo, 0) == laptop.api.get_blob("0" * 64, 0) == b""


def test_i16_another_wards_record_takes_no_change(elsewhere: tuple[Laptop, str, str]) -> None:
    laptop, record, _ = elsewhere
    assert judged(laptop, record, {TITLE: "Mine"}, more={}) == "rejected out_of_scope"
    assert judged(laptop, record, {WARD: "08"}, more={}) == "rejected out_of_scope"
    assert judged(laptop, new_id(), {STATE: SUBMITTED, WARD: "09"}, more={}, creates=True).startswith("rejected")


def test_i18_an_op_under_another_name_is_refused_however_it_says_so(far: City) -> None:
    clerk = far.laptop(CLERK)
    for parts in ({"principal": CHIEF.id}, {"actor": CHIEF.id}, {"principal": CHIEF.id, "actor": CHIEF.id}):
        assert judged(clerk, new_id(), {TITLE: "x"}, more={}, creates=True, **parts) == "rejected principal"
    assert far.count("op") == 0


# Names that lead out of a folder


def raw(far: City, method: str, target: str) -> tuple[int, bytes]:
    """A request whose target is sent as it is: clients would tidy it."""
    assert far.server is not None
    token = far.service.give_token(CLERK.id)
    head = f"{method} {target} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n"
    head += "Content-Length: 0\r\nUpload-Offset: 0\r\nUpload-Length: 1\r\n\r\n"
    with socket.create_connection((far.server.host, far.server.port), timeout=20) as connection:
        connection.sendall(head.encode())
        said = b""
        while part := connection.recv(65_536):
            said += part
    return int(said.split()[1]), said


ESCAPES = (
    "..",
    "%2e%2e",
    "..%2f..%2fgateway.db",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%5c..%5cx",
    "a%00b",
    "%ff",
    "/etc/passwd",
)


@pytest.mark.parametrize("escape", ESCAPES)
@pytest.mark.parametrize(
    "where",
    ["blob/{}", "forms/{}/1", "forms/bulk-pickup/{}", "records/{}/history", "keys/{}"],
)
def test_no_name_of_a_path_leads_out_of_a_folder(far: City, where: str, escape: str) -> None:
    before = {path for path in far.folder.rglob("*") if "gateway.db" not in path.name}
    for method in ("GET", "HEAD", "PATCH", "PUT"):
        status, said = raw(far, method, "/v1/" + where.format(escape))
        assert status in {200, 400, 404, 405}
        if status == 200:  # a name of only dots and letters, under which nothing is kept
            assert b"root:" not in said
            assert b"SQLite" not in said
            assert where == "keys/{}"
    assert {path for path in far.folder.rglob("*") if "gateway.db" not in path.name} == before


@pytest.mark.parametrize("name", ["../../x", "..\\x", "/etc/passwd", "ward:../../x", "a" * 5000])
def test_a_buckets_name_is_only_ever_compared(far: City, name: str) -> None:
    said = far.api(CLERK).pull(PullRequest({name: 0}))
    assert name not in {page.bucket for page in said.pages}


@pytest.mark.parametrize("service", ["../../x", "/etc", "..", "bulk-pickup/../x"])
def test_a_services_name_is_only_ever_compared(far: City, service: str) -> None:
    clerk = far.laptop(CLERK)
    assert judged(clerk, new_id(), {TITLE: "x"}, more={}, creates=True, service=service) == "rejected unknown_service"


@pytest.mark.parametrize("version", ["../../x", "..", "/etc/passwd", "1\n2"])
def test_a_forms_version_is_never_a_path(tmp_path: Path, version: str) -> None:
    service = make_service(tmp_path / "gateway", Catalogue.load())
    assert service.as_(CLERK).get_form("bulk-pickup", version, 0) == b""
    assert not service.forms.versions.has("bulk-pickup", version)
    service.close()
