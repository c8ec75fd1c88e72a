"""Commands of the sync layer."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.texts import tr

if TYPE_CHECKING:
    from sync.gateway import GatewayService


def add_commands(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add this layer's commands to the program's parser."""
    parser = commands.add_parser("gateway", help=tr("run the City's records gateway"))
    acts = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_serve(acts)
    _add_account(acts)


def _add_serve(acts: _SubParsersAction[ArgumentParser]) -> None:
    parser = acts.add_parser("serve", help=tr("answer laptops until Ctrl+C"))
    _add_common(parser)
    parser.add_argument("--port", type=int, default=0, metavar="N", help=tr("the port (default: any free one)"))
    parser.add_argument("--host", default="127.0.0.1", help=tr("the address to answer at (default: this machine only)"))
    parser.set_defaults(run=_serve)


def _add_account(acts: _SubParsersAction[ArgumentParser]) -> None:
    parser = acts.add_parser("account", help=tr("add or change a person, and print a token to sign in with"))
    _add_common(parser)
    parser.add_argument("person", help=tr("the person's user id"))
    parser.add_argument("--name", required=True, help=tr("the name as colleagues know it"))
    parser.add_argument("--role", action="append", required=True, help=tr("a role; may be given several times"))
    parser.add_argument("--ward", action="append", help=tr("a ward, two digits; may be given several times (else all)"))
    parser.set_defaults(run=_account)


def _add_common(parser: ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help=tr("where the City's records lie"))
    folders = tr("a folder of services; may be given several times (default: the shipped ones)")
    parser.add_argument("--services", type=Path, action="append", metavar="DIR", help=folders)


def _serve(options: Namespace) -> int:
    from sync.gateway.server import GatewayServer

    service = _service(options)
    server = GatewayServer(service, port=options.port, host=options.host)
    try:
        server.start()
        print(tr("The gateway answers at {url}", url=server.url), flush=True)
        server.wait()
    finally:
        server.stop()
        service.close()
    return 0


def _account(options: Namespace) -> int:
    from fieldapp.access import ROLES
    from fieldapp.errors import RefusedError
    from fieldapp.records import Person

    if unknown := set(options.role) - ROLES:
        raise RefusedError(tr("Unknown role: {role}", role=", ".join(sorted(unknown))))
    service = _service(options)
    try:
        wards = frozenset(options.ward or ["*"])
        service.people.keep(Person(options.person, options.name, frozenset(options.role), wards))
        print(service.give_token(options.person))
    finally:
        service.close()
    return 0


def _service(options: Namespace) -> GatewayService:
    from fieldapp.clock import SystemClock
    from fieldapp.services import Catalogue
    from sync.gateway import GatewayService

    catalogue = Catalogue.load(options.services or (), cache=options.data / "cache")
    return GatewayService(options.data, catalogue, SystemClock(), city=tr("City records gateway"))
