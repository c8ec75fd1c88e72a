"""How one comes in: the first run, who works here, PIN and passphrase."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from fieldapp.store.guesses import Guesses
from fieldapp.texts import tr
from sync.practice.people import OSEI, STAFF, TREMBLAY
from tests.support.tour.city import Stop, Tour
from ui.first_run.loading_page import LoadingPage
from ui.first_run.role_page import RolePage
from ui.first_run.token_page import TokenPage
from ui.first_run.welcome_page import WelcomePage
from ui.unlock.choose_page import ChoosePage
from ui.unlock.front import PIN, Resident
from ui.unlock.plain_pages import LeavingPage, WaitingPage
from ui.unlock.who import WhoPage
from ui.unlock.words_page import WordsPage


def _words(tour: Tour) -> QWidget:
    return tour.alone(
        WordsPage(Resident(TREMBLAY.id, PIN, TREMBLAY.name), Guesses(tour.folder), locked=True, way_back=True)
    )


RESIDENTS = [Resident(one.id, PIN, one.name) for one in (TREMBLAY, OSEI)]
STOPS = (
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
)
