"""Commands of the store: its daily copies, and going back to one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.texts import tr

if TYPE_CHECKING:
    from fieldapp.paths import Home


def add_snapshots(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the commands to the program's parser."""
    parser = commands.add_parser("snapshots", help=tr("the daily copies of a store, and going back to one"))
    acts = parser.add_subparsers(title=tr("commands"), metavar="COMMAND", required=True)
    show = acts.add_parser("list", help=tr("the copies that are here, newest first"))
    show.set_defaults(run=_list)
    back = acts.add_parser("restore", help=tr("put a copy in the store's place, and rescue into it what is newer"))
    back.add_argument("name", nargs="?", default="", help=tr("which copy (default: the newest)"))
    back.set_defaults(run=_restore)
    for act in (show, back):
        act.add_argument("--person", required=True, metavar="ID", help=tr("whose store"))
        act.add_argument("--city", default="city", metavar="NAME", help=tr("the folder of this city's stores"))
        act.add_argument("--home", type=Path, metavar="DIR", help=tr("another folder for this machine's data"))


def _list(options: Namespace) -> int:
    from fieldapp.store.snapshots import listed

    found = listed(_folder(options))
    for one in found:
        print(tr("{name}  {n} bytes", name=one.name, n=one.path.stat().st_size))
    if not found:
        print(tr("There is no copy of this store here."))
    return 0


def _restore(options: Namespace) -> int:
    from fieldapp.errors import RefusedError
    from fieldapp.services import Catalogue
    from fieldapp.store import keys
    from fieldapp.store.restore import restore
    from fieldapp.store.snapshots import listed

    folder = _folder(options)
    chosen = next((one for one in listed(folder) if options.name in {"", one.name}), None)
    if chosen is None:
        raise RefusedError(tr("There is no such copy of this store here. Nothing was changed."))
    done = restore(folder, keys.key_for_command(folder, getpass), chosen, Catalogue.of(_place(options)).merging)
    print(tr("The store is again as in the copy {name}, and what was newer is in it:", name=chosen.name))
    print(tr("rescued changes: {changes}, answers of the City: {answers}, drafts: {drafts}", **vars(done.rescued)))
    if done.unreadable:
        print(tr("Parts of a damaged file could not be read. What the City has comes back with the next sync."))
    print(tr("The file that was here before lies, whole, in {where}.", where=done.aside))
    return 0


def _folder(options: Namespace) -> Path:
    from fieldapp.access import check_user_id

    return _place(options).store(check_user_id(options.person))


def _place(options: Namespace) -> Home:
    from fieldapp.paths import Home, home

    return Home(options.home) if options.home else home(options.city)
