"""Commands of the hand-over: unsent work in one encrypted file, carried by hand."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.errors import SyncError
from fieldapp.texts import tr

if TYPE_CHECKING:
    from fieldapp.handover import Bundle
    from fieldapp.store import Store
    from sync.api import RemoteApi


def add_handover(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the commands to the program's parser."""
    parser = commands.add_parser("handover", help=tr("carry unsent work by hand, in one encrypted file"))
    acts = parser.add_subparsers(title=tr("commands"), metavar="COMMAND", required=True)
    out = acts.add_parser("export", help=tr("write all unsent work of a person, with its photos"))
    out.set_defaults(run=_export)
    into = acts.add_parser("import", help=tr("take it in on another laptop of that person, or send it to the City"))
    gateway = tr("send it to the City's gateway at this address; the person's token is in FIELDAPP_TOKEN")
    into.add_argument("--gateway", metavar="URL", help=gateway)
    into.add_argument("--issuer", metavar="URL", help=tr("the City's identity provider (instead of FIELDAPP_TOKEN)"))
    into.add_argument("--client-id", metavar="ID", help=tr("as what FieldApp is known there"))
    into.add_argument("--scope", default="openid profile", help=tr("what is asked for there"))
    into.add_argument("--resource", default="", metavar="URI", help=tr("the gateway's name there, if it wants one"))
    into.add_argument("--device-code", action="store_true", help=tr("sign in with a code, on any other device"))
    into.set_defaults(run=_import)
    for act in (out, into):
        act.add_argument("file", type=Path, help=tr("the hand-over file"))
        add_whose(act, required=act is out)


def add_whose(parser: ArgumentParser, *, required: bool) -> None:
    """The arguments that name a store of this machine."""
    parser.add_argument("--person", required=required, metavar="ID", help=tr("whose work it is"))
    parser.add_argument("--city", default="city", metavar="NAME", help=tr("the folder of this city's stores"))
    parser.add_argument("--home", type=Path, metavar="DIR", help=tr("another folder for this machine's data"))


def opened(file: Path) -> Bundle:
    """A hand-over file, its passphrase asked for."""
    from fieldapp.handover import Bundle

    return Bundle(file, getpass(tr("Passphrase of the hand-over file: ")))


def report(bundle: Bundle, api: RemoteApi, scratch: Path) -> int:
    """Deliver, and say what came of it; 0 when the City has all of it, 1 when something needs its person."""
    from fieldapp.clock import SystemClock
    from sync.handover.deliver import deliver

    done = deliver(bundle, api, SystemClock(), scratch)
    words = ", ".join(f"{status} {n}" for status, n in sorted(done.results.items()))
    print(tr("The City answered: {words}; files: {n}", words=words or "0", n=done.files))
    for one in done.not_taken:
        print(f"  {one.record}: {one.status} {one.message}")
    if done.files_missing:
        print(tr("Files that the City has not taken: {n}. Send the file once more.", n=done.files_missing))
    return 0 if done.whole else 1


def _export(options: Namespace) -> int:
    from fieldapp.clock import SystemClock
    from fieldapp.errors import RefusedError
    from fieldapp.handover import export

    store = _store(options, options.person)
    try:
        passphrase = getpass(tr("Choose a passphrase for the hand-over file: "))
        if getpass(tr("The same passphrase again: ")) != passphrase:
            raise RefusedError(tr("That was not the same passphrase twice. Nothing was made; please start again."))
        print(export(store, options.person, options.file, passphrase, SystemClock()), end="")
    finally:
        store.close()
    return 0


def _import(options: Namespace) -> int:
    bundle = opened(options.file)
    if options.gateway:
        return _send(bundle, options)
    from fieldapp.handover import take_in

    person = options.person or bundle.manifest.person
    store = _store(options, person)
    try:
        taken = take_in(bundle, store, person)
    finally:
        store.close()
    print(tr("Changes taken in: {new}, here already: {known}, files: {files}", **vars(taken)))
    print(tr("They are sent with the next sync of this laptop."))
    return 0


def _send(bundle: Bundle, options: Namespace) -> int:
    from tempfile import gettempdir

    from sync.adapters.gateway import GatewayClient

    with _signed_in(options) as token:
        client = GatewayClient(options.gateway, token)
        try:
            return report(bundle, client, Path(gettempdir()))
        finally:
            client.close()


@contextmanager
def _signed_in(options: Namespace) -> Iterator[str]:
    """A token of the person whose work it is: a practice one, or of a sign-in that is kept nowhere and ended after."""
    from fieldapp.errors import RefusedError

    token = os.environ.get("FIELDAPP_TOKEN", "")
    if not options.issuer and not token:
        raise RefusedError(tr("FIELDAPP_TOKEN holds no token: ask the City's gateway for one, or give --issuer."))
    if not options.issuer:
        yield token
        return
    from fieldapp.clock import SystemClock
    from sync.sign_in.asking import asking
    from sync.sign_in.entry import asked
    from sync.sign_in.renewal import revoke
    from sync.sign_in.tokens import Registration

    if not options.client_id:
        raise RefusedError(tr("--issuer needs --gateway and --client-id."))
    registration = Registration(options.issuer, options.client_id, options.scope, options.resource)
    way = asking(host="127.0.0.1", device=options.device_code)
    tokens = asked(registration, SystemClock(), way, lambda words: print(words, flush=True))
    try:
        yield tokens.access
    finally:
        with suppress(SyncError):  # the sign-in ends by itself too
            revoke(tokens)


def _store(options: Namespace, person: str) -> Store:
    """The person's store on this machine, which must exist: a hand-over makes none."""
    from fieldapp.access import check_user_id
    from fieldapp.clock import SystemClock
    from fieldapp.paths import Home, home
    from fieldapp.store import Store, keys

    place = Home(options.home) if options.home else home(options.city)
    folder = place.store(check_user_id(person))
    return Store.open(folder, keys.key_for_command(folder, getpass), clock=SystemClock(), device="hand-over")
