"""Older laptops at today's gateway: what they sent is understood, what they get they can read (I21)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.support.gateway import City

RECORDED = Path(__file__).parent / "versions"
VERSIONS = ["before_1", "before_2", "before_3"]
CONTENT = ("/fields", "/edits", "/was", "/names", "/authors")  # maps whose keys are data
Exchange = Mapping[str, Any]


def recorded(version: str) -> list[Exchange]:
    """What a laptop of that version sent, and what it was answered then."""
    exchanges: list[Exchange] = json.loads((RECORDED / f"{version}.json").read_text("utf-8"))
    return exchanges


class Replay:
    """Says again what was recorded, at today's gateway."""

    def __init__(self, city: City) -> None:
        assert city.server is not None
        self._url = city.server.url
        self._epoch = city.service.database.epoch
        self._tokens = {id_: city.service.give_token(id_) for id_ in ("j.osei", "r.kaur")}

    def say(self, one: Exchange) -> requests.Response:
        """One request, word for word; only the epoch is this gateway's."""
        body = one.get("request")
        if body and body.get("epoch"):
            body = {**body, "epoch": self._epoch}
        headers = {**one["headers"], "Authorization": f"Bearer {self._tokens[one['person']]}", "FieldApp-Protocol": "1"}
        data = json.dumps(body).encode() if body else None
        return requests.request(one["method"], self._url + one["path"], data=data, headers=headers, timeout=30)


def lacks(then: object, now: object, at: str = "") -> list[str]:
    """Where today's answer is not what the laptop of then can read: keys that are missing, values of another type."""
    if isinstance(then, dict) and isinstance(now, dict):
        if at.endswith(CONTENT):
            return []
        missing = [f"{at}/{name} is missing" for name in then.keys() - now.keys()]
        return missing + [
            said for name in then.keys() & now.keys() for said in lacks(then[name], now[name], at + "/" + name)
        ]
    if isinstance(then, list) and isinstance(now, list):
        return lacks(then[0], now[0], at + "/0") if then and now else []
    return [] if type(then) is type(now) or None in (then, now) else [f"{at} is {now!r}"]


@pytest.mark.parametrize("version", VERSIONS)
def test_i21_an_older_laptop_is_understood_and_understands(far: City, version: str) -> None:
    replay = Replay(far)
    for one in recorded(version):
        answer = replay.say(one)
        assert answer.status_code == one["status"], answer.text
        assert lacks(one["reply"], answer.json()) == []
        if one["path"] == "/v1/push":
            judged = [(said["status"], said["rev"], said["code"]) for said in answer.json()["results"]]
            assert judged == [(said["status"], said["rev"], said["code"]) for said in one["reply"]["results"]]
        if one["path"] == "/v1/pull":
            assert [page["bucket"] for page in answer.json()["pages"]] == [
                page["bucket"] for page in one["reply"]["pages"]
            ]


@pytest.mark.parametrize("version", VERSIONS)
def test_i21_an_older_laptop_gets_the_same_rows_with_the_same_sums(far: City, version: str) -> None:
    far.service.prepare()
    replay = Replay(far)
    pulls = [(one, replay.say(one).json()) for one in recorded(version)]
    first = next((one, said) for one, said in pulls if one["path"] == "/v1/pull" and not one["request"]["buckets"])
    then, now = (reply["pages"][0] for reply in (first[0]["reply"], first[1]))
    volatile = {"seq", "at"}
    assert [{k: row[k] for k in row.keys() - volatile} for row in then["rows"]] == [
        {k: row[k] for k in then["rows"][0].keys() - volatile} for row in now["rows"]
    ]
    assert (now["count"], now["checksum"], now["more"]) == (then["count"], then["checksum"], then["more"])


@pytest.mark.parametrize("version", VERSIONS)
def test_i21_everything_of_an_older_laptop_again_changes_nothing(far: City, version: str) -> None:
    replay = Replay(far)
    pushes = [one for one in recorded(version) if one["path"] == "/v1/push"]
    first = [replay.say(one).json()["results"] for one in pushes]
    before = far.service.summary(), far.count("op")
    assert [replay.say(one).json()["results"] for one in pushes] == first
    assert (far.service.summary(), far.count("op")) == before


@pytest.mark.parametrize(("said", "status"), [("1", 200), (None, 200), ("1.7", 200), ("2", 426), ("0", 426), ("", 426)])
def test_i21_only_another_major_version_is_sent_away(far: City, said: str | None, status: int) -> None:
    assert far.server is not None
    headers = {"Authorization": f"Bearer {far.service.give_token('j.osei')}"}
    headers |= {} if said is None else {"FieldApp-Protocol": said}
    assert requests.get(f"{far.server.url}/v1/hello", headers=headers, timeout=30).status_code == status
