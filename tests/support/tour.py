"""A tour of the whole program: every page and every dialog, over a city at work. Tests walk it, and pictures are made
of it (`python -m tests.pictures DIR`). A page of `ui.shell.pages` that no stop shows fails a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from fieldapp import texts
from fieldapp.actions import answer, my_till, open_till, start, take
from fieldapp.actions.owing import balance
from fieldapp.actions.payments import Handed, take_payment
from fieldapp.actions.queue import call_next, draw
from fieldapp.actions.reading_back import read_back
from fieldapp.actions.visits import begin_visit, serve
from fieldapp.clock import stamp
from fieldapp.helping import article
from fieldapp.records import Person, Record
from fieldapp.services import Catalogue
from fieldapp.services.loader import load_service
from fieldapp.store.guesses import Guesses
from fieldapp.texts import tr
from sync.adapters.gateway import GatewayClient
from sync.network import NetworkTest
from sync.practice.people import KAUR, OSEI, STAFF, TREMBLAY
from sync.updates.news import News, keep_news
from tests.support import workplaces
from tests.support.fleet import heard_of
from tests.support.money import FLOAT, PORTABLE, case
from tests.support.pictures import drawn, settle
from tests.support.services import write_dog_licence
from tests.support.windows import put_away
from tests.support.workplaces import City, fill
from tests.ui.sync_centre.test_conflict import clashing
from tests.ui.sync_centre.test_decision import came, dispute
from ui import theme
from ui.counter.survey import SurveySheet
from ui.filling.compare import Compare
from ui.filling.discarding import DiscardCard
from ui.first_run.loading_page import LoadingPage
from ui.first_run.role_page import RolePage
from ui.first_run.token_page import TokenPage
from ui.first_run.welcome_page import WelcomePage
from ui.fleet import FleetPage
from ui.gallery import GalleryWindow
from ui.help.sheet import HelpSheet
from ui.lookups import LookupsPage
from ui.money import MoneyPage
from ui.records.page import RecordsPage
from ui.resident.view import ResidentView
from ui.shell import asked
from ui.shell.cheat_sheet import CheatSheet
from ui.sync_centre.handover import HandOverPage
from ui.sync_centre.page import SyncPage
from ui.today import TodayPage
from ui.today.own_place import OwnPlace
from ui.trying.window import TrialWindow
from ui.unlock.choose_page import ChoosePage
from ui.unlock.front import PIN, Resident
from ui.unlock.plain_pages import LeavingPage, WaitingPage
from ui.unlock.who import WhoPage
from ui.unlock.words_page import WordsPage
from ui.window import MainWindow

NOWHERE = "http://127.0.0.1:9"  # nobody listens there


@dataclass(frozen=True)
class Stop:
    """One thing to look at: a page as somebody has it before them, or a dialog."""

    name: str
    show: Callable[[Tour], QWidget]
    page: str = ""  # the id in ui.shell.pages, "" for a dialog


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

    def walk(self, stops: tuple[Stop, ...] | None = None) -> Iterator[tuple[Stop, QWidget]]:
        """Every stop with what it shows, settled."""
        for stop in stops or STOPS:
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


def _at(person: Person, page: str, **where: str) -> Callable[[Tour], QWidget]:
    return lambda tour: tour.window(person, page, **where)


def _counting(tour: Tour) -> QWidget:
    window = tour.window(OSEI, "money")
    page = window.page()
    assert isinstance(page, MoneyPage)
    page.till.count.click()
    return window


def _correcting(tour: Tour) -> QWidget:
    desk = tour.city.supervisor.desk
    if my_till(desk) is None:
        open_till(desk, "2", FLOAT)
    window = tour.window(KAUR, "money")
    page = window.page()
    assert isinstance(page, MoneyPage)
    page.till.correct_float()
    return window


def _change(tour: Tour) -> QWidget:
    window = tour.window(OSEI, "money", case=case(tour.city.clerk.desk, PORTABLE).id)
    page = window.page()
    assert isinstance(page, MoneyPage)
    page.take.tendered.setText("400")
    page.take.take()
    return window


def _paper(tour: Tour) -> QWidget:
    return tour.window(TREMBLAY, "records", record=tour.pickups[texts.language()].id, paper="acknowledgement")


def _looked_up(tour: Tour, tab: str) -> QWidget:
    """The first thing that is found in a look-up."""
    window = tour.window(TREMBLAY, "lookups", tab=tab)
    page = window.page()
    assert isinstance(page, LookupsPage)
    pane = page.bus if tab == "bus" else page.places
    pane.search.setText("1")
    pane.take(pane.look_up("1")[0].id)
    return window


def _record(tour: Tour) -> QWidget:
    return tour.window(TREMBLAY, "records", record=tour.visits[0].id)


def _record_tab(tour: Tour, tab: str) -> QWidget:
    """A record at its history, or at its rules."""
    window = tour.window(TREMBLAY, "records", record=tour.visits[0].id)
    page = window.page()
    assert isinstance(page, RecordsPage)
    view = page.view
    view.tabs.show_pane(view.trail if tab == "history" else view.rules)
    return window


def _discard(tour: Tour) -> QWidget:
    """What is asked before a form that was begun is thrown away."""
    window = tour.window(OSEI, "form", record=tour.draft.id, back="counter")
    card = window.page().findChild(DiscardCard)
    assert isinstance(card, DiscardCard)
    card.button.click()
    return window


def _palette(tour: Tour) -> QWidget:
    window = tour.window(TREMBLAY, "today")
    window.open_palette()
    return window


def _program(tour: Tour) -> QWidget:
    coming = News("0.9.0", 41 << 20, 118 << 20, why="", looked_at=stamp(tour.city.inspector.clock.now()))
    keep_news(tour.city.inspector.store, coming)
    return tour.window(TREMBLAY, "program")


def _handing_over(tour: Tour) -> QWidget:
    """While the file is written."""
    window = tour.window(TREMBLAY, "handover")
    page = window.page()
    assert isinstance(page, HandOverPage)
    page.give.work.progress.show()
    page.give.work.progress.show_far(30, 100, tr("The file is written, and then read back."))
    return window


def _looking(tour: Tour) -> QWidget:
    """While this laptop is looked at."""
    window = tour.window(TREMBLAY, "sync")
    for _round in range(2):
        window.session.bridge.quiet()
        settle()
    page = window.page()
    assert isinstance(page, SyncPage)
    page.ready.forget()
    return window


def _help(tour: Tour) -> QWidget:
    found = article("network-gone")
    assert found is not None
    return tour.alone(HelpSheet(tour.window(TREMBLAY, "today"), found.title, found.text))


def _words(tour: Tour) -> QWidget:
    return tour.alone(
        WordsPage(Resident(TREMBLAY.id, PIN, TREMBLAY.name), Guesses(tour.folder), locked=True, way_back=True)
    )


def _resident(tour: Tour) -> QWidget:
    view = ResidentView()
    view.show_read(read_back(tour.city.clerk.desk, tour.walk_in, lang=texts.language()))
    return tour.alone(view)


def _keys(tour: Tour) -> QWidget:
    window = tour.window(TREMBLAY, "today")
    asked.show_keys(window)
    return tour.above(window, CheatSheet)


def _compare(tour: Tour) -> QWidget:
    window = tour.window(TREMBLAY, "today")
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGray)
    Compare("Guards on open sides", [(tr("Then"), image), (tr("Now"), image)], window.page()).open()
    return tour.above(window, Compare)


def _where(tour: Tour) -> QWidget:
    window = tour.window(TREMBLAY, "today")
    page = window.page()
    assert isinstance(page, TodayPage)
    page.say_where()
    return tour.above(window, OwnPlace)


def _trial(tour: Tour) -> QWidget:
    return tour.alone(TrialWindow(load_service(write_dog_licence(tour.folder / "trial"))))


def _several(deed: str) -> Callable[[Tour], QWidget]:
    def show(tour: Tour) -> QWidget:
        ids = " ".join([*(visit.id for visit in tour.visits), tour.pickups["en"].id])
        window = tour.window(KAUR, "bulk", records=ids, deed=deed)
        tour.city.supervisor.bridge.quiet()
        settle()
        return window

    return show


def _fleet(tour: Tour) -> QWidget:
    heard_of(tour.city.supervisor)
    return tour.window(KAUR, "fleet")


def _lost(tour: Tour) -> QWidget:
    window = tour.window(KAUR, "fleet")
    page = window.page()
    assert isinstance(page, FleetPage)
    page.list.choose("TOUGH-03/m.tremblay")
    page.detail.say_lost.click()
    return window


def _gallery(tour: Tour) -> QWidget:
    return tour.alone(GalleryWindow())


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
RESIDENTS = [Resident(one.id, PIN, one.name) for one in (TREMBLAY, OSEI)]
STOPS = (
    Stop("today", _at(TREMBLAY, "today"), "today"),
    Stop("where I am", _where),
    Stop("records", _at(TREMBLAY, "records"), "records"),
    Stop("record", _record, "records"),
    Stop("history", lambda t: _record_tab(t, "history"), "records"),
    Stop("rules of a record", lambda t: _record_tab(t, "rules"), "records"),
    Stop("visit form", lambda t: t.window(TREMBLAY, "form", record=t.visits[3].id, back="today"), "form"),
    Stop("lookups property", _at(TREMBLAY, "lookups", tab="property"), "lookups"),
    Stop("lookups bus", _at(TREMBLAY, "lookups", tab="bus"), "lookups"),
    Stop("a property", lambda t: _looked_up(t, "property"), "lookups"),
    Stop("a bus stop", lambda t: _looked_up(t, "bus"), "lookups"),
    Stop("lookups bookings", _at(TREMBLAY, "lookups", tab="bookings"), "lookups"),
    Stop("lookups fees", _at(TREMBLAY, "lookups", tab="fees"), "lookups"),
    Stop("sync", _at(TREMBLAY, "sync"), "sync"),
    Stop("conflict", lambda t: t.window(TREMBLAY, "conflict", record=t.clash.id, back="sync"), "conflict"),
    Stop("network", _at(TREMBLAY, "network"), "network"),
    Stop("copies", _at(TREMBLAY, "copies"), "copies"),
    Stop("handover", _at(TREMBLAY, "handover"), "handover"),
    Stop("handover under way", _handing_over, "handover"),
    Stop("sync while it looks", _looking, "sync"),
    Stop("diagnosis", _at(TREMBLAY, "diagnosis"), "diagnosis"),
    Stop("program", _program, "program"),
    Stop("palette", _palette),
    Stop("keys", _keys),
    Stop("then and now", _compare),
    Stop("settings", _at(TREMBLAY, "settings"), "settings"),
    Stop("notices", _at(TREMBLAY, "notices"), "notices"),
    Stop("help", _help),
    Stop("clerk's settings", _at(OSEI, "settings"), "settings"),
    Stop("counter", _at(OSEI, "counter"), "counter"),
    Stop("visit", lambda t: t.window(OSEI, "counter", visit=t.walk_in), "counter"),
    Stop("resident", _resident),
    Stop("receipt", lambda t: t.window(OSEI, "counter", receipt=t.pickups[texts.language()].id), "counter"),
    Stop("form", lambda t: t.window(OSEI, "form", record=t.draft.id, back="counter"), "form"),
    Stop("discard", _discard, "form"),
    Stop("open a till", _at(TREMBLAY, "money"), "money"),
    Stop("till", _at(OSEI, "money"), "money"),
    Stop("take money", lambda t: t.window(OSEI, "money", case=t.owing.id), "money"),
    Stop("receipt of money", lambda t: t.window(OSEI, "money", shown=t.paid.id), "money"),
    Stop("correct a float", _correcting, "money"),
    Stop("change to give", _change, "money"),
    Stop("count the till", _counting, "money"),
    Stop("stock", _at(OSEI, "stock"), "stock"),
    Stop("review", _at(KAUR, "review"), "review"),
    Stop("dashboard", _at(KAUR, "dashboard"), "dashboard"),
    Stop("away", _at(KAUR, "away"), "away"),
    Stop("several given", _several("assign"), "bulk"),
    Stop("several returned", _several("return"), "bulk"),
    Stop("somebody is away", lambda t: t.window(KAUR, "away", person=TREMBLAY.id), "away"),
    Stop("fleet", _fleet, "fleet"),
    Stop("lost laptop", _lost, "fleet"),
    Stop("rules", lambda t: t.window(KAUR, "rules", service="building-permit", question="project/a_area"), "rules"),
    Stop("decision", _at(KAUR, "decision", dispute="op1", back="sync"), "decision"),
    Stop("supervisor's sync", _at(KAUR, "sync"), "sync"),
    Stop("first run", lambda t: t.alone(WelcomePage())),
    Stop("who to practise as", lambda t: t.alone(RolePage(STAFF))),
    Stop("token", lambda t: t.alone(TokenPage(t.city.clerk.city))),
    Stop("loading", lambda t: t.alone(LoadingPage(t.city.clerk))),
    Stop("who", lambda t: t.alone(WhoPage(RESIDENTS, others=True))),
    Stop("unlock", _words),
    Stop("choose a PIN", lambda t: t.alone(ChoosePage(old=tr("PIN until now")))),
    Stop("choose a passphrase", lambda t: t.alone(ChoosePage(keyring=False, must=True))),
    Stop("waiting", lambda t: t.alone(WaitingPage())),
    Stop("leaving", lambda t: t.alone(LeavingPage(3))),
    Stop("survey", lambda t: t.alone(SurveySheet(t.city.clerk, texts.language()))),
    Stop("trial", _trial),
    Stop("gallery", _gallery),
)
