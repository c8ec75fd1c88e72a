"""What the palette (Ctrl+K) offers to do beside going to pages and starting services."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from fieldapp import texts
from fieldapp.access import COUNTER, SUPERVISOR
from fieldapp.texts import tr
from ui.help import opening as helping
from ui.search.finds import Find
from ui.settings import choices
from ui.shell.pages import title
from ui.widgets import Row

if TYPE_CHECKING:
    from ui.window import MainWindow


def offers(window: MainWindow) -> list[Find]:
    """The window's own acts, those of the person's roles, and those of this laptop."""
    settings = choices.finds(window.session)  # last: there are many, and whoever wants one types it
    return [*_of_roles(window), *_of_all(window), *_of_laptop(window), *settings]


def _of_all(window: MainWindow) -> Iterator[Find]:
    language = tr("Switch to French (Français)") if texts.language() == "en" else tr("Switch to English")
    yield Find(Row("keys", tr("This list of keys"), icon="keyboard", trailing="F1"), window.show_keys)
    yield Find(Row("language", language, icon="languages", trailing="Ctrl Shift L"), window.chosen.other_language)
    settings = Row("settings", tr("Settings"), icon="settings", trailing="Ctrl ,")
    notices = Row("notices", tr("Notices"), icon="bell", trailing="Ctrl Shift B")
    yield Find(settings, partial(window.navigate, "settings"))
    yield Find(notices, partial(window.navigate, "notices"))
    yield Find(Row("help", tr("Help for this page"), icon="circle-help", trailing="Shift F1"), window.show_help)
    yield from helping.finds(window.show_article)
    code, pasted = tr("Find by a code in a picture…"), tr("Find by what is on the clipboard")
    finder = window.finder
    yield Find(Row("code", code, icon="scan-barcode"), partial(finder.choose, window), tr("QR code bar code scan"))
    yield Find(Row("paste", pasted, icon="clipboard", trailing="Ctrl Shift V"), finder.paste, tr("QR code bar code"))


def _of_roles(window: MainWindow) -> Iterator[Find]:
    roles = window.session.person.roles
    if COUNTER in roles:
        money = Row("money", tr("Till and payments"), icon="receipt", trailing="Ctrl T")
        stock = Row("stock", tr("Stock"), icon="package")
        ticket = Row("queue", tr("Tickets: who waits"), icon="users")
        yield Find(Row("next", tr("Next resident"), icon="users", trailing="Ctrl N"), window.next_resident)
        yield Find(
            money,
            partial(window.navigate, "money"),
            tr(
                "open close the till count cash drawer float take money pay back refund void a receipt print reprint "
                "change short over end of day"
            ),
        )
        yield Find(ticket, partial(window.navigate, "counter"), tr("new ticket call next who is waiting queue line up"))
        yield Find(stock, partial(window.navigate, "stock"), tr("dog tags licence paper count what is left"))
    looked_up = {
        "property": (
            tr("Property and collection day"),
            tr("garbage day waste recycling ward zoning address roll number"),
        ),
        "bus": (tr("HSR bus stops"), tr("next bus transit timetable schedule route stop")),
        "bookings": (tr("Appointments"), tr("calendar booked time clinic ceremony")),
        "fees": (tr("Fees and holidays"), tr("price cost how much is open closed holiday")),
    }
    for tab, (name, words) in looked_up.items():
        yield Find(Row(f"look/{tab}", name, icon="map"), partial(window.navigate, "lookups", tab=tab), words)
    if SUPERVISOR in roles:
        board = Row("dashboard", tr("Dashboard"), icon="layout-dashboard")
        laptops = Row("fleet", tr("Fleet"), icon="laptop", trailing="Ctrl Shift F")
        figures = tr("report statistics figures workload council charts export")
        yield Find(board, partial(window.navigate, "dashboard"), figures)
        away = Row("away", tr("Somebody is away"), icon="users")
        rule = Row("rules", tr("Try a rule on past records"), icon="scale")
        yield Find(laptops, partial(window.navigate, "fleet"), tr("Laptops"))
        yield Find(away, partial(window.navigate, "away"), tr("sick leave holiday absent assign workload delegate"))
        yield Find(rule, partial(window.navigate, "rules"), tr("what if simulate change fee"))


def _of_laptop(window: MainWindow) -> Iterator[Find]:
    session = window.session
    if session.courier is not None:
        yield Find(Row("wake", tr("Sync now"), icon="refresh-cw"), session.courier.wake)
    for evening, asked in ((False, tr("Ready to leave?")), (True, tr("All home?"))):
        check = Row(f"ready/{evening}", asked, icon="house" if evening else "clipboard-check")
        words = tr("end of day go home finish the day") if evening else tr("begin the day start of day")
        yield Find(check, partial(window.navigate, "sync", ready="evening" if evening else "morning"), words)
    program = Row("program", title("program"), icon="download")
    yield Find(program, partial(window.navigate, "program"), tr("Version update"))
    if session.keeper is not None:
        yield Find(Row("lock", tr("Lock now"), icon="lock", trailing="Ctrl L"), window.lock)
    if session.practice is not None:
        plug = tr("Pull the network out") if session.practice.plugged else tr("Plug the network in")
        yield Find(Row("plug", plug, icon="plug", trailing="Ctrl Shift N"), window.plug)
