"""Commands of the screens: the practice city, one working day, a laptop of a real city."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp import logs
from fieldapp.errors import RefusedError
from fieldapp.texts import tr, use

if TYPE_CHECKING:
    from fieldapp.paths import Home
    from ui.address import Door


def add_commands(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add this layer's commands to the program's parser."""
    practice = commands.add_parser("practice", help=tr("open the practice city"))
    practice.add_argument("--home", type=Path, metavar="DIR", help=tr("another folder for the practice city"))
    practice.add_argument(
        "--as", dest="person", default="", help=tr("who to be: m.tremblay, j.osei, r.kaur, l.nguyen; asked without it")
    )
    practice.set_defaults(run=open_practice)
    begin = commands.add_parser(
        "start", help=tr("start as an installed program does: the first run, or the City's work")
    )
    again = tr("ask for the City's address again; nothing that is on this computer is touched")
    begin.add_argument("--again", action="store_true", help=again)
    begin.set_defaults(run=start)
    day = commands.add_parser("day", help=tr("play one working day of the practice city and report on it"))
    day.add_argument("--out", type=Path, metavar="DIR", help=tr("where report, pictures and stores go"))
    day.add_argument("--data", type=Path, metavar="DIR", help=tr("a folder of the City's open data to play on"))
    day.add_argument("--seed", type=int, default=1, help=tr("another number, another day"))
    day.set_defaults(run=play_day)
    city = commands.add_parser("open", help=tr("open a laptop of a real city; its token is in FIELDAPP_TOKEN"))
    gateway = tr("the address of the city's gateway (without one: only forms of an ODK server)")
    city.add_argument("--gateway", metavar="URL", help=gateway)
    city.add_argument("--person", default="", metavar="ID", help=tr("who works here (without: FieldApp asks)"))
    city.add_argument("--device", required=True, metavar="NAME", help=tr("this laptop's name, printed on receipts"))
    city.add_argument("--city", default="city", metavar="NAME", help=tr("the folder of this city's stores"))
    root = tr("the root that signs the City's versions of FieldApp, where the program ships with none; once is enough")
    city.add_argument("--updates-root", type=Path, metavar="FILE", help=root)
    _add_sign_in(city)
    city.set_defaults(run=open_city)
    told = commands.add_parser("settings", help=tr("what a person may choose: key, default, choices, and what it does"))
    told.add_argument("--person", default="", metavar="ID", help=tr("whose choices are shown too"))
    told.add_argument("--city", default="city", metavar="NAME", help=tr("the folder of this city's stores"))
    told.set_defaults(run=tell_settings)
    out = commands.add_parser("sign-out", help=tr("end a person's sign-in on this laptop; unsent work stays"))
    out.add_argument("--person", required=True, metavar="ID", help=tr("who works here"))
    out.add_argument("--city", default="city", metavar="NAME", help=tr("the folder of this city's stores"))
    out.set_defaults(run=sign_out)
    gallery = commands.add_parser("gallery", help=tr("every small widget in every state, in any look and language"))
    gallery.set_defaults(run=show_gallery)
    trial = commands.add_parser("selftest", help=tr("try whether all parts of the program work on this computer"))
    trial.set_defaults(run=_self_test)
    laptop = commands.add_parser("laptop")  # the day's own: no help, for nobody calls it by hand
    laptop.add_argument("options")
    laptop.set_defaults(run=_serve_laptop)


def add_service_verbs(verbs: _SubParsersAction[ArgumentParser]) -> None:
    """Add what a service's author does on the screen to the commands of `service`."""
    from fieldapp.services.cli import add_shelf

    trial = verbs.add_parser("try", help=tr("open a service's form on the screen: nothing is kept, nothing is sent"))
    trial.add_argument("name", metavar="ID", help=tr("a service, by its id or by its folder"))
    add_shelf(trial)
    trial.set_defaults(run=_try)


def _try(options: Namespace) -> int:
    from fieldapp.services.checking.cli import shelf_of
    from fieldapp.services.loader import load_service
    from ui.app import application, work
    from ui.trying.window import TrialWindow

    shelf = shelf_of(options)
    folder = shelf.find(options.name)
    service = load_service(folder, blocks=shelf.blocks(folder))
    use(options.language)
    application()
    window = TrialWindow(service)
    window.show()
    return work(lambda: None)


def _add_sign_in(city: ArgumentParser) -> None:
    city.add_argument("--issuer", metavar="URL", help=tr("the City's identity provider (instead of FIELDAPP_TOKEN)"))
    city.add_argument("--client-id", metavar="ID", help=tr("as what FieldApp is known there"))
    city.add_argument("--scope", default="openid profile offline_access", help=tr("what is asked for there"))
    city.add_argument("--resource", default="", metavar="URI", help=tr("the gateway's name there, if it wants one"))
    hosts = ("127.0.0.1", "localhost", "::1")
    redirect = tr("the name of this machine in the address that the browser comes back to")
    city.add_argument("--redirect-host", default=hosts[0], choices=hosts, help=redirect)
    city.add_argument("--device-code", action="store_true", help=tr("sign in with a code, on any other device"))


def show_gallery(_options: Namespace) -> int:
    """The gallery in a window."""
    from ui.app import application, work
    from ui.gallery import GalleryWindow

    application()
    window = GalleryWindow()
    window.show()
    return work(lambda: None)


def open_or_play(options: Namespace) -> int:
    """Open the practice city; where there is no display, play the day into the folder `day` here."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        print(tr("There is no display here: playing one working day of the practice city instead."))
        return play_day(Namespace(**vars(options), out=None, data=None, seed=1))
    if getattr(sys, "frozen", False):  # the program that was installed, not the project's own folder
        return start(Namespace(**vars(options), again=False))
    return open_practice(Namespace(**vars(options), home=None, person=""))


def start(options: Namespace) -> int:
    """The installed program: the City's work where this machine is connected to one, else the first run."""
    from fieldapp.paths import home
    from ui.app import application, work
    from ui.first_run.connection import kept
    from ui.first_run.starting import Starting

    place = home("city")
    logs.keep(place.log)
    application()
    starting = Starting(place, home())
    if options.again:
        starting.welcome(kept(place))
    else:
        starting.begin()
    return work(starting.close)


def open_practice(options: Namespace) -> int:
    """The practice city in a window."""
    from fieldapp.clock import SystemClock
    from fieldapp.paths import Home, home
    from ui.app import show, starting
    from ui.practice import PracticeScreen

    place = Home(options.home) if options.home else home()
    logs.keep(place.log)
    starting()
    if not options.person:
        return _practise(place)
    screen = PracticeScreen(place, SystemClock())
    return show(lambda: screen.sign_in(options.person), closing=screen.close)


def _practise(place: Home) -> int:
    """Say that the city is being built, then ask who one would like to be there."""
    from fieldapp.paths import home
    from ui.app import work
    from ui.first_run.starting import Starting

    first = Starting(home("city"), place)
    first.practise()
    return work(first.close)


def play_day(options: Namespace) -> int:
    """One working day; 0 when nothing was lost or doubled and all four sides are equal."""
    from fieldapp.clock import SystemClock
    from ui.day.driver import Day

    out = options.out or Path.cwd() / f"day-{SystemClock().now():%Y%m%d-%H%M%S}"
    report = Day(out, options.data, seed=options.seed).play()
    print("\n" + report.page() + f"\n\n{tr('Report and pictures: {folder}', folder=out)}")
    return 0 if report.good else 1


def open_city(options: Namespace) -> int:
    """A laptop of a real city in a window."""
    from fieldapp.access import check_user_id
    from fieldapp.paths import home
    from ui.app import starting, work
    from ui.unlock.front import Front
    from ui.unlock.keeper import Keeper

    place = home(options.city)
    logs.keep(place.log)
    person = check_user_id(options.person) if options.person else ""
    front = Front(place, options.device, _address(options), os.environ.get("FIELDAPP_OPENROSA", ""))
    if not (person or options.gateway):
        raise RefusedError(tr("Without a gateway FieldApp must be told who works here: --person."))
    if options.updates_root:
        from fieldapp.updates.place import Installed
        from sync.updates.listing import keep_root

        keep_root(Installed.here(), options.updates_root)
    starting()
    keeper = Keeper(front, person=person)
    keeper.begin()
    return work(keeper.close)


def sign_out(options: Namespace) -> int:
    """End a person's sign-in on this laptop."""
    from fieldapp.paths import home
    from ui.door import sign_out_of_city

    print(sign_out_of_city(home(options.city), options.person, getpass))
    return 0


def tell_settings(options: Namespace) -> int:
    """The table of settings, with what somebody has chosen."""
    from fieldapp.settings import settings

    kept = _kept_settings(options) if options.person else {}
    for one in settings():
        choices = " | ".join(one.choices) or "…"
        print(f"{one.key}  {choices}  [{one.default}]")
        print(f"    {one.title}. {one.help}")
        if one.key in kept:
            print("    " + tr("now: {value}", value=kept[one.key] or one.default))
    return 0


def _kept_settings(options: Namespace) -> dict[str, str]:
    from fieldapp.access import check_user_id
    from fieldapp.clock import SystemClock
    from fieldapp.paths import home
    from fieldapp.settings import settings
    from fieldapp.store import Store, keys

    folder = home(options.city).store(check_user_id(options.person))
    if not keys.exists(folder):
        raise RefusedError(tr("{person} has no store on this laptop.", person=options.person))
    store = Store.open(folder, keys.key_for_command(folder, getpass), clock=SystemClock(), device="", guide=None)
    try:
        return {one.key: one.value(store.setting(one.key)) for one in settings()}
    finally:
        store.close()


def _address(options: Namespace) -> Door | None:
    """The gateway, and how one gets in there."""
    from ui.address import Address

    if options.issuer:
        return _door(options)
    token = os.environ.get("FIELDAPP_TOKEN", "")
    if options.gateway and not token:
        raise RefusedError(tr("FIELDAPP_TOKEN holds no token: ask the City's gateway for one, or give --issuer."))
    return Address(options.gateway, token) if options.gateway else None


def _door(options: Namespace) -> Door:
    from sync.sign_in.asking import asking
    from sync.sign_in.tokens import Registration
    from ui.door import SignInDoor

    if not (options.gateway and options.client_id):
        raise RefusedError(tr("--issuer needs --gateway and --client-id."))
    registration = Registration(options.issuer, options.client_id, options.scope, options.resource)
    way = asking(host=options.redirect_host, device=options.device_code)
    return SignInDoor(options.gateway, registration, way, _tell)


def _tell(words: str) -> None:
    print(words, flush=True)


def _self_test(_options: Namespace) -> int:
    from ui.selftest import run

    return 0 if run(lambda line: print(line, flush=True)) else 1


def _serve_laptop(options: Namespace) -> int:
    from ui.day.laptop import serve

    return serve(json.loads(options.options))
