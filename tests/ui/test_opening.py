"""Opening a laptop of a real city: its passphrase, and whose store it is."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldapp.actions import answer, start, take
from fieldapp.errors import OfflineError, RefusedError
from fieldapp.paths import Home
from fieldapp.places import Layers, Report
from fieldapp.store import keys, wrap
from sync.gateway.server import GatewayServer
from sync.openrosa.forms import Fetching
from sync.openrosa.line import Line
from sync.openrosa.server import OpenRosaServer
from sync.openrosa.sign_in import SignIn
from tests.support.gateway import CLERK, make_service, steps_alone
from tests.support.openrosa import OpenRosaDouble, running
from tests.support.openrosa_laptop import FORM_ID, house_visit
from tests.support.places import wards_file
from ui.address import Address
from ui.geocoder import CityGeocoder
from ui.opening import open_city_laptop

WORDS = "a bench at bayfront park"
NOWHERE = Address("http://127.0.0.1:1", "token")


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without a keyring, and a passphrase that is quick to check."""
    monkeypatch.setattr(keys, "system_vault", lambda: None)
    monkeypatch.setattr(wrap, "COST", 2**10)


def typing(*words: str) -> Callable[[str], str]:
    """A person who types these, one at each question."""
    left = iter(words)
    return lambda _question: next(left)


def test_a_new_passphrase_is_asked_twice(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with pytest.raises(OfflineError):
        open_city_laptop(home, "j.osei", "TOUGH-08", NOWHERE, typing(WORDS, WORDS))
    assert keys.unlock(home.store("j.osei"), passphrase=WORDS)


def test_a_mistyped_new_passphrase_locks_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with pytest.raises(RefusedError, match="not the same"):
        open_city_laptop(home, "j.osei", "TOUGH-08", NOWHERE, typing(WORDS, WORDS + "s"))
    assert not keys.exists(home.store("j.osei"))


def test_a_person_is_no_way_out_of_the_citys_folder(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="is no user id"):
        open_city_laptop(Home(tmp_path / "city"), "../../evil", "TOUGH-08", NOWHERE, typing())
    assert not list(tmp_path.iterdir())


def test_a_city_without_a_gateway_needs_a_form(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="no form here yet"):
        open_city_laptop(Home(tmp_path / "city"), "j.osei", "TOUGH-08", None, typing())
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("qapp")
def test_a_city_without_a_gateway_hands_in_at_its_odk_server(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with running(OpenRosaDouble(forms={FORM_ID: house_visit()}, sign_in="digest")) as double:
        sign_in = f"{double.url} anna:s3cret"
        server = OpenRosaServer(Line(double.address, SignIn.of("anna:s3cret")))
        Fetching(server, double.address, home.services).get(server.form(FORM_ID))
        server.close()
        opened = open_city_laptop(home, "j.osei", "TOUGH-08", None, typing(WORDS, WORDS), sign_in)
        try:
            assert [service.id for service in opened.session.catalogue.startable(opened.session.person)] == [FORM_ID]
            record = start(opened.session.desk, FORM_ID)
            answer(opened.session.desk, record.id, {"name": "Ada"})
            take(opened.session.desk, record.id, "submit")
            until(lambda: not opened.session.store.counts().waiting)
        finally:
            opened.close()
        assert len(double.held) == 1


def until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait until it is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def test_opening_a_laptop_loads_neither_the_sign_in_nor_a_keyring() -> None:
    heavy = "[n for n in sys.modules if n.startswith('sync.sign_in') or n in ('requests', 'authlib', 'keyring')]"
    command = [sys.executable, "-c", f"import sys, ui.opening, ui.window; print({heavy})"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.usefixtures("qapp")
def test_a_laptop_of_a_city_takes_its_layers_and_knows_its_geocoder(tmp_path: Path) -> None:
    service = make_service(tmp_path / "gateway", steps_alone())
    service.geocoder = "https://maps.example/GeocodeServer"
    service.layers.publish("wards", wards_file(tmp_path), Report("wards", "", as_of="2026-11-01"))
    home = Home(tmp_path / "city")
    with GatewayServer(service) as server:
        door = Address(server.url, service.give_token(CLERK.id))
        opened = open_city_laptop(home, CLERK.id, "TOUGH-08", door, typing(WORDS, WORDS))
        try:
            until = time.monotonic() + 60
            while not opened.session.layers.describe() and time.monotonic() < until:
                time.sleep(0.02)
            assert [(one.name, one.as_of, one.rows) for one in Layers(home.layers).describe()] == [
                ("wards", "2026-11-01", 3)
            ]
            assert CityGeocoder(opened.session).known
        finally:
            opened.close()
    service.close()
