"""`gateway updates`: begin a folder of versions, hand versions out, to more laptops, to none, keep its list fresh."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.errors import RefusedError
from fieldapp.texts import tr

if TYPE_CHECKING:
    from securesystemslib.signer import CryptoSigner

    from sync.gateway.updates.folder import UpdateFolder
    from sync.updates.release import Release

PASSPHRASE = "FIELDAPP_UPDATES_PASSPHRASE"  # noqa: S105 - the name of a variable


def add_updates(acts: _SubParsersAction[ArgumentParser]) -> None:
    """Add the commands to the gateway's."""
    parser = acts.add_parser("updates", help=tr("hand out versions of FieldApp, signed, to some laptops or to all"))
    verbs = parser.add_subparsers(title=tr("commands"), metavar="COMMAND", required=True)
    begin = verbs.add_parser("begin", help=tr("make keys and an empty folder; says which file the program ships with"))
    publish = verbs.add_parser("publish", help=tr("sign a built program and hand it out"))
    publish.add_argument("program", type=Path, metavar="PROGRAM", help=tr("its folder, as in dist/fieldapp"))
    publish.add_argument("--version", required=True, metavar="V", help=tr("its version, as in 0.2.0"))
    publish.add_argument("--system", default="", metavar="S", help=tr("for which computers (default: as this one)"))
    for language in ("en", "fr"):
        note = tr("what is new, in one sentence ({language})", language=language)
        publish.add_argument(f"--note-{language}", default="", metavar="TEXT", help=note)
    share = verbs.add_parser("share", help=tr("hand a version to another share of laptops"))
    withdraw = verbs.add_parser("withdraw", help=tr("hand a version out no more; laptops that have it keep it"))
    for one in (share, withdraw):
        one.add_argument("version", metavar="V", help=tr("the version, as in 0.2.0"))
    _add_share(publish, share)
    fresh = verbs.add_parser("refresh", help=tr("say that the list is still today's, at least monthly; serve does it"))
    renew = verbs.add_parser("renew", help=tr("sign root and list anew, once a year"))
    listed = verbs.add_parser("list", help=tr("print what is handed out, and to whom"))
    runs = ((begin, _begin), (publish, _publish), (share, _share), (withdraw, _withdraw), (fresh, _refresh))
    for made, run in (*runs, (renew, _renew), (listed, _list)):
        made.add_argument("--updates", type=Path, required=True, metavar="DIR", help=tr("the folder of versions"))
        made.set_defaults(run=run)
        if made is not listed:
            made.add_argument("--keys", type=Path, required=True, metavar="DIR", help=tr("where the keys lie"))


def _add_share(*parsers: ArgumentParser) -> None:
    for parser in parsers:
        some = tr("how many percent of all laptops get it (default: 100)")
        parser.add_argument("--share", type=percent, default=100, metavar="PERCENT", help=some)
        named = tr("laptops that get it whatever the share is, as in PILOT-*; may be given several times")
        parser.add_argument("--laptop", action="append", metavar="NAME", help=named)


def percent(text: str) -> int:
    """A share, as one writes it."""
    number = text.removesuffix("%")
    if not number.isdecimal() or int(number) > 100:
        raise ArgumentTypeError(tr("{text} is no share: give percent, 0 to 100.", text=text))
    return int(number)


def _begin(options: Namespace) -> int:
    from sync.gateway.updates.keys import DAILY, RELEASES, ROOT, make_keys

    passphrase = _passphrase(tr("A passphrase for the keys of root and releases (blank: none): "))
    make_keys(options.keys, passphrase)
    root = _folder(options, passphrase, ROOT, RELEASES, DAILY).begin()
    print(tr("Keys: {keys}. Keep root and releases away from the gateway, and a copy of both.", keys=options.keys))
    print(tr("The root that the program ships with: {root}", root=root))
    return 0


def _publish(options: Namespace) -> int:
    from fieldapp.updates.place import this_system
    from sync.gateway.updates.publishing import publish
    from sync.updates.release import Release

    notes = {one: text for one in ("en", "fr") if (text := getattr(options, f"note_{one}"))}
    asked = Release(
        options.version,
        options.system or this_system(),
        "",
        options.share,
        tuple(options.laptop or ()),
        notes,
    )
    signing = _signing(options)
    print(tr("The program is being packed and signed. This takes some minutes."), file=sys.stderr)
    print(_line(publish(signing, options.program, asked)))
    return 0


def _share(options: Namespace) -> int:
    from sync.gateway.updates.publishing import share

    laptops = None if options.laptop is None else tuple(options.laptop)
    for one in share(_signing(options), options.version, options.share, laptops):
        print(_line(one))
    return 0


def _withdraw(options: Namespace) -> int:
    from sync.gateway.updates.publishing import withdraw

    withdraw(_signing(options), options.version)
    print(tr("{version} is handed out no more. Laptops that have taken it keep it.", version=options.version))
    return 0


def _refresh(options: Namespace) -> int:
    from sync.gateway.updates.keys import DAILY

    _folder(options, "", DAILY).refresh()
    return 0


def _renew(options: Namespace) -> int:
    from sync.gateway.updates.keys import DAILY, RELEASES, ROOT

    _folder(options, _passphrase(tr("The passphrase of the keys: ")), ROOT, RELEASES, DAILY).renew()
    print(tr("Signed anew. Laptops take the new root by themselves."))
    return 0


def _list(options: Namespace) -> int:
    found = _folder(options, "").releases()
    for one in found:
        print(_line(one))
    if not found:
        print(tr("No version is handed out yet."))
    return 0


def _line(one: Release) -> str:
    words = {"version": one.version, "system": one.system, "share": one.share}
    said = tr("{version} for {system}: {share} % of all laptops", **words)
    return said + (tr(", and {laptops}", laptops=", ".join(one.laptops)) if one.laptops else "")


def _signing(options: Namespace) -> UpdateFolder:
    from sync.gateway.updates.keys import DAILY, RELEASES

    return _folder(options, _passphrase(tr("The passphrase of the keys: ")), RELEASES, DAILY)


def _folder(options: Namespace, passphrase: str, *names: str) -> UpdateFolder:
    from fieldapp.clock import SystemClock
    from sync.gateway.updates.folder import UpdateFolder
    from sync.gateway.updates.keys import DAILY, ENDING, RELEASES, ROOT, signer_of

    roles = {ROOT: ("root",), RELEASES: ("targets",), DAILY: ("snapshot", "timestamp")}
    signers: dict[str, CryptoSigner] = {}
    for name in names:
        signer = signer_of(options.keys / f"{name}{ENDING}", passphrase)
        signers |= dict.fromkeys(roles[name], signer)
    return UpdateFolder(options.updates, SystemClock(), signers)


def _passphrase(question: str) -> str:
    """From the environment, where a program calls; else from who sits here."""
    said = os.environ.get(PASSPHRASE)
    try:
        return getpass(question) if said is None else said
    except EOFError as fault:  # a program calls, without a terminal
        raise RefusedError(tr("Nobody is here to type a passphrase: put it into {name}.", name=PASSPHRASE)) from fault
