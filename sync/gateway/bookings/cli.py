"""The command `gateway slots`: back office keeps the City's calendar."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.texts import plural, tr

if TYPE_CHECKING:
    from sync.gateway.service import GatewayService

Common = Callable[[ArgumentParser], None]  # adds where the records are
Opened = Callable[[Namespace], "GatewayService"]


def add_slots(acts: _SubParsersAction[ArgumentParser], common: Common, opened: Opened) -> None:
    """Add the commands to the gateway's."""
    parser = acts.add_parser("slots", help=tr("keep the City's calendar: slots that residents are booked into"))
    kinds = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    take = kinds.add_parser("import", help=tr("take slots in from a CSV file, all or none"))
    take.add_argument("file", type=Path, metavar="FILE", help=tr("the calendar's file"))
    give = kinds.add_parser("export", help=tr("write the calendar as a CSV file (without FILE: here)"))
    give.add_argument("file", type=Path, nargs="?", metavar="FILE", help=tr("the calendar's file"))
    off = kinds.add_parser("cancel", help=tr("say that a slot does not take place; who is booked there is told"))
    off.add_argument("slot", metavar="ID", help=tr("the slot's id"))
    off.add_argument("--reason", required=True, help=tr("why; residents read it"))
    for made, run in ((take, _import), (give, _export), (off, _cancel)):
        common(made)
        made.set_defaults(run=run, opened=opened)


def add_feeds(acts: _SubParsersAction[ArgumentParser], common: Common, opened: Opened) -> None:
    """Add the commands about people's calendars."""
    parser = acts.add_parser("calendar", help=tr("secret addresses at which people's own calendar programs read"))
    kinds = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    give = kinds.add_parser("give", help=tr("print a new address for a person's calendar; the one before is dead"))
    give.add_argument("--url", required=True, help=tr("where the gateway answers, as calendar programs reach it"))
    dead = kinds.add_parser("revoke", help=tr("make the address of a person's calendar worthless"))
    for made, run in ((give, _give), (dead, _revoke)):
        made.add_argument("person", help=tr("the person's user id"))
        common(made)
        made.set_defaults(run=run, opened=opened)


def _give(options: Namespace) -> int:
    service = options.opened(options)
    try:
        secret = service.feeds.give(service.people.get(options.person).id, service.now())
    finally:
        service.close()
    print(f"{options.url.rstrip('/')}/v1/calendar/{secret}.ics")
    return 0


def _revoke(options: Namespace) -> int:
    service = options.opened(options)
    try:
        dead = service.feeds.revoke(options.person, service.now())
    finally:
        service.close()
    print(plural(dead, "{n} address is worthless now.", "{n} addresses are worthless now."))
    return 0


def _import(options: Namespace) -> int:
    from sync.gateway.bookings.file import read_slots
    from sync.gateway.bookings.keeping import take_in

    service = options.opened(options)
    try:
        slots = read_slots(options.file, service.catalogue)
        said = take_in(service.database, service.catalogue, slots, service.now())
    finally:
        service.close()
    words = {"new": said.new, "changed": said.changed, "told": said.told}
    print(tr("{new} new slots, {changed} changed, {told} bookings told.", **words))
    return 0


def _export(options: Namespace) -> int:
    from sync.gateway.bookings.file import written
    from sync.gateway.bookings.keeping import all_slots

    service = options.opened(options)
    try:
        text = written(all_slots(service.database))
    finally:
        service.close()
    if options.file is None:
        print(text, end="")
    else:
        options.file.write_text(text, "utf-8")
        print(tr("{file} is written.", file=options.file))
    return 0


def _cancel(options: Namespace) -> int:
    from sync.gateway.bookings.keeping import cancel

    service = options.opened(options)
    try:
        told = cancel(service.database, service.catalogue, options.slot, options.reason, service.now())
    finally:
        service.close()
    print(plural(told, "{n} booking was told.", "{n} bookings were told."))
    return 0
