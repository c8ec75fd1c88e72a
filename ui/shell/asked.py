"""What a key or the palette asks of a window, whatever page it shows: to lock, keys and help to read, the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldapp.access import SUPERVISOR
from fieldapp.helping import Article
from fieldapp.texts import tr
from ui.help import opening as helping
from ui.shell.cheat_sheet import CheatSheet
from ui.shell.pages import title

if TYPE_CHECKING:
    from ui.window import MainWindow


def plug(window: MainWindow) -> None:
    """Pull the practice city's network, or plug it in."""
    practice = window.session.practice
    if practice is not None:
        practice.plug(not practice.plugged)
        window.bar.show_network(practice.plugged)


def lock(window: MainWindow) -> None:
    """Cover everything, where a real person's work is here; practice has nothing to hide, and says so."""
    session = window.session
    if session.keeper is not None:
        session.keeper.lock()
    elif session.practice is not None:
        session.say(tr("Practice does not lock: nobody's real work is here. A real city's laptop does."))


def show_fleet(window: MainWindow) -> None:
    """For supervisors alone: nobody else is told of laptops."""
    if SUPERVISOR in window.session.person.roles:
        window.navigate("fleet")


def show_keys(window: MainWindow) -> None:
    """The keys of the page that is open, and of the whole program."""
    CheatSheet(window, window.page(), title(window.page_id)).open()


def show_help(window: MainWindow) -> None:
    """Help for the question that has the focus, else for the page."""
    if (sheet := helping.help_here(window, window.page(), window.page_id)) is not None:
        sheet.open()


def show_article(window: MainWindow, chosen: Article) -> None:
    """One help article."""
    from ui.help.sheet import HelpSheet

    HelpSheet(window, chosen.title, chosen.text).open()
