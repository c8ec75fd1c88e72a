"""The working day, told from outside: three laptops, one gateway, the plug pulled, and one laptop's battery."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from fieldapp.clock import CITY_ZONE, ShiftedClock, SystemClock, today
from fieldapp.errors import FieldAppError
from fieldapp.paths import Home
from fieldapp.places import Layers
from fieldapp.records import Person
from fieldapp.services.clocks import city_calendar
from sync.practice import answers, sites
from sync.practice.answers import Answers, Finding
from sync.practice.city import PERMITS, PracticeCity
from sync.practice.people import KAUR, OSEI, TREMBLAY, residents
from ui.day import audit, photos
from ui.day.hands import NOW
from ui.day.link import Laptop, Machine
from ui.day.report import Report

SAVES_BEFORE_KILL = 9  # answers of the third visit that the screen has called saved when the battery goes
REASON = "Which header? Please name the opening and say what the span table asks for."


class Day:
    """One day in a home of its own below `out`. `play` gives the report; FieldAppError when a person was stuck."""

    def __init__(self, out: Path, data: Path | None, *, seed: int = 1, tell: Callable[[str], None] = print) -> None:
        self._out, self._data, self._seed, self._tell = out, data, seed, tell
        self._clock = ShiftedClock(_to_the_morning())
        self.report = Report(data=f"open data in {data.name}" if data else "made-up city")

    def play(self) -> Report:
        """From the morning to the last comparison."""
        self._out.mkdir(parents=True, exist_ok=True)
        with self._step("city"):
            self._city = PracticeCity(_fresh_home(self._out / "gateway-side"), self._clock, seed=self._seed)
            self._city.prepare(self._data, self._tell)
        try:
            self._laptops = [self._laptop(person, n) for n, person in enumerate((TREMBLAY, OSEI, KAUR))]
            self._inspector, self._clerk, self._supervisor = self._laptops
            for step in (self._morning, self._offline, self._back, self._review, self._correction, self._evening):
                with self._step(step.__name__.strip("_")):
                    step()
        finally:
            for laptop in getattr(self, "_laptops", []):
                laptop.stop()
            self._city.close()
        self.report.write(self._out)
        return self.report

    def _morning(self) -> None:
        """Everybody signs in, syncs, and looks at the day."""
        for laptop in self._laptops:
            laptop.start()
            laptop.do("sync")
        self._inspector.do("go", page="today")
        self._inspector.do("picture", name="01-today")
        self._visits = self._planned()

    def _offline(self) -> None:
        """The network is gone; the work goes on, and one laptop's battery falls out in the middle of a form."""
        self._city.stop()
        for laptop in self._laptops:
            laptop.do("plug")
        self._tell("the network is down")
        self._at_the_counter()
        first, second, third = self._visits[:3]
        self._visit(first, 7, [self._finding(3)], photo=1, picture="04-checklist")
        self._visit(second, 5, [], photo=2, carried=2, picture="05-re-inspection")
        self._interrupted_visit(third)
        self._inspector.do("go", page="sync")
        self._inspector.do("picture", name="07-offline-waiting")

    def _back(self) -> None:
        """The network returns; everything syncs."""
        self._city.start()
        self._tell("the network is back")
        for laptop in self._laptops:
            laptop.do("plug")
            laptop.do("sync")
        self._inspector.do("go", page="sync")
        self._inspector.do("picture", name="08-synced")

    def _review(self) -> None:
        """The supervisor returns one record to a field and approves the rest."""
        self._supervisor.do("go", page="review")
        self._supervisor.do("picture", name="09-review")
        returned = self._visits[0]
        self._supervisor.do("send_back", record=returned, question="What was found", reason=REASON)
        for record in self._in_review():
            self._supervisor.do("decide", record=record, key="a")
        self._supervisor.do("sync")

    def _correction(self) -> None:
        """The author finds the reason at the field, corrects it and sends it again; it is approved."""
        self._inspector.do("sync")
        record = self._visits[0]
        self._inspector.do("open_record", record=record, back="today")
        self._inspector.do("picture", name="10-returned")
        found = [
            ["checklist/check[3]/k_found", "Header at the rear door is 2-38x184; the span table asks for 2-38x235"]
        ]
        self._inspector.do("fill", answers=found)
        self._inspector.do("submit")
        self._inspector.do("sync")
        self._supervisor.do("sync")
        self._supervisor.do("go", page="review")
        self._supervisor.do("picture", name="11-resubmitted")
        self._supervisor.do("decide", record=record, key="a")
        self._supervisor.do("sync")

    def _evening(self) -> None:
        """Everybody syncs twice; then the four sides are compared."""
        for laptop in (*self._laptops, *self._laptops):
            laptop.do("sync")
        self._clerk.do("speak", language="fr")
        self._clerk.do("go", page="records")
        self._clerk.do("picture", name="12-dossiers")
        audit.compare(self.report, self._city.service, self._laptops)

    def _at_the_counter(self) -> None:
        """Two residents: a permit, and a bulk pick-up."""
        layers = Layers(self._city.home.layers)
        places = sites.sites(layers, self._seed, PERMITS + 2)[PERMITS:]
        layers.close()
        people = residents(self._seed + 1, 4)
        self._clerk.do("go", page="counter")
        self._clerk.do("picture", name="02-counter")
        permit = answers.permit(places[0], people[1], "Covered porch and stairs at the rear", "22", "38000")
        self._serve("new deck", permit, "project/b_desc")
        pickup = answers.pickup(places[1], people[2], ["mattress", "box_spring", "carpet", "toilet"])
        self._serve("couch at the curb", pickup, "items/item[1]/item_type")

    def _serve(self, words: str, given: Answers, shown: str) -> None:
        subject = words.partition(" ")[0]
        record = self._clerk.do("begin_service", words=words)["value"]
        self._clerk.do("fill", answers=given)
        self._clerk.do("show_section", question=shown)
        self._clerk.do("picture", name=f"03-intake-{subject}")
        self._clerk.do("submit")
        self._clerk.do("picture", name=f"03-receipt-{subject}")
        self.report.receipts.append(self._clerk.saved(record)["@alias"])

    def _visit(
        self, record: str, items: int, findings: list[Finding], *, photo: int, carried: int = 0, picture: str
    ) -> None:
        self._inspector.do("open_visit", record=record)
        pictures = [(str(self._photo(photo)), "Framing at the rear opening")]
        given = answers.inspection(items, findings, pictures, left_at=NOW, carried=carried)
        self._inspector.do("fill", answers=given)
        self._inspector.do("show_section", question="checklist/check[3]/k_result")
        self._inspector.do("picture", name=picture)
        self._inspector.do("submit")
        self.report.receipts.append(self._inspector.saved(record)["@alias"])

    def _interrupted_visit(self, record: str) -> None:
        """The battery falls out while answers are saved; after the restart the form stands where it was."""
        self._inspector.do("open_visit", record=record)
        given = answers.inspection(5, [], [(str(self._photo(3)), "Vapour barrier, north wall")], left_at=NOW)
        enough = self._inspector.saves + SAVES_BEFORE_KILL
        self._inspector.do("fill", answers=given, until=lambda: self._inspector.saves >= enough)
        self._inspector.kill()
        self._tell("a laptop was killed in the middle of a form")
        said = self._inspector.saved(record)
        self._inspector.start()
        self._inspector.do("plug")
        found = self._inspector.do("records")[record]["fields"]
        missing = [path for path, value in said.items() if found.get(path) != value]
        self.report.lost += len(missing)
        self.report.kept_at_kill = len(said) - len(missing)
        self.report.kills += 1
        self._inspector.do("open_visit", record=record)
        self._inspector.do("picture", name="06-after-the-kill")
        self._inspector.do("fill", answers=given)
        self._inspector.do("submit")
        self.report.receipts.append(self._inspector.saved(record)["@alias"])

    def _finding(self, item: int) -> Finding:
        fix_by = (today(self._clock) + timedelta(days=14)).isoformat()
        return Finding(item, "Header too small for the opening", fix_by, photo=str(self._photo(9)))

    def _photo(self, seed: int) -> Path:
        return photos.draw(self._out / "photos" / f"IMG_{seed:04d}.jpg", seed)

    def _planned(self) -> list[str]:
        """The inspector's visits of today, in the order of the day."""
        records = self._inspector.do("records")
        visits = [(one["fields"]["@planned"], id_) for id_, one in records.items() if one["state"] == "planned"]
        if len(visits) < PERMITS:
            raise FieldAppError(f"only {len(visits)} of {PERMITS} visits reached the inspector")
        return [id_ for _, id_ in sorted(visits)]

    def _in_review(self) -> list[str]:
        records = self._supervisor.do("records")
        return [id_ for id_, one in records.items() if one["state"] == "submitted"]

    def _laptop(self, person: Person, number: int) -> Laptop:
        home = _fresh_home(self._out / f"laptop-{number + 1}")
        home.root.mkdir(parents=True)
        home.layers.write_bytes(self._city.home.layers.read_bytes())
        url = self._city.start()
        device = f"TOUGH-{number + 7:02d}"
        shift = self._clock.shift.total_seconds()
        return Laptop(Machine(person.id, device, home.root, url, self._city.token(person), self._out, shift))

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        started = time.monotonic()
        yield
        self.report.seconds[name] = round(time.monotonic() - started, 2)
        self._tell(f"{name}: {self.report.seconds[name]:.1f} s")


def _to_the_morning() -> timedelta:
    """From now to 08:45 of the next working day: the day begins in the morning, whenever it is played."""
    now = SystemClock().now()
    day = now.date()
    calendar = city_calendar()
    while not calendar.is_business_day(day):
        day += timedelta(days=1)
    return datetime(day.year, day.month, day.day, 8, 45, tzinfo=CITY_ZONE) - now


def _fresh_home(root: Path) -> Home:
    """A home that holds nothing yet: a day never goes on in the stores of another one."""
    if root.exists():
        raise FieldAppError(f"{root} holds the stores of another day; give another --out")
    return Home(root)
