"""A service that is published to a running gateway: checked, kept, judged with, on laptops after their next sync."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from fieldapp.access import BACK_OFFICE, COUNTER, SUPERVISOR
from fieldapp.actions import Desk, answer, open_form, start, take
from fieldapp.clock import FixedClock
from fieldapp.errors import GatewayError
from fieldapp.places import Layers
from fieldapp.records import STATE, Person, Record
from fieldapp.services import Catalogue, shipped
from fieldapp.services.adopting import adopt_newest
from fieldapp.services.checking import Shelf
from fieldapp.services.loader import load_service
from fieldapp.services.packages import packed
from fieldapp.services.versions import Versions
from fieldapp.store import Store
from sync.adapters.gateway import GatewayClient
from sync.engine import Engine
from sync.gateway import GatewayService
from sync.gateway.events import PUBLISHED
from sync.gateway.history.publications import KEPT, Publication, publications
from sync.gateway.reports import taken
from sync.gateway.server import GatewayServer
from sync.gateway.verify import verify
from sync.wire import Happened, ReportRequest
from tests.support.autofill import fill_all
from tests.support.services import write_new_service
from tests.support.store import KEY
from ui.__main__ import main

CLERK = Person("c.ray", "C. Ray", frozenset({COUNTER}))
CHIEF = Person("s.bell", "S. Bell", frozenset({SUPERVISOR}))
AUTHOR = Person("a.lee", "A. Lee", frozenset({BACK_OFFICE}))
ONE_WARD = Person("w.one", "W. One", frozenset({BACK_OFFICE}), frozenset({"08"}))
WALK, WASH = "dog-walk", "bin-wash"


@dataclass
class PublishingCity:
    """A gateway at a port that was started with one service, and its laptops; `draft` is the author's own folder."""

    folder: Path
    clock: FixedClock = field(default_factory=FixedClock)
    stores: list[Store] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.program, self.drafts = self.folder / "program", self.folder / "drafts"
        write_new_service(WASH, self.program, Shelf((self.program,)))
        self.draft = write_new_service(WALK, self.drafts, Shelf((self.program,)))
        self.port = 0
        self.open()
        for person in (CLERK, CHIEF, AUTHOR, ONE_WARD):
            self.gateway.people.keep(person)
        self.gateway.keep_forms()

    def open(self) -> None:
        self.gateway = GatewayService(self.folder / "gateway", Catalogue.load([self.program]), self.clock)
        self.server = GatewayServer(self.gateway, port=self.port)
        self.server.start()

    def restart(self) -> None:
        self.server.stop()
        self.gateway.close()
        self.open()

    def client(self, person: Person) -> GatewayClient:
        return GatewayClient(self.server.url, self.gateway.give_token(person.id))

    def publish(self, person: Person = AUTHOR, name: str = WALK) -> str:
        """The draft as it is now, sent over the wire; its version."""
        service = load_service(self.draft, blocks=shipped() / "_blocks")
        client = self.client(person)
        try:
            return client.publish(name, packed(service.files)).form_version
        finally:
            client.close()

    def correct(self, *changed: tuple[str, str, str]) -> None:
        """Change the author's folder: (file, old, new)."""
        for name, old, new in changed:
            text = (self.draft / name).read_text("utf-8")
            assert old in text, old
            (self.draft / name).write_text(text.replace(old, new), "utf-8")

    def desk(self, person: Person, device: str) -> Desk:
        """A laptop as the program opens it, with what it has kept."""
        home = self.folder / device
        versions = Versions(home / "forms", home / "cache" / "versions")
        catalogue = Catalogue.load([self.program], home / "cache", versions)
        adopt_newest(catalogue, versions)
        store = Store.open(home / "store", KEY, clock=self.clock, device=device, guide=catalogue)
        self.stores.append(store)
        return Desk(person, store, catalogue, Layers(home / "layers.db"), self.clock, device)

    def sync(self, desk: Desk) -> None:
        client = self.client(desk.person)
        Engine(desk.store, client, desk.person, desk.clock, catalogue=desk.catalogue).cycle()
        client.close()

    def close(self) -> None:
        for store in self.stores:
            store.close()
        self.server.stop()
        self.gateway.close()


@pytest.fixture
def city(tmp_path: Path) -> Iterator[PublishingCity]:
    city = PublishingCity(tmp_path)
    yield city
    city.close()


VERSION_2 = (("service.toml", 'version = "1"', 'version = "2"'), ("form.md", "In a few words", "In one sentence"))


def submitted(desk: Desk) -> Record:
    """A record of the published service, filled without a screen and handed in."""
    record = start(desk, WALK)
    session = open_form(desk, record)
    fill_all(session, desk.clock.now())
    edits, _ = session.edits(record.fields)
    answer(desk, record.id, edits)
    return take(desk, record.id, "submit")


def test_a_new_service_is_on_laptops_after_their_next_sync_and_is_judged_with(city: PublishingCity) -> None:
    desk = city.desk(CLERK, "LT01")
    city.sync(desk)
    assert [one.id for one in desk.catalogue.startable(CLERK)] == [WASH]
    version = city.publish()
    city.sync(desk)
    assert [one.id for one in desk.catalogue.startable(CLERK)] == [WASH, WALK]
    record = submitted(desk)
    assert record.form_version == version
    city.sync(desk)
    row = city.gateway.as_(CHIEF).record(record.id).row
    assert row is not None
    assert row.fields[STATE] == "submitted"
    assert city.gateway.catalogue.get(WALK).title.en == "Dog walk"


def test_it_is_there_after_restarts_of_gateway_and_laptop(city: PublishingCity) -> None:
    version = city.publish()
    city.sync(city.desk(CLERK, "LT01"))
    city.restart()
    assert city.gateway.catalogue.get(WALK).form_version == version
    versions = Versions(city.folder / "LT01" / "forms", city.folder / "LT01" / "cache" / "versions")
    catalogue = Catalogue.load([city.program])
    adopt_newest(catalogue, versions)
    assert catalogue.get(WALK).form_version == version


def test_a_new_version_is_used_for_new_records_and_old_ones_stay_readable(city: PublishingCity) -> None:
    old = city.publish()
    desk = city.desk(CLERK, "LT01")
    city.sync(desk)
    before = submitted(desk)
    city.correct(*VERSION_2)
    new = city.publish()
    city.sync(desk)
    after = submitted(desk)
    city.sync(desk)
    assert (before.form_version, after.form_version) == (old, new)
    label = [open_form(desk, record).definition.questions["request/what"].label for record in (before, after)]
    assert label[0] is not None
    assert label[1] is not None
    forms = [open_form(desk, record).definition for record in (before, after)]
    assert [form.text(one, "en") for form, one in zip(forms, label, strict=True)] == [
        "In a few words",
        "In one sentence",
    ]


def test_another_process_of_the_gateway_judges_with_it_too(city: PublishingCity) -> None:
    other = GatewayService(city.folder / "gateway", Catalogue.load([city.program]), city.clock)
    assert WALK not in other.catalogue
    version = city.publish()
    assert other.catalogue.get(WALK).form_version == version
    other.close()


def test_the_same_again_is_the_same(city: PublishingCity) -> None:
    assert city.publish() == city.publish()


def the_history(city: PublishingCity) -> list[Publication]:
    return publications(city.gateway.database, city.gateway.forms.versions)


def test_the_history_knows_who_published_what_and_when(city: PublishingCity) -> None:
    first = city.publish()
    city.publish()  # the same again is no second entry
    city.correct(*VERSION_2)
    city.clock.forward(days=1)
    second = city.publish(CHIEF)
    found = the_history(city)
    assert [(one.person, one.service, one.version) for one in found] == [
        (AUTHOR.id, WALK, first),
        (CHIEF.id, WALK, second),
    ]
    assert found[0].at < found[1].at
    package = city.gateway.forms.versions.package(WALK, second)
    assert (found[1].sha256, found[1].now) == (hashlib.sha256(package).hexdigest(), KEPT)
    assert verify(city.gateway.database).fault == ""


def test_whoever_is_refused_leaves_no_trace_in_it(city: PublishingCity) -> None:
    refused(city, CLERK)
    assert the_history(city) == []


def test_an_entry_that_is_rewritten_breaks_the_chain(city: PublishingCity) -> None:
    city.publish()
    with city.gateway.database.write() as tx:
        tx.execute("UPDATE event SET person = ?", (CHIEF.id,))
    assert "altered" in verify(city.gateway.database).fault


def test_a_laptop_cannot_tell_of_a_publication(city: PublishingCity) -> None:
    told = Happened("e1", PUBLISHED, "", "2026-11-23T09:00:00", {"service": WALK, "version": "9", "sha256": "00"})
    with city.gateway.database.write() as tx:
        taken(tx, ReportRequest("LT01", (), (told,)), CLERK, city.gateway.now())
    assert the_history(city) == []


def test_the_gateways_command_shows_them(city: PublishingCity, capsys: pytest.CaptureFixture[str]) -> None:
    version = city.publish()
    path = city.folder / "gateway" / "forms" / WALK / f"{version}.zip"
    command = ["gateway", "published", "--data", str(city.folder / "gateway")]
    assert main(command) == 0
    assert f"{AUTHOR.id}  {WALK}  {version}" in capsys.readouterr().out
    path.write_bytes(path.read_bytes() + b"0")
    assert main(command) == 1
    assert "its package was altered since" in capsys.readouterr().out


def refused(city: PublishingCity, person: Person = AUTHOR, name: str = WALK) -> GatewayError:
    with pytest.raises(GatewayError) as caught:
        city.publish(person, name)
    assert WALK not in city.gateway.catalogue
    return caught.value


@pytest.mark.parametrize("person", [CLERK, ONE_WARD])
def test_who_may_not_publish_is_refused(city: PublishingCity, person: Person) -> None:
    assert "takes the role" in str(refused(city, person))


def test_a_service_with_mistakes_is_refused_with_each_of_them(city: PublishingCity) -> None:
    city.correct(("service.toml", 'icon = "clipboard-list"', 'icon = "no-such-icon"'), ("form.md", "Souhaité le", ""))
    fault = refused(city)
    assert fault.status == 422
    assert "no-such-icon" in str(fault)
    assert "Français" in str(fault)


def test_a_package_under_another_services_name_is_refused(city: PublishingCity) -> None:
    assert refused(city, name="cat-walk").status == 422


def test_a_file_that_is_no_package_is_refused(city: PublishingCity) -> None:
    client = city.client(AUTHOR)
    with pytest.raises(GatewayError, match="package") as caught:
        client.publish(WALK, b"no package at all")
    client.close()
    assert caught.value.status == 422


def test_a_change_without_a_new_version_is_refused(city: PublishingCity) -> None:
    version = city.publish()
    city.correct(("form.md", "In a few words", "In one sentence"))
    with pytest.raises(GatewayError, match="Count version up") as caught:
        city.publish()
    assert caught.value.status == 422
    assert city.gateway.catalogue.get(WALK).form_version == version


def test_the_command_checks_and_sends(
    city: PublishingCity, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FIELDAPP_HOME", str(city.folder / "home"))  # not what somebody tries on this machine
    monkeypatch.setenv("FIELDAPP_TOKEN", city.gateway.give_token(AUTHOR.id))
    command = ["service", "publish", str(city.draft), "--gateway", city.server.url]
    assert main(command) == 0
    assert "Laptops have it after their next sync" in capsys.readouterr().out
    city.correct(("service.toml", 'icon = "clipboard-list"', 'icon = "no-such-icon"'))
    assert main(command) == 1
    assert "nothing was sent" in capsys.readouterr().out


def test_it_is_taken_up_also_where_a_record_of_it_comes_in_the_same_sync(city: PublishingCity) -> None:
    one, other = city.desk(CLERK, "LT01"), city.desk(CHIEF, "LT02")
    city.sync(other)
    city.publish()
    city.sync(one)
    submitted(one)
    city.sync(one)
    city.sync(other)
    assert WALK in other.catalogue


def test_a_newer_version_too(city: PublishingCity) -> None:
    city.publish()
    one, other = city.desk(CLERK, "LT01"), city.desk(CHIEF, "LT02")
    city.sync(one)
    city.sync(other)
    city.correct(*VERSION_2)
    new = city.publish()
    city.sync(one)
    submitted(one)
    city.sync(one)
    city.sync(other)
    assert other.catalogue.get(WALK).form_version == new
