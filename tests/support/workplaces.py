"""A small city at work for screen tests: three people with a store each, made-up layers, and a hand that carries
records from store to store as the City would: with a number, a revision and the name of who submitted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path

from fieldapp.actions import Desk, answer, decide, open_form, plan, take
from fieldapp.clock import CITY_ZONE, FixedClock, stamp, today
from fieldapp.forms import FormSession, Node
from fieldapp.places import Layers
from fieldapp.places.made_up import build
from fieldapp.records import NUMBER, SUBMITTED_BY, Person, Record
from fieldapp.services import Catalogue
from fieldapp.store import RemoteRow, Settled, Store, bucket_of
from sync.practice import seed
from sync.practice.answers import Answers, Finding, Site, inspection, pickup
from sync.practice.people import KAUR, OSEI, STAFF, TREMBLAY, residents
from tests.support.session import CatalogueGuide, PracticeCity, StillCourier
from tests.support.store import KEY
from ui.session import Session


@dataclass
class City:
    """Who works, and what the City knows: revisions and numbers."""

    folder: Path
    catalogue: Catalogue
    layers: Layers
    clock: FixedClock = field(default_factory=FixedClock)
    sessions: dict[str, Session] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    rev: int = 0

    def session(self, person: Person) -> Session:
        """The person's session, made at the first time."""
        if person.id not in self.sessions:
            guide = CatalogueGuide(self.catalogue)
            store = Store.open(self.folder / person.id, KEY, clock=self.clock, device="TOUGH-07", guide=guide)
            desk = Desk(person, store, self.catalogue, self.layers, self.clock, "TOUGH-07")
            practice = PracticeCity(self.folder, self.clock)
            self.sessions[person.id] = Session(desk, courier=StillCourier(), practice=practice)
        return self.sessions[person.id]

    @property
    def inspector(self) -> Session:
        """M. Tremblay."""
        return self.session(TREMBLAY)

    @property
    def clerk(self) -> Session:
        """J. Osei."""
        return self.session(OSEI)

    @property
    def supervisor(self) -> Session:
        """R. Kaur."""
        return self.session(KAUR)

    def sync(self, *, files: bool = True) -> None:
        """Everybody's sealed Changes reach the City and come to all others."""
        for person in STAFF:
            self._collect(self.session(person), files=files)

    def close(self) -> None:
        """Let nothing run on."""
        for session in self.sessions.values():
            session.bridge.close()
            session.store.close()

    def _collect(self, session: Session, *, files: bool) -> None:
        changes = session.store.exchange.pending(session.person.id, 1000, 10**9)
        submitters = {change.record: change.actor for change in changes if change.transition in ("submit", "resubmit")}
        for record_id in dict.fromkeys(change.record for change in changes):
            self._settle(session, [one.id for one in changes if one.record == record_id], record_id, submitters)
            self._tell(session, record_id, files=files)

    def _settle(self, session: Session, ids: list[str], record_id: str, submitters: dict[str, str]) -> None:
        self.rev += 1
        record = session.desk.record(record_id)
        edits: dict[str, str | None] = {NUMBER: self._number(record)}
        if record_id in submitters:
            edits[SUBMITTED_BY] = submitters[record_id]
        session.store.exchange.sent(ids)
        now = self.clock.now().isoformat()
        results = [Settled(one, "applied", self.rev, edits=edits, server_time=now) for one in ids]
        session.store.exchange.settle(results)

    def _tell(self, session: Session, record_id: str, *, files: bool) -> None:
        record = session.desk.record(record_id)
        for other in self.sessions.values():
            if other is session:
                continue
            fields = record.fields
            row = RemoteRow(record.id, self.rev, record.service, record.form_version, fields)
            other.store.exchange.apply_page(bucket_of(fields), [row], self.rev)
            for value in record.answers.values() if files else ():
                sha = value.partition(".")[0]
                if len(sha) == 64 and session.store.blobs.has(sha):
                    other.store.blobs.put(session.store.blobs.read(sha), "image/png", "photo.png")

    def _number(self, record: Record) -> str:
        heads = {"building-permit": "26-1042", "building-inspection": "IN26-2000", "bulk-pickup": "BK26-1000"}
        return self.numbers.setdefault(
            record.id, f"{heads.get(record.service, record.service)}{len(self.numbers) + 11}"
        )


def found_city(folder: Path, catalogue: Catalogue, layers: Path) -> City:
    """A city with nobody at work yet."""
    city = City(folder, catalogue, Layers(layers))
    for person in STAFF:
        city.session(person)
    return city


def make_layers(path: Path, addresses: int = 600) -> Path:
    """The made-up city's layers."""
    build(path, addresses=addresses, clock=FixedClock())
    return path


def sites(city: City, count: int) -> list[Site]:
    """Addresses of the made-up city, some way apart."""
    found = [hit for word in ("a", "s", "r", "c", "m") for hit in city.layers.search_addresses(word, 40)]
    picked = {hit.label: hit for hit in found[:: max(1, len(found) // (count * 2))]}
    return [Site(hit.label, hit.lat, hit.lon) for hit in list(picked.values())[:count]]


def permits(city: City, count: int) -> list[Record]:
    """Permits that the clerk recorded and the supervisor approved."""
    made = [seed.record_permit(city.clerk.desk, case) for case in seed.cases(sites(city, count), residents(1, count))]
    city.sync()
    for permit in made:
        decide(city.supervisor.desk, permit.id, "approve")
    city.sync()
    return [city.supervisor.desk.record(permit.id) for permit in made]


def visits(city: City, count: int) -> list[Record]:
    """Planned visits of the inspector today, each under a permit of its own."""
    planned = seed.plan_visits(city.supervisor.desk, permits(city, count))
    city.sync()
    return planned


def visit_at(city: City, permit: Record, hour: int) -> Record:
    """One more visit of the inspector today, at a full hour, as a later page of the feed brings it."""
    planned = datetime.combine(today(city.clock), time(hour), CITY_ZONE)
    made = plan(city.supervisor.desk, "building-inspection", parent=permit.id, to=TREMBLAY.id, planned=stamp(planned))
    city.sync()
    return made


def inspect(city: City, visit: Record, *, failing: bool = False, photos: list[str] | None = None) -> Record:
    """The inspector fills a planned visit and submits it."""
    write_visit(city, visit, failing=failing, photos=photos)
    return take(city.inspector.desk, visit.id, "submit")


def write_visit(city: City, visit: Record, *, failing: bool = False, photos: list[str] | None = None) -> Record:
    """The inspector fills a planned visit whole, and has not submitted it yet."""
    desk = city.inspector.desk
    findings = [Finding(2, "Hangers missing at stair opening, north side", "2026-12-04")] if failing else []
    left = desk.clock.now().isoformat(timespec="seconds")
    pictures = [(one, "North side") for one in photos or []]
    return fill(desk, desk.record(visit.id), inspection(lines_of(desk, visit), findings, pictures, left_at=left))


def fill(desk: Desk, record: Record, given: Answers) -> Record:
    """Answer a record's form without a screen; a repeat's instances are added as they are answered."""
    session = open_form(desk, record)
    root = f"/{session.definition.root_name}"
    for question, value in given:
        repeat, bracket, rest = question.partition("[")
        if bracket and len(instances(session, repeat)) < int(rest.partition("]")[0]):
            session.add(f"{root}/{repeat}")
        session.set(f"{root}/{question}", value)
    edits, _ = session.edits(record.fields)
    return answer(desk, record.id, edits)


def instances(session: FormSession, repeat: str) -> list[Node]:
    """The instances of a repeat."""
    return [node for node in session.nodes() if node.kind == "instance" and node.path.partition("[")[0] == repeat]


def lines_of(desk: Desk, visit: Record) -> int:
    """How many lines the checklist of a visit has."""
    return int(open_form(desk, desk.record(visit.id)).node("visit/check_count").value)


def pickup_answers(city: City) -> Answers:
    """A complete bulk pick-up."""
    return pickup(sites(city, 1)[0], residents(2, 1)[0], ["furniture", "mattress"])
