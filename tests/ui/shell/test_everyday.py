"""Ctrl+K: everyday words lead to the page, act or service that does it, for each role, in either language."""

from __future__ import annotations

import tomllib

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.actions import open_till, queue, start, visits
from fieldapp.finding import everyday
from fieldapp.helping import articles
from fieldapp.paths import resources
from fieldapp.records import ISSUED, TITLE
from tests.support.session import PracticeCity
from ui import speaking
from ui.money import MoneyPage
from ui.records.page import RecordsPage
from ui.search.finds import offered
from ui.search.lines import of_pages
from ui.search.looking import look
from ui.shell.offers import offers
from ui.window import MainWindow

# What a person types: what the first line is.
CLERK = {
    "till-close": "close till|close the till|count the cash|over or short|end of day|"
    "fermer la caisse|compter l'argent|fin de journée",
    "receipts": "refund|void receipt|print receipt|reprint a receipt|remboursement|annuler un reçu|imprimer le reçu",
    "money": "float|till|cash|take a payment|fonds de caisse|caisse",
    "ticket": "new ticket|take a number|tirer un billet",
    "queue": "who is waiting|waiting list|qui attend|file d'attente",
    "visit": "new visit|walk-in visit|commencer une visite",
    "bus": "next bus|bus stop|prochain autobus|arrêt d'autobus",
    "property": "garbage day|collection day|which ward|jour des ordures|jour de collecte",
    "fees": "how much|holiday|jours fériés",
    "bookings": "appointments|who has an appointment|rendez-vous",
    "lock": "lock|leave the desk|verrouiller",
    "stock": "tags|dog tags|inventory|médailles",
    "help:reports": "audit|export|report|council|open data|données ouvertes|exporter|rapport au conseil",
    "help:dashboard": "workload|statistics|somebody is away|statistiques",
    "help:bulk": "assign|assigner",
    "help:correcting": "correct a name|wrong name|corriger un nom",
    "language": "french|français|english",
    "page:records": "recrods|old records|anciens dossiers",
    "network": "no network|wifi|pas de réseau",
    "start:extra-garbage": "garbage|ordures",
    "start:bylaw-complaint": "rats|barking dog|chien qui aboie",
    "start:dog-licence": "lost dog|chien perdu",
    "start:bulk-pickup": "frigo|big garbage|couch at the curb",
    "start:transit-feedback": "lost on the bus|rude bus driver",
    "refer:bus-pass": "bus pass",
    "start:special-event": "block party|fête de quartier",
    "start:film-permit": "closing the street for a movie|fermer la rue pour un film",
    "start:parking-dispute": "parking ticket",
    "start:tree-request": "tree request|arbre mort",
    "start:property-request": "house closing|tax certificate",
    "refer:birth-certificate": "birth certificate|certificat de naissance",
    "refer:drivers-licence": "driver's licence|permis de conduire",
    "refer:health-card": "health card|carte santé",
    "refer:passport": "passport|passeport",
    "refer:oaths": "commissioner of oaths|assermentation",
    "": "zzzz",
}
SUPERVISOR = {
    "give": "assign|reassign|assigner|répartir le travail",
    "dashboard": "workload|statistics|report|council|statistiques|charge de travail|rapport au conseil",
    "away": "somebody is away|away|sick|vacation|malade|quelqu'un est en congé",
    "fleet": "laptops|lost laptop|ordinateur perdu",
    "rules": "change a rule|changer une règle",
    "page:review": "approve|send back|approuver",
    "help:reports": "audit|export|open data|who changed what|données ouvertes|qui a changé quoi",
    "ready/True": "end of day|fin de journée",
}
INSPECTOR = {
    "page:today": "today|route|my visits|mes visites|unplanned visit",
    "ready/True": "end of day|fin de journée|is everything sent",
    "ready/False": "before I leave|avant de partir",
    "handover": "usb stick|clé USB",
    "help:money": "refund|close till|remboursement",
    "help:dashboard": "statistics",
}


def first_of(city: PracticeCity, qtbot: QtBot, who: str, said: dict[str, str]) -> dict[str, str]:
    """What stands first for each text of the table, where that is something else."""
    session = city.sign_in(who)
    window = MainWindow(session)
    qtbot.addWidget(window)
    acts, wrong = [one for one in offers(window) if not one.here], {}
    for wanted, texts in said.items():
        for text in texts.split("|"):
            found = offered(session, window.navigate, look(session.desk, text), acts)
            if (first := found[0].row.id if found else "") != wanted:
                wrong[text] = first
    window.close()
    return wrong


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("who", "said"),
    [("j.osei", CLERK), ("r.kaur", SUPERVISOR), ("m.tremblay", INSPECTOR)],
    ids=lambda one: str(one)[:8],
)
def test_everyday_words_lead_to_what_does_it(
    city: PracticeCity, qtbot: QtBot, who: str, said: dict[str, str], language: str
) -> None:
    speaking.use(language)
    assert first_of(city, qtbot, who, said) == {}


@pytest.mark.parametrize(
    ("who", "own"), [("j.osei", ["queue", "visit", "ticket", "next"]), ("r.kaur", ["dashboard", "give", "away"])]
)
def test_before_anything_is_typed_ones_own_acts_stand_first_and_settings_last(
    city: PracticeCity, qtbot: QtBot, who: str, own: list[str]
) -> None:
    session = city.sign_in(who)
    window = MainWindow(session)
    qtbot.addWidget(window)
    found = offered(session, window.navigate, look(session.desk, ""), offers(window))
    assert [one.row.id for one in found][: len(own)] == own
    explains = [one.explains for one in found]
    assert explains == sorted(explains)
    window.close()


def test_every_act_and_page_has_its_everyday_words_and_all_words_have_their_act(
    city: PracticeCity, qtbot: QtBot
) -> None:
    there = {f"help:{one.id}" for one in articles()}
    for who in ("j.osei", "r.kaur", "m.tremblay"):
        window = MainWindow(city.sign_in(who))
        qtbot.addWidget(window)
        acts = [one for one in offers(window) if not (one.reads or one.explains or one.here)]
        names = {one.row.id for one in (*of_pages(window.navigate), *acts)}
        assert {name for name in names if not everyday(name)} == set()
        there |= names
        window.close()
    kept = tomllib.loads((resources() / "everyday.toml").read_text("utf-8"))
    assert set(kept) <= there
    assert all(len(words[spoken]) >= 3 for words in kept.values() for spoken in ("en", "fr"))


def deed(window: MainWindow, name: str) -> None:
    """Do what a line of the palette does."""
    next(one for one in offers(window) if one.row.id == name).deed()


def test_a_clerks_acts_do_what_they_say(city: PracticeCity, qtbot: QtBot) -> None:
    session = city.sign_in("j.osei")
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.show()
    deed(window, "ticket")
    assert [one.ticket for one in visits.waiting(session.desk)] == ["A1"]
    deed(window, "queue")
    assert (window.page_id, len(queue.queue(session.desk))) == ("counter", 1)
    deed(window, "visit")
    assert len(visits.waiting(session.desk)) == 2
    deed(window, "till-close")
    page = window.page("money")
    assert isinstance(page, MoneyPage)
    assert page.till.isVisible()  # no till is open: that comes first
    open_till(session.desk, "City Hall 1", {2000: 5})
    deed(window, "till-close")
    assert page.closing.isVisible()
    deed(window, "receipts")
    assert page.till.number.hasFocus() or window.focusWidget() is page.till.number
    window.close()


def test_give_leads_to_the_list_and_lock_says_why_practice_has_none(city: PracticeCity, qtbot: QtBot) -> None:
    window = MainWindow(city.sign_in("r.kaur"))
    qtbot.addWidget(window)
    said: list[str] = []
    window.session.toast = lambda text, *_more, **_named: said.append(text)
    deed(window, "give")
    deed(window, "lock")
    assert window.page_id == "records"
    assert ["Ctrl+G" in said[0], "Practice does not lock" in said[1]] == [True, True]
    window.close()


def test_a_person_is_found_by_a_phone_number_and_opens_all_that_is_theirs(city: PracticeCity, qtbot: QtBot) -> None:
    session = city.sign_in("j.osei")
    for number in range(2):
        made = start(session.desk, "tree-request")
        name = {"person/first_name": "Linh", "person/last_name": "Nguyen", "person/phone": "9055550188"}
        session.desk.commit(made, {**name, TITLE: f"Tree {number}"})
    window = MainWindow(session)
    qtbot.addWidget(window)
    for typed in ("905 555 0188", "905-555-0188", "0188", "linh ngu"):
        found = offered(session, window.navigate, look(session.desk, typed), offers(window))
        person = next(one for one in found if one.row.id.startswith("person:"))
        assert found.index(person) == 0 or not typed[-1].isdigit()
        assert (person.row.title, person.row.trailing) == ("Linh Nguyen", "2 records")
        assert "905-555-0188" in person.row.subtitle
    person.deed()
    page = window.page("records")
    assert isinstance(page, RecordsPage)
    assert (page.where()["text"], page.model.rowCount()) == ("Linh Nguyen", 2)
    window.close()


def test_a_receipts_number_finds_the_payment_before_what_names_it(city: PracticeCity) -> None:
    desk = city.sign_in("j.osei").desk
    paid = start(desk, "payment")
    desk.commit(paid, {f"{ISSUED}receipt": "RC26-000042", TITLE: "Dog licence"})
    for number in range(3):
        desk.commit(start(desk, "tree-request"), {TITLE: f"Tree {number}, see RC26-000042"})
    assert [look(desk, text).records[0].id for text in ("rc26-000042", "42")] == [paid.id, paid.id]
