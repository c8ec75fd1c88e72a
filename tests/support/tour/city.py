"""The city that the tour shows, and the windows in which it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from fieldapp import texts
from fieldapp.actions import answer, open_till, start, take
from fieldapp.actions.owing import balance
from fieldapp.actions.payments import Handed, take_payment
from fieldapp.actions.queue import call_next, draw
from fieldapp.actions.visits import begin_visit, serve
from fieldapp.records import Person, Record
from fieldapp.services import Catalogue
from sync.adapters.gateway import GatewayClient
from sync.network import NetworkTest
from tests.support import workplaces
from tests.support.money import FLOAT, PORTABLE, case
from tests.support.pictures import drawn, settle
from tests.support.windows import put_away
from tests.support.workplaces import City, fill
from tests.ui.sync_centre.test_conflict import clashing
from tests.ui.sync_centre.test_decision import came, dispute
from ui import theme
from ui.window import MainWindow

NOWHERE = "http://127.0.0.1:9"  # nobody listens there


@dataclass(frozen=True)
class Stop:
    """One thing to look at: a page as somebody has it before them, or a dialog."""

    name: str
    show: Callable[[Tour], QWidget]
    page: str = ""  # the id in ui.shell.pages, "" for a dialog


PARKING = {
    "person/first_name": "Rosa",
    "person/last_name": "Marino",
    "person/phone": "905-555-0117",
    "place/address": "412 Upper James St",
    "vehicle/programme": "permit",
    "vehicle/plate": "CABC 123",
    "vehicle/accessible_permit_no": "AP-7731",
    "vehicle/ownership_seen": "OK",
    "fee/fee_code": "PARK-RESIDENT",
    "fee/fee_base": "91.00",
    "fee/fee_total": "91.00",
}


@dataclass
class Tour:
    """The city, and the windows of the three people. `size` is the size of every window in px."""

    folder: Path
    catalogue: Catalogue
    layers: Path
    size: tuple[int, int] = (1024, 700)
    windows: dict[str, MainWindow] = field(default_factory=dict)
    loose: list[QWidget] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Let the city work for a while."""
        self.city: City = workplaces.found_city(self.folder, self.catalogue, self.layers)
        self.visits = workplaces.visits(self.city, 4)
        for visit in self.visits[:2]:
            workplaces.inspect(self.city, visit, failing=visit is self.visits[0])
        self.city.sync()
        self.pickups = {language: self._pickup(language) for language in texts.LANGUAGES}
        self._at_the_counter()
        self.draft = start(self.city.clerk.desk, "bulk-pickup")
        self.walk_in = self._walk_in()
        self.clash = clashing(self.city.inspector)
        came(self.city.supervisor, dispute())
        for session in self.city.sessions.values():
            session.network = NetworkTest(NOWHERE, lambda: GatewayClient(NOWHERE, "x"), session.clock)
            session.store.snapshots.daily()

    def _at_the_counter(self) -> None:
        """An open till, a case to be paid, and one that is."""
        desk = self.city.clerk.desk
        open_till(desk, "1", FLOAT)
        self.owing, settled = case(desk, PORTABLE), case(desk, PORTABLE)
        self.paid = take_payment(desk, settled, Handed(balance(desk, settled), "cash", ""))

    def _pickup(self, language: str) -> Record:
        """One that a resident asked for in their language, in which the receipt is."""
        desk = self.city.clerk.desk
        made = start(desk, "bulk-pickup", lang=language)
        fill(desk, made, [*workplaces.pickup_answers(self.city), ("case/lang", language)])
        return take(desk, made.id, "submit")

    def _walk_in(self) -> str:
        """A visit with a permit that is being filled, fee, papers and a sensitive answer in it."""
        desk = self.city.clerk.desk
        visit = begin_visit(desk, "A41")
        answer(desk, serve(desk, visit.id, "residential-parking").id, PARKING)
        serve(desk, visit.id, "bulk-pickup")
        for _ in range(2):
            draw(desk)
        call_next(desk)
        return visit.id

    def window(self, person: Person, page: str, /, **where: str) -> MainWindow:
        """The person's window at a page."""
        if person.id not in self.windows:
            self.windows[person.id] = MainWindow(self.city.session(person), page=page)
        window = self.windows[person.id]
        for other in self.windows.values():
            other.setVisible(other is window)
        window.resize(*self.size)
        window.palette_box.close_up()
        window.navigate(page, **where)
        return window

    def alone(self, made: QWidget) -> QWidget:
        """A dialog that stands for itself."""
        self.leave()
        made.resize(*self.size)
        made.show()
        self.loose.append(made)
        return made

    def above(self, window: MainWindow, kind: type[QDialog]) -> QWidget:
        """The dialog of this kind that stands above a window now."""
        settle()
        found = [one for one in window.findChildren(kind) if one.isVisible()]
        self.loose += found
        return found[-1]

    def leave(self) -> None:
        """Put away what stood for itself."""
        for widget in self.loose:
            widget.hide()
            widget.deleteLater()
        self.loose.clear()

    def dress(self, language: str, look: str, scale: float = 1) -> None:
        """Speak `language`, wear `look`, with letters `scale` times as large. Windows are built anew."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setCursorFlashTime(0)  # a caret that blinks would be seen by chance
        texts.use(language)
        if scale != theme.scale():
            theme.enlarge(app, scale)
        if look != theme.choice():
            theme.choose(app, look)
        for window in self.windows.values():
            window.chosen.language(language)

    def walk(self, stops: Sequence[Stop]) -> Iterator[tuple[Stop, QWidget]]:
        """Each stop with what it shows, settled."""
        for stop in stops:
            shown = stop.show(self)
            settle()
            self._wait(shown)
            yield stop, shown
            self.leave()

    def _wait(self, shown: QWidget) -> None:
        """Until what is counted behind the screen is shown, and what that asks for again."""
        if isinstance(shown, MainWindow):
            for _round in range(2):
                shown.session.bridge.quiet()
                settle()
        drawn(shown)

    def close(self) -> None:
        """Let nothing run on."""
        self.leave()
        put_away(*self.windows.values())
        settle()
        self.city.close()


def at(person: Person, page: str, **where: str) -> Callable[[Tour], QWidget]:
    """Shows a page of the person's window."""
    return lambda tour: tour.window(person, page, **where)
