"""The command `gateway open311`: the Open311 servers to which requests are handed on, and what got stuck."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable, Iterator
from getpass import getpass
from typing import TYPE_CHECKING

from fieldapp.errors import RefusedError
from fieldapp.texts import plural, tr
from sync.gateway.opening import records_of

if TYPE_CHECKING:
    from sync.gateway.outside.servers import OutsideServer
    from sync.gateway.service import GatewayService

Common = Callable[[ArgumentParser], None]  # adds where the records are
Opened = Callable[[Namespace], "GatewayService"]
VARIABLE = "FIELDAPP_OPEN311_KEY"  # of the environment: what stands in a command is seen by all


def add_outside(acts: _SubParsersAction[ArgumentParser], common: Common, opened: Opened) -> None:
    """Add the commands to the gateway's."""
    parser = acts.add_parser("open311", help=tr("servers of other cities to which requests are handed on (Open311)"))
    kinds = parser.add_subparsers(title=tr("commands"), metavar="COMMAND", required=True)
    give = kinds.add_parser(
        "add", help=tr("hand requests on to a server; its api_key is asked for, or in {name}", name=VARIABLE)
    )
    _add_settings(give)
    show = kinds.add_parser("list", help=tr("the servers and how they fare; 1 when a person must look at something"))
    end = kinds.add_parser("remove", help=tr("hand nothing on to a server any more"))
    end.add_argument("name", metavar="NAME", help=tr("as services name it"))
    ask = kinds.add_parser("ask", help=tr("what a server offers, and what services that name it lack"))
    ask.add_argument("name", metavar="NAME", help=tr("as services name it"))
    stuck = kinds.add_parser("settle", help=tr("decide about a request that got stuck; without a choice it is dropped"))
    stuck.add_argument("number", metavar="NUMBER", help=tr("the City's number of the request"))
    chosen = stuck.add_mutually_exclusive_group()
    chosen.add_argument("--id", default="", help=tr("the server has it, under this id"))
    chosen.add_argument("--again", action="store_true", help=tr("the server does not have it: hand it on again"))
    for made, run in ((give, _add), (show, _list), (end, _remove), (stuck, _settle), (ask, _ask)):
        common(made)
        made.set_defaults(run=run, opened=opened)


def _add_settings(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=tr("as services name it"))
    parser.add_argument("url", metavar="URL", help=tr("its endpoint, as in https://host.example/open311/v2/"))
    parser.add_argument("--title", default="", help=tr("its name for people (default: NAME)"))
    parser.add_argument(
        "--jurisdiction", default="", metavar="J", help=tr("its jurisdiction_id, where it serves several")
    )
    parser.add_argument("--json", action="store_true", help=tr("ask for JSON (default: XML, which all servers speak)"))
    parser.add_argument("--pictures", action="store_true", help=tr("it takes pictures with a request"))
    updates = tr("it speaks servicerequestupdates: it is asked for updates, and told of ours")
    parser.add_argument("--updates", action="store_true", help=updates)
    repeats = tr("it knows a request that comes twice (by Idempotency-Key or the marker), as FieldApp's gateway does")
    parser.add_argument("--repeats", action="store_true", help=repeats)


def _add(options: Namespace) -> int:
    from sync.adapters.open311 import JSON, XML
    from sync.gateway.outside.servers import OutsideServer, add

    told = options.url, _key(), options.jurisdiction, JSON if options.json else XML
    flags = options.pictures, options.updates, options.repeats
    with records_of(options) as database:
        add(database, OutsideServer(options.name, options.title, *told, *flags))
    print(tr("Requests go on to {name}: {url}", name=options.name, url=options.url))
    return 0


def _key() -> str:
    """From the environment, where a program calls; else from who sits here."""
    said = os.environ.get(VARIABLE)
    try:
        return (getpass(tr("api_key (blank for none): ")) if said is None else said).strip()
    except EOFError as fault:  # a program calls, without a terminal
        raise RefusedError(tr("Nobody is here to type an api_key: put it into {name}.", name=VARIABLE)) from fault


def _list(options: Namespace) -> int:
    """1 where a person must look at something: a watchdog may ask."""
    from sync.gateway.outside.servers import listed_servers
    from sync.gateway.outside.settling import stuck

    with records_of(options) as database:
        servers, found = listed_servers(database), stuck(database)
        rows = database.read("SELECT server, state, count(*) FROM outside_request GROUP BY server, state")
    counts = {(server, state): n for server, state, n in rows}
    for server in servers:
        print(f"{server.name}  {server.url}")
        for line in _lines(server, {state: n for (name, state), n in counts.items() if name == server.name}):
            print(f"  {line}")
    unknown = sorted({name for name, _ in counts} - {server.name for server in servers})
    for name in unknown:
        print(tr("Requests wait for the server “{name}”, which the gateway does not know: add it.", name=name))
    for one in found:
        print(f"! {one.ref}  {one.server}  {one.state}: {one.why}")
    if not servers and not unknown:
        print(tr("Requests go on to no server."))
    return 1 if found or unknown else 0


def _lines(server: OutsideServer, counts: dict[str, int]) -> Iterator[str]:
    if server.failures:
        words = {"since": server.failing_since, "why": server.why, "next": server.next_at}
        yield tr("failing since {since}: {why}; next try at {next}", **words)
    if known := counts.get("known", 0):
        yield plural(known, "{n} request is there", "{n} requests are there")
    if waiting := sum(counts.get(state, 0) for state in ("waiting", "posted", "token")):
        yield plural(waiting, "{n} request is on its way", "{n} requests are on their way")


def _remove(options: Namespace) -> int:
    from sync.gateway.outside.servers import remove

    with records_of(options) as database:
        remove(database, options.name)
    print(tr("Nothing goes on to {name} any more.", name=options.name))
    return 0


def _settle(options: Namespace) -> int:
    from sync.gateway.outside.settling import settle

    service = options.opened(options)
    try:
        now = service.now()
        settle(service.database, service.catalogue, options.number, now, number=options.id, again=options.again)
    finally:
        service.close()
    print(tr("{number} is settled.", number=options.number))
    return 0


def _ask(options: Namespace) -> int:
    """1 where a service that names the server would be refused there."""
    from sync.gateway.outside.asking import lacks, offers

    service = options.opened(options)
    try:
        for line in offers(service.database, options.name):
            print(line)
        found = list(lacks(service.database, service.catalogue, options.name))
    finally:
        service.close()
    for line in found:
        print(f"! {line}")
    return 1 if found else 0
