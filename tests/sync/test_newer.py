"""A newer gateway at today's laptop: what is not known here is kept as it came, counts, and is read later (I21)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from fieldapp.errors import ProtocolError
from fieldapp.records import TITLE
from fieldapp.store import handouts
from fieldapp.store.handouts import fingerprint_of_raw
from sync import newer
from sync.adapters.gateway import GatewayClient
from sync.adapters.http import Answer
from sync.newer import pull_reply, row_of
from sync.wire import PullReply, encoded
from tests.support.gateway import CHIEF, CLERK, City, Laptop

MOD = 1 << 64
Rows = dict[str, list[dict[str, Any]]]
NOTICE = {
    "id": "notice-7",
    "rev": 3,
    "kind": "notice",
    "service": "",
    "form_version": "",
    "fields": {"title": {"en": "Snow", "fr": "Neige"}, "wards": ["08", "09"], "urgent": True},
    "colour": "red",
}


@dataclass
class Tomorrow:
    """The line of a client to a gateway of the next minor version, which says more than is known here."""

    http: Any
    rows: Rows = field(default_factory=dict)  # by bucket, beside the real ones
    status: str = ""  # that it answers to every op
    altered: Callable[[dict[str, Any]], dict[str, Any]] = lambda row: row  # what becomes of each real row
    told: set[str] = field(default_factory=set)

    def send(self, method: str, path: str, body: bytes = b"", **parts: Any) -> Answer:
        """The real answer, with more in it."""
        answer: Answer = self.http.send(method, path, body, **parts)
        if path == "/v1/pull":
            return self._with(answer, self._pull(json.loads(answer.body), json.loads(body)))
        if path == "/v1/push":
            return self._with(answer, self._push(json.loads(answer.body)))
        if path.startswith("/v1/hello"):
            return self._with(answer, json.loads(answer.body) | {"weather": {"today": ["snow"]}})
        return answer

    def introduce(self, device: str) -> None:
        """Say the laptop's name to the real one."""
        self.http.introduce(device)

    def close(self) -> None:
        """Close the real one."""
        self.http.close()

    def _with(self, answer: Answer, said: dict[str, Any]) -> Answer:
        return Answer(answer.status, answer.headers, json.dumps(said).encode())

    def _push(self, said: dict[str, Any]) -> dict[str, Any]:
        for one in said["results"] if self.status else ():
            one |= {"status": self.status, "until": "2027-01-01"}
        return said | {"queue": 3}

    def _pull(self, said: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
        for page in said["pages"]:
            page["tint"] = 1
            if page["bucket"].startswith("ward:"):
                self._alter(page)
        for bucket, rows in self.rows.items():
            done = asked["buckets"].get(bucket, 0) > 0
            sums = sum(map(fingerprint_of_raw, rows)) % MOD
            page = {"bucket": bucket, "rows": [] if done else rows, "next": 1, "more": False}
            said["pages"].append(page | {"count": len(rows), "checksum": f"{sums:016x}"})
        said["revoked"] = [name for name in said["revoked"] if name not in self.rows]
        return said | {"moon": "full"}

    def _alter(self, page: dict[str, Any]) -> None:
        known = sum(map(fingerprint_of_raw, page["rows"]))
        page["rows"] = [self.altered(row) for row in page["rows"]]
        total = int(page["checksum"], 16) - known + sum(map(fingerprint_of_raw, page["rows"]))
        page["checksum"] = f"{total % MOD:016x}"


def at(city: City, laptop: Laptop, **parts: Any) -> Tomorrow:
    """Let the laptop's line lead to a gateway of tomorrow."""
    client = laptop.api
    assert isinstance(client, GatewayClient)
    line = Tomorrow(client._http.http if isinstance(client._http, Tomorrow) else client._http, **parts)
    client._http = line  # type: ignore[assignment]  # what stands between client and gateway
    restarted(city, laptop)
    return line


def restarted(city: City, laptop: Laptop) -> None:
    """The program begins anew."""
    laptop.engine = type(laptop.engine)(laptop.store, laptop.api, laptop.person, laptop.clock)


def test_i21_rows_of_an_unknown_kind_and_bucket_are_kept_and_counted(far: City) -> None:
    laptop = far.laptop(CLERK)
    laptop.new()
    at(far, laptop, rows={"notices": [NOTICE | {"seq": 1}]})
    proof = laptop.sync()
    assert proof.equal
    assert proof.here["notices"][0] == 1
    (kept,) = laptop.store.handouts.unread()
    assert kept.row == NOTICE | {"seq": 1}
    assert laptop.sync().received == 0
    assert laptop.store.check() == []


def test_i21_a_newer_fieldapp_reads_what_an_older_one_kept(far: City, monkeypatch: pytest.MonkeyPatch) -> None:
    laptop = far.laptop(CLERK)
    at(far, laptop, rows={"notices": [NOTICE | {"fields": {"title": "Snow"}, "seq": 1}]})
    laptop.sync()
    assert [one.id for one in laptop.store.handouts.unread()] == ["notice-7"]
    for module in (newer, handouts):
        monkeypatch.setattr(module, "KINDS", frozenset({"notice"}))
    restarted(far, laptop)
    assert laptop.sync().equal
    assert laptop.store.handouts.unread() == []
    (read,) = laptop.store.handouts.of("notice")
    assert (read.fields, read.row["colour"]) == ({"title": "Snow"}, "red")


def test_i21_a_records_row_that_cannot_be_read_stops_nothing_and_comes_in_when_it_can(far: City) -> None:
    clerk, chief = far.laptop(CLERK), far.laptop(CHIEF)
    first, second = clerk.new({"items/a": "1"}), clerk.new({"items/a": "2"})
    clerk.sync()

    def listed(row: dict[str, Any]) -> dict[str, Any]:
        return row | {"fields": row["fields"] | {"items": ["a list"]}} if row["id"] == first else row

    line = at(far, chief, altered=listed)
    assert chief.sync().equal
    assert chief.store.record(first) is None
    assert chief.answer(second, "items/a") == "2"
    (kept,) = chief.store.handouts.unread()
    assert kept.row["fields"]["items"] == ["a list"]
    line.altered = lambda row: row
    clerk.edit(first, {"items/a": "3"})
    clerk.sync()
    assert chief.sync().equal
    assert chief.record(first) == clerk.record(first)
    assert chief.store.handouts.unread() == []
    assert chief.store.check() == []


def test_i21_a_record_that_becomes_unreadable_stays_as_it_was_read_last(far: City) -> None:
    clerk, chief = far.laptop(CLERK), far.laptop(CHIEF)
    record = clerk.new({"items/a": "1"})
    far.sync()
    line = at(far, chief, altered=lambda row: row | {"fields": row["fields"] | {"items": ["a list"]}})
    clerk.edit(record, {"items/a": "2"})
    clerk.sync()
    assert chief.sync().equal
    assert chief.answer(record, "items/a") == "1"
    assert chief.store.check() == []
    chief.store.exchange.leave_bucket("ward:08")
    assert chief.store.record(record) is None
    line.altered = lambda row: row
    assert chief.sync().equal
    assert chief.answer(record, "items/a") == "2"


def test_i21_an_unknown_answer_leaves_the_op_waiting_under_its_id(far: City) -> None:
    laptop = far.laptop(CLERK)
    record = laptop.new({"items/a": "1"})
    change = laptop.store.history(record)[0].change
    line = at(far, laptop, status="deferred")
    laptop.sync()
    assert laptop.store.counts().waiting == 1
    (entry,) = laptop.store.history(record)
    assert (entry.state, entry.code) == ("sealed", "deferred")
    line.status = ""
    laptop.sync()
    assert laptop.state_of(change) == "applied"
    assert far.count("op") == 1


def test_i21_what_a_newer_laptop_wrote_comes_back_unchanged_from_an_older_one(far: City) -> None:
    newest, older = far.laptop(CLERK), far.laptop(CLERK)
    record = newest.new({"@mood": "calm", "next/year[7]/answer": "kept"})
    far.sync()
    older.edit(record, {TITLE: "Sofa"})
    far.sync()
    assert newest.answer(record, "@mood") == "calm"
    assert newest.answer(record, "next/year[7]/answer") == "kept"
    assert newest.record(record) == older.record(record)


@pytest.mark.parametrize("raw", [7, {"id": "x"}, {"id": 4, "rev": 1}, {"rev": 1, "id": None}, [["id", "x"]]])
def test_what_does_not_say_which_row_it_is_is_no_row(raw: Any) -> None:
    with pytest.raises(ProtocolError):
        row_of(raw)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b'{"pages": 7}', b'{"pages": [{"rows": 3}]}', b'{"pages": [{"rows": [7]}]}']
)
def test_what_is_no_reply_is_none(data: bytes) -> None:
    with pytest.raises(ProtocolError):
        pull_reply(data)


def test_a_reply_cannot_smuggle_in_how_it_is_kept(far: City) -> None:
    laptop = far.laptop(CLERK)
    at(far, laptop, rows={"notices": [{"id": "a", "rev": 1, "seq": 1, "raw": "no JSON", "read": True, "kind": "form"}]})
    laptop.sync()
    (kept,) = laptop.store.handouts.of("form")
    assert kept.row["raw"] == "no JSON"


def test_an_ordinary_reply_is_read_as_it_was_written() -> None:
    reply = PullReply((), "e", ("ward:01",), ("ward:02",))
    assert pull_reply(encoded(reply)) == reply
