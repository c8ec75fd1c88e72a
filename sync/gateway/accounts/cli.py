"""`gateway account`: who works for the City, in which role, wards and offices, and a token to sign in with."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from fieldapp.texts import tr

if TYPE_CHECKING:
    from sync.gateway.service import GatewayService


def add_account(
    acts: _SubParsersAction[ArgumentParser],
    common: Callable[[ArgumentParser], None],
    opened: Callable[[Namespace], GatewayService],
) -> None:
    """Add the command. `opened` opens the gateway that its options name."""
    parser = acts.add_parser("account", help=tr("add or change a person, and print a token to sign in with"))
    common(parser)
    parser.add_argument("person", help=tr("the person's user id"))
    parser.add_argument("--name", required=True, help=tr("the name as colleagues know it"))
    parser.add_argument("--role", action="append", required=True, help=tr("a role; may be given several times"))
    parser.add_argument("--ward", action="append", help=tr("a ward, two digits; may be given several times (else all)"))
    office = tr("an office whose desk the person works at, in all wards; may be given several times")
    parser.add_argument("--office", action="append", default=[], help=office)
    parser.set_defaults(run=_account, opened=opened)


def _account(options: Namespace) -> int:
    from fieldapp.access import check_user_id
    from fieldapp.records import Person

    scope = _roles(options.role), _wards(options.ward)
    person = Person(check_user_id(options.person), options.name, *scope, offices=_offices(options.office))
    service: GatewayService = options.opened(options)
    try:
        if not service.people.names():  # after a slip in --data the token is of a city where nobody ever looks
            told = tr("The first account of a new City, in {folder}. Is that the folder meant?", folder=options.data)
            print(told, file=sys.stderr)
        service.people.keep(person)
        print(service.give_token(person.id))
    finally:
        service.close()
    return 0


def _roles(asked: Sequence[str]) -> frozenset[str]:
    from fieldapp.access import ROLES
    from fieldapp.errors import RefusedError

    if unknown := set(asked) - ROLES:
        words = {"role": ", ".join(sorted(unknown)), "known": ", ".join(sorted(ROLES))}
        raise RefusedError(tr("Unknown role: {role}. The roles are {known}.", **words))
    return frozenset(asked)


def _wards(asked: Sequence[str] | None) -> frozenset[str]:
    from fieldapp.errors import RefusedError

    for ward in asked or ():
        if not (len(ward) == 2 and ward.isdecimal() and ward.isascii()):
            raise RefusedError(tr("“{ward}” is no ward: write two digits, as in 04.", ward=ward))
    return frozenset(asked or ["*"])


def _offices(asked: Sequence[str]) -> frozenset[str]:
    from fieldapp.access import OFFICE
    from fieldapp.errors import RefusedError

    for office in asked:
        if not OFFICE.fullmatch(office):
            raise RefusedError(tr("“{name}” must be lower-case letters, digits and hyphens", name=office))
    return frozenset(asked)
