"""Ctrl+K: everyday words lead to the page, act or service that does it, for each role, in either language."""

from __future__ import annotations

import tomllib

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.finding import everyday
from fieldapp.helping import articles
from fieldapp.paths import resources
from tests.support.session import PracticeCity
from ui import speaking
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
    "start:transit-feedback": "bus pass|lost on the bus",
    "start:special-event": "block party|fête de quartier",
    "start:film-permit": "closing the street for a movie|fermer la rue pour un film",
    "start:parking-dispute": "parking ticket",
    "start:tree-request": "tree request|arbre mort",
    "start:property-request": "house closing|tax certificate",
    "": "birth certificate|commissioner of oaths|zzzz",
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
    acts, wrong = offers(window), {}
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
    ("who", "own"), [("j.osei", ["next", "visit", "ticket"]), ("r.kaur", ["dashboard", "give", "away"])]
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
        acts = [one for one in offers(window) if not one.reads and not one.explains]
        names = {one.row.id for one in (*of_pages(window.navigate), *acts)}
        assert {name for name in names if not everyday(name)} == set()
        there |= names
        window.close()
    kept = tomllib.loads((resources() / "everyday.toml").read_text("utf-8"))
    assert set(kept) <= there
    assert all(len(words[spoken]) >= 3 for words in kept.values() for spoken in ("en", "fr"))
