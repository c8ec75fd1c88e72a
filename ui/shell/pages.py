"""The workplaces of the rail, in order; each is imported and built at its first visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from fieldapp.access import COUNTER, INSPECTOR, SUPERVISOR
from fieldapp.records import Person
from fieldapp.texts import tr
from ui.page import Page
from ui.session import Navigate, Session


@dataclass(frozen=True)
class Place:
    """One page: where its class is, its icon, and whether the rail shows it."""

    id: str
    icon: str
    where: str  # module:class
    in_rail: bool = True

    def build(self, session: Session, navigate: Navigate) -> Page:
        """Import and build it."""
        module, name = self.where.split(":")
        made: Callable[[Session, Navigate], Page] = getattr(import_module(module), name)
        return made(session, navigate)


PLACES = (
    Place("today", "calendar-days", "ui.today:TodayPage"),
    Place("counter", "store", "ui.counter:CounterPage"),
    Place("review", "clipboard-check", "ui.review:ReviewPage"),
    Place("records", "table-2", "ui.records.page:RecordsPage"),
    Place("lookups", "map", "ui.lookups:LookupsPage"),
    Place("sync", "refresh-cw", "ui.sync_centre.page:SyncPage"),
    Place("conflict", "git-merge", "ui.sync_centre.conflict:ConflictPage", in_rail=False),
    Place("network", "activity", "ui.sync_centre.network:NetworkPage", in_rail=False),
    Place("copies", "history", "ui.sync_centre.copies:CopiesPage", in_rail=False),
    Place("handover", "package", "ui.sync_centre.handover:HandOverPage", in_rail=False),
    Place("diagnosis", "clipboard-list", "ui.sync_centre.diagnosis:DiagnosisPage", in_rail=False),
    Place("program", "download", "ui.sync_centre.program:ProgramPage", in_rail=False),
    Place("decision", "gavel", "ui.sync_centre.decision:DecisionPage", in_rail=False),
    Place("money", "receipt", "ui.money:MoneyPage", in_rail=False),
    Place("dashboard", "layout-dashboard", "ui.dashboard:DashboardPage", in_rail=False),
    Place("bulk", "clipboard-list", "ui.bulk:BulkPage", in_rail=False),
    Place("fleet", "laptop", "ui.fleet:FleetPage", in_rail=False),
    Place("away", "users", "ui.dashboard.away:AwayPage", in_rail=False),
    Place("stand-ins", "user-check", "ui.stand_ins:StandInsPage", in_rail=False),
    Place("rules", "scale", "ui.rules:RulesPage", in_rail=False),
    Place("stock", "package", "ui.stock:StockPage", in_rail=False),
    Place("notices", "bell", "ui.notices.page:NoticesPage", in_rail=False),
    Place("settings", "settings", "ui.settings.page:SettingsPage", in_rail=False),
    Place("form", "file-text", "ui.filling:FormPage", in_rail=False),
)
OF_ONE = {"form", "decision", "conflict", "bulk"}  # pages that are empty without a record
OF_NONE = {"notices", "settings"}  # pages that belong to no workplace: the rail marks none
RAIL = tuple(place for place in PLACES if place.in_rail)


def place(page_id: str) -> Place:
    """The page with this id."""
    return next(one for one in PLACES if one.id == page_id)


def first_page(person: Person) -> str:
    """Where a person's day begins: at the counter for who works nowhere else, in Review for a supervisor without visits
    of their own."""
    if person.roles == {COUNTER}:
        return "counter"
    return "review" if SUPERVISOR in person.roles and INSPECTOR not in person.roles else "today"


def page_for(person: Person, page_id: str) -> str:
    """Where another person goes on: on the same page, unless a day begins there, it is a supervisor's, or what it shows
    is the work of who was there before."""
    strange = home_of(page_id) == "review" and SUPERVISOR not in person.roles
    return first_page(person) if strange or page_id in {"today", "counter", "review", *OF_ONE} else page_id


def home_of(page_id: str) -> str:
    """The workplace of the rail that a page behind it belongs to, "" for one that is opened from several."""
    if page_id in {"money", "stock"}:
        return "counter"
    if page_id in {"dashboard", "away", "rules", "fleet", "stand-ins"}:
        return "review"
    return "sync" if page_id in {"network", "copies", "handover", "diagnosis", "program"} else ""


def title(page_id: str) -> str:
    """What the rail calls a page, in the current language."""
    return {
        "today": tr("Today"),
        "counter": tr("Counter"),
        "review": tr("Review"),
        "records": tr("Records"),
        "lookups": tr("Look-ups"),
        "sync": tr("Sync"),
        "conflict": tr("Two versions"),
        "network": tr("Network test"),
        "copies": tr("Copies of this laptop's work"),
        "handover": tr("Carry work by hand"),
        "diagnosis": tr("Diagnosis for IT"),
        "program": tr("FieldApp on this laptop"),
        "decision": tr("Decision"),
        "money": tr("Till and payments"),
        "dashboard": tr("Dashboard"),
        "bulk": tr("Several at once"),
        "fleet": tr("Fleet"),
        "away": tr("Somebody is away"),
        "stand-ins": tr("Stand-ins"),
        "rules": tr("Try a rule"),
        "stock": tr("Stock"),
        "notices": tr("Notices"),
        "settings": tr("Settings"),
        "form": tr("Form"),
    }[page_id]
