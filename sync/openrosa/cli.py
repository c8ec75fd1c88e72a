"""Commands: which forms a server offers, and bringing them here as services."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.texts import plural, tr

if TYPE_CHECKING:
    from sync.openrosa.messages import FormEntry
    from sync.openrosa.server import OpenRosaServer


def add_openrosa(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the commands to the program's parser."""
    parser = commands.add_parser("openrosa", help=tr("forms of an ODK server (OpenRosa) as services of this machine"))
    acts = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listed = acts.add_parser("list", help=tr("print the forms that the server offers"))
    listed.set_defaults(run=_list)
    listed.add_argument("--json", action="store_true", help=tr("print the result as JSON"))
    get = acts.add_parser("get", help=tr("fetch forms with their files, or bring them up to date"))
    get.set_defaults(run=_get)
    for one in (listed, get):
        sign_in = tr("the server's address; FIELDAPP_OPENROSA tells the sign-in, as ADDRESS NAME:PASSWORD")
        one.add_argument("server", metavar="URL", help=sign_in)
    get.add_argument("form", nargs="*", help=tr("a form's id; may be given several times (default: all)"))
    get.add_argument("--city", default="city", metavar="NAME", help=tr("for which city (default: city)"))
    get.add_argument("--into", type=Path, metavar="DIR", help=tr("another folder of services"))


def _list(options: Namespace) -> int:
    with _server(options.server) as server:
        forms = server.forms()
    if options.json:
        print(json.dumps([vars(form) for form in forms], ensure_ascii=False, indent=1))
        return 0
    for form in forms:
        print(f"{form.id}  {form.version or '–'}  {form.name}")
    print(plural(len(forms), "{n} form", "{n} forms"))
    return 0


def _get(options: Namespace) -> int:
    from fieldapp.errors import InputError
    from fieldapp.paths import home
    from sync.openrosa.forms import Fetching

    services = options.into or home(options.city).services
    refused = 0
    with _server(options.server) as server:
        fetching = Fetching(server, options.server, services)
        for entry in _wanted(server, options.form):
            try:
                fetched = fetching.get(entry)
            except InputError as fault:  # this form cannot be used; the others can
                refused += 1
                print(tr("{form}: not taken: {why}", form=entry.id, why=fault))
                continue
            words = {"form": entry.id, "folder": fetched.folder, "known": fetched.known}
            print(plural(fetched.new, "{form}: {n} file fetched, {known} here already, in {folder}",
                         "{form}: {n} files fetched, {known} here already, in {folder}", **words))  # fmt: skip
    return 1 if refused else 0


def _wanted(server: OpenRosaServer, ids: list[str]) -> list[FormEntry]:
    if not ids:
        return server.forms()
    return [server.form(form_id) for form_id in ids]


@contextmanager
def _server(address: str) -> Iterator[OpenRosaServer]:
    """The server, signed in as the environment tells."""
    from sync.openrosa.credentials import VARIABLE, told
    from sync.openrosa.line import Line
    from sync.openrosa.server import OpenRosaServer
    from sync.openrosa.sign_in import SignIn

    server = OpenRosaServer(Line(address, SignIn.of(told(os.environ.get(VARIABLE, ""), address))))
    try:
        yield server
    finally:
        server.close()
