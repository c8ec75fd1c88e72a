"""A laptop that the City withdrew: told, its work taken first where the policy says so, and erased for good."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from fieldapp.clock import FixedClock
from fieldapp.errors import ErasedError, LockedStoreError, OfflineError, ProtocolError, RevokedError
from fieldapp.store import Store, erasing, keys
from fieldapp.store.pieces import keep_secret
from sync.adapters.gateway import GatewayClient
from sync.api import RemoteApi
from sync.engine import Engine
from sync.gateway.revocations import Revocations
from sync.revoking import KEY as CITY_KEY
from sync.status import SyncState
from sync.switch import Switch
from sync.wire import Hello, PullRequest, SignedOrder
from sync.worker import Worker
from tests.support.gateway import CLERK, INSPECTOR_8, City, Laptop, some_bytes
from tests.support.vault import Vault
from ui.__main__ import main


def made(city: City) -> Laptop:
    """A laptop that has greeted the City, with a store under a key of its own, kept beside it as in practice."""
    laptop = city.laptop(CLERK)
    folder = laptop.store.folder
    laptop.store.close()
    shutil.rmtree(folder)
    key = keys.practice_key(folder)
    laptop.store = Store.open(folder, key, clock=laptop.clock, device=laptop.device)
    laptop.engine = Engine(laptop.store, laptop.api, laptop.person, laptop.clock)
    laptop.sync()
    return laptop


def over(laptop: Laptop, api: RemoteApi) -> None:
    """Let it talk over another line from now on."""
    laptop.engine = Engine(laptop.store, api, laptop.person, laptop.clock)


def revoke(city: City, device: str = "", person: str = "", *, erase: bool = True, take_work: bool = False) -> None:
    city.service.revocations.revoke(device, person, city.service.now(), erase=erase, take_work=take_work)


def left(laptop: Laptop) -> list[str]:
    return sorted(path.name for path in laptop.store.folder.iterdir())


def test_a_withdrawn_laptop_erases_its_store_at_the_next_contact(city: City) -> None:
    laptop = made(city)
    laptop.new()
    laptop.photo(some_bytes(100_000))
    laptop.store.snapshots.daily()
    revoke(city, laptop.device)
    with pytest.raises(ErasedError, match="1 change was not with the City yet"):
        laptop.sync()
    assert keys.PRACTICE not in left(laptop)
    laptop.store.close()
    erasing.finish(laptop.store.folder, None)
    [receipt] = left(laptop)
    assert json.loads((laptop.store.folder / receipt).read_text())["unsent"] == 1
    assert city.service.revocations.all_of_them()[0][-1]


def test_work_is_taken_first_where_the_policy_says_so(city: City) -> None:
    laptop = made(city)
    photo = laptop.photo(some_bytes(50_000))
    record = laptop.new({"photo": f"{photo.sha256}.jpg"}, attachments=(photo,))
    laptop.store.commit(laptop.change(record, {"note": "still open"}), seal=False)
    revoke(city, laptop.device, take_work=True)
    with pytest.raises(ErasedError, match="All your work is with the City"):
        laptop.sync()
    [(fields,)] = city.service.database.read("SELECT fields FROM record WHERE id = ?", (record,))
    assert json.loads(fields)["note"] == "still open"
    assert city.service.files.status(photo.sha256).complete


def test_a_line_that_breaks_while_work_is_taken_keeps_the_store(near: City) -> None:
    laptop, switch = made(near), Switch()
    laptop.new()
    revoke(near, laptop.device, take_work=True)
    over(laptop, switch.over(_Breaks(laptop.api, switch)))
    with pytest.raises(OfflineError):
        laptop.sync()
    assert keys.PRACTICE in left(laptop)
    assert laptop.store.counts().waiting == 1
    over(laptop, laptop.api)
    with pytest.raises(ErasedError, match="All your work"):
        laptop.sync()


def test_no_other_request_of_a_withdrawn_laptop_is_answered(far: City) -> None:
    laptop = made(far)
    revoke(far, laptop.device)
    with pytest.raises(RevokedError):
        laptop.api.pull(PullRequest({}))


def test_a_withdrawn_person_keeps_the_store_and_may_be_let_in_again(city: City) -> None:
    laptop = made(city)
    laptop.new()
    revoke(city, person=CLERK.id, erase=False)
    with pytest.raises(RevokedError, match="your access") as told:
        laptop.sync()
    assert not isinstance(told.value, ErasedError)
    assert laptop.store.counts().waiting == 1
    assert city.service.revocations.lift("", CLERK.id, city.service.now())
    assert laptop.sync().results["applied"] == 1


def test_others_go_on(near: City) -> None:
    other = near.laptop(INSPECTOR_8)
    revoke(near, "LT99")
    revoke(near, person=CLERK.id, erase=False)
    assert other.sync().equal


@pytest.mark.parametrize("lie", ["another key", "another nonce", "another laptop", "no order", "no key known"])
def test_a_lying_server_erases_nothing(far: City, lie: str) -> None:
    laptop = made(far)
    revoke(far, laptop.device)
    revoke(far, "LT77")
    if lie == "another key":
        with far.service.database.write() as tx:
            tx.execute("DELETE FROM meta WHERE name = 'signing.key'")
        far.service.revocations = Revocations(far.service.database)
    elif lie == "no key known":
        laptop.store.keep_setting(CITY_KEY, "")
    else:
        over(laptop, _Lying(laptop.api, lie))
    with pytest.raises((RevokedError, ProtocolError)) as told:
        laptop.sync()
    assert not isinstance(told.value, ErasedError)
    assert keys.PRACTICE in left(laptop)
    laptop.new()


def test_an_order_that_was_heard_before_is_no_order(far: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a captive portal recorded once says another request's nonce."""
    laptop = made(far)
    revoke(far, laptop.device)
    assert isinstance(laptop.api, GatewayClient)
    first = laptop.api._http.send("GET", "/v1/hello?nonce=0123456789abcdef", expect=(403,))
    monkeypatch.setattr(laptop.api._http, "send", lambda *_args, **_more: _raise(first.body))
    with pytest.raises(ProtocolError):
        laptop.sync()
    assert keys.PRACTICE in left(laptop)


def test_a_killed_laptop_finishes_at_the_next_start(tmp_path: Path) -> None:
    folder, vault = tmp_path / "store", Vault()
    key = keys.create(folder, "j.osei", vault=vault)
    Store.open(folder, key, clock=FixedClock(), device="LT01").close()
    erasing.begin(folder, erasing.Erasure("2026-11-23", "LT01", "j.osei", 0), vault)
    with pytest.raises(LockedStoreError):
        keys.unlock(folder, vault=vault)
    assert vault.secrets == {}
    finished = erasing.finish(folder, vault)
    assert finished is not None
    assert finished.person == "j.osei"
    assert [path.name.startswith("erased-") for path in folder.iterdir()] == [True]
    assert erasing.finish(folder, vault) is None


def test_killed_between_the_note_and_the_keyring_the_key_goes_at_the_next_start(tmp_path: Path) -> None:
    folder, vault = tmp_path / "store", Vault()
    keys.create(folder, "j.osei", vault=vault)
    keep_secret(folder, "sign_in", "a token", vault=vault)
    noted = {"ordered_at": "", "device": "", "person": "", "unsent": 0, "key": erasing.name_of(folder)}
    (folder / erasing.FILE).write_text(json.dumps(noted))
    erasing.finish(folder, vault)
    assert vault.secrets == {}


def test_no_file_of_the_store_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    store = Store.open(folder, keys.practice_key(folder), clock=FixedClock(), device="LT01")
    store.blobs.put(b"photo" * 1000, "image/jpeg")
    store.snapshots.daily()
    store.close()
    erasing.begin(folder, erasing.Erasure("", "LT01", "j.osei", 0), None)
    before = [path for path in folder.rglob("*") if path.is_file()]
    erasing.finish(folder, None)
    assert len(before) > 3
    assert not [path for path in before if path.exists()]


def test_the_worker_says_so_and_stops(near: City) -> None:
    laptop = made(near)
    revoke(near, laptop.device)
    said: list[SyncState] = []
    worker = Worker(laptop.store, laptop.api, CLERK, laptop.clock, publish=lambda status: said.append(status.state))
    worker.start()
    worker._thread.join(60)
    assert not worker._thread.is_alive()
    assert said[-1] is SyncState.ERASED
    assert "erased" in worker.status.message
    assert not (laptop.store.folder / "snapshots").exists()


class _Through:
    """An api that passes everything on."""

    def __init__(self, api: RemoteApi) -> None:
        self._api = api

    def __getattr__(self, name: str) -> Any:
        return getattr(self._api, name)


class _Breaks(_Through):
    """Pulls the plug once the greeting was answered."""

    def __init__(self, api: RemoteApi, switch: Switch) -> None:
        super().__init__(api)
        self._switch = switch

    def hello(self, device: str = "") -> Hello:
        try:
            return self._api.hello(device)
        finally:
            self._switch.plug(False)


class _Lying(_Through):
    """Answers the greeting with an order that is not for it."""

    def __init__(self, api: RemoteApi, lie: str) -> None:
        super().__init__(api)
        self._lie = lie

    def hello(self, device: str = "") -> Hello:
        if self._lie == "another laptop":
            return self._api.hello("LT77")
        try:
            return self._api.hello(device)
        except RevokedError as fault:
            order = fault.order
            assert isinstance(order, SignedOrder)
            if self._lie == "no order":
                raise RevokedError("withdrawn") from fault
            text = order.text.replace(json.loads(order.text)["nonce"], "0" * 16)
            raise RevokedError("withdrawn", SignedOrder(text, order.signature)) from fault


def _raise(body: bytes) -> object:
    said = json.loads(body)
    raise RevokedError(said["detail"], SignedOrder(**said["order"]))


def test_a_name_that_no_laptop_has_is_told_at_once(near: City, capsys: pytest.CaptureFixture[str]) -> None:
    """The stolen one would go on otherwise, while everybody believes that it is withdrawn."""
    laptop = made(near)
    data = ["--data", str(near.folder / "gateway")]
    assert main(["gateway", "revoke", *data]) == 0
    assert capsys.readouterr().out == "Nobody is kept out.\n"
    assert main(["gateway", "revoke", *data, "--device", "TUOGH-07"]) == 0
    said = capsys.readouterr()
    assert said.err == f"No laptop “TUOGH-07” was ever here: look at the name. Those that were: {laptop.device}\n"
    assert said.out.startswith("TUOGH-07  *  The store is erased")
    assert main(["gateway", "revoke", *data, "--device", laptop.device, "--person", laptop.person.id]) == 0
    assert capsys.readouterr().err == ""
