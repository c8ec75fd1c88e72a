"""What the palette (Ctrl+K) offers to do beside going to pages and starting services."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from fieldapp import texts
from fieldapp.access import COUNTER, SUPERVISOR
from fieldapp.texts import tr
from ui.help import opening as helping
from ui.search.find import Find
from ui.settings import choices
from ui.shell import asked
from ui.shell.on_page import on_page
from ui.shell.pages import place, title
from ui.widgets import Row

if TYPE_CHECKING:
    from ui.window import MainWindow


def offers(window: MainWindow) -> list[Find]:
    """The window's own acts, those of the person's roles, those of this laptop, and the buttons of the page."""
    own = [*_of_roles(window), *_of_look_ups(window), *_of_all(window), *_of_laptop(window)]
    return [*own, *on_page(window.page())]


def _of_all(window: MainWindow) -> Iterator[Find]:
    language = tr("Switch to French (Français)") if texts.language() == "en" else tr("Switch to English")
    yield Find(Row("keys", tr("This list of keys"), icon="keyboard", trailing="F1"), partial(asked.show_keys, window))
    yield Find(Row("language", language, icon="languages", trailing="Ctrl Shift L"), window.chosen.other_language)
    settings = Row("settings", tr("Settings"), icon="settings", trailing="Ctrl ,")
    notices = Row("notices", tr("Notices"), icon="bell", trailing="Ctrl Shift B")
    yield Find(settings, partial(window.navigate, "settings"))
    yield Find(notices, partial(window.navigate, "notices"))
    yield Find(
        Row("help", tr("Help for this page"), icon="circle-help", trailing="Shift F1"), partial(asked.show_help, window)
    )
    yield from choices.finds(window.session)
    yield from helping.finds(partial(asked.show_article, window))
    code, pasted = tr("Find by a code in a picture…"), tr("Find by what is on the clipboard")
    finder = window.finder
    yield Find(Row("code", code, icon="scan-barcode"), partial(finder.choose, window))
    yield Find(Row("paste", pasted, icon="clipboard", trailing="Ctrl Shift V"), finder.paste)


def _of_look_ups(window: MainWindow) -> Iterator[Find]:
    """What is looked up, each by its own name."""
    for tab, words, icon in (
        ("property", tr("Address: ward, collection day, what is near"), "map-pin"),
        ("bus", tr("Next bus at a stop"), "bus"),
        ("bookings", tr("Appointments of a day"), "calendar-clock"),
        ("fees", tr("Fees and holidays"), "dollar-sign"),
    ):
        yield Find(Row(tab, words, icon=icon), partial(window.navigate, "lookups", tab=tab))


def _of_roles(window: MainWindow) -> Iterator[Find]:
    roles = window.session.person.roles
    if COUNTER in roles:
        yield from _of_counter(window)
    if SUPERVISOR in roles:
        yield from _of_supervisor(window)


def _of_counter(window: MainWindow) -> Iterator[Find]:
    go = window.navigate
    for row, deed in (
        (Row("queue", tr("Who is waiting"), icon="users-round"), partial(go, "counter", to="queue")),
        (Row("visit", tr("New visit"), icon="plus"), partial(go, "counter", to="visit")),
        (Row("ticket", tr("New ticket"), icon="hash"), partial(go, "counter", to="ticket")),
        (Row("next", tr("Next resident"), icon="users", trailing="Ctrl N"), window.next_resident),
        (Row("money", tr("Till and payments"), icon="receipt", trailing="Ctrl T"), partial(go, "money")),
        (Row("till-close", tr("Count and close the till"), icon="check"), partial(go, "money", to="count")),
        (
            Row("receipts", tr("Find a receipt: print, void, pay back"), icon="printer"),
            partial(go, "money", to="receipt"),
        ),
        (Row("stock", tr("Stock"), icon="package"), partial(go, "stock")),
    ):
        yield Find(row, deed, own=True)


def _of_supervisor(window: MainWindow) -> Iterator[Find]:
    go = window.navigate
    for row, deed in (
        (Row("dashboard", tr("Dashboard"), icon="layout-dashboard"), partial(go, "dashboard")),
        (Row("give", tr("Give work to people"), icon="user-check", trailing="Ctrl G"), partial(_give, window)),
        (Row("away", tr("Somebody is away"), icon="users"), partial(go, "away")),
        (
            Row("stand-ins", tr("Stand-ins: who decides while you are away"), icon="user-check"),
            partial(go, "stand-ins"),
        ),
        (Row("fleet", tr("Fleet"), icon="laptop", trailing="Ctrl Shift F"), partial(go, "fleet")),
        (Row("rules", tr("Try a rule on past records"), icon="scale"), partial(go, "rules")),
    ):
        yield Find(row, deed, own=True)


def _give(window: MainWindow) -> None:
    window.navigate("records")
    window.session.say(tr("Choose the records, with Shift or Ctrl for several; then Ctrl+G gives them."))


def _of_laptop(window: MainWindow) -> Iterator[Find]:
    session = window.session
    if session.courier is not None:
        yield Find(Row("wake", tr("Sync now"), icon="refresh-cw"), session.courier.wake)
    for evening, question in ((False, tr("Ready to leave?")), (True, tr("All home?"))):
        check = Row(f"ready/{evening}", question, icon="house" if evening else "clipboard-check")
        yield Find(check, partial(window.navigate, "sync", ready="evening" if evening else "morning"))
    for page in ("program", "network", "copies", "handover", "diagnosis"):
        yield Find(Row(page, title(page), icon=place(page).icon), partial(window.navigate, page))
    if session.keeper is not None or session.practice is not None:
        yield Find(Row("lock", tr("Lock now"), icon="lock", trailing="Ctrl L"), partial(asked.lock, window))
    if session.practice is not None:
        plug = tr("Pull the network out") if session.practice.plugged else tr("Plug the network in")
        yield Find(Row("plug", plug, icon="plug", trailing="Ctrl Shift N"), partial(asked.plug, window))
