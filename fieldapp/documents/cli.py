"""`fieldapp forms export` and `fieldapp forms import`: papers without a screen."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.texts import plural, tr

if TYPE_CHECKING:
    from fieldapp.actions import Desk, TakenForm
    from fieldapp.paths import Home


def add_forms(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add `forms` and what it can do."""
    forms = commands.add_parser("forms", help=tr("forms on paper: write blank ones, take filled ones in"))
    verbs = forms.add_subparsers(title=tr("commands"), metavar="COMMAND", required=True)
    export = verbs.add_parser("export", help=tr("write a blank fillable PDF of every service, with an index"))
    export.add_argument("folder", type=Path, metavar="DIR", help=tr("the folder to write into"))
    export.add_argument("service", nargs="*", metavar="ID", help=tr("these services only"))
    export.add_argument("--large", action="store_true", help=tr("in large print too"))
    export.set_defaults(run=_export)
    bring = verbs.add_parser("import", help=tr("make drafts of forms that were filled in a PDF reader"))
    bring.add_argument("file", nargs="+", type=Path, help=tr("a filled form (.pdf)"))
    bring.add_argument("--person", required=True, metavar="ID", help=tr("whose drafts they become"))
    bring.add_argument("--device", default="PAPER", metavar="NAME", help=tr("this laptop's name, printed on receipts"))
    bring.add_argument("--parent", default="", metavar="REFERENCE", help=tr("the record that they belong to"))
    bring.set_defaults(run=_import)
    for parser in (export, bring):
        parser.add_argument("--city", default="practice", metavar="NAME", help=tr("for which city (default: practice)"))
        parser.add_argument("--home", type=Path, metavar="DIR", help=tr("another folder for this machine's data"))


def _export(options: Namespace) -> int:
    from fieldapp.documents.blank.export import export
    from fieldapp.documents.blank.index import write_index

    written = []
    for one in export(_home(options), options.folder, options.service, large=options.large):
        print(one.file)
        written.append(one)
    write_index(options.folder, written)
    print(plural(len(written), "{n} form in {folder}", "{n} forms in {folder}", folder=options.folder))
    return 0


def _import(options: Namespace) -> int:
    """Take in what can be taken; 1 when a file was refused."""
    refused = 0
    with _desk(options) as desk:
        parent = _parent(desk, options.parent)
        for file in options.file:
            refused += not _taken(desk, file, parent)
    return 1 if refused else 0


def _taken(desk: Desk, file: Path, parent: str) -> bool:
    """Take one file in, and say what became of it."""
    from fieldapp.actions import take_form
    from fieldapp.documents.filled import MOST_BYTES
    from fieldapp.errors import FieldAppError

    try:
        with file.open("rb") as source:
            taken = take_form(desk, source.read(MOST_BYTES + 1), name=file.name, parent=parent)
    except FieldAppError as error:
        print(tr("Refused: {why}", why=error))
        return False
    _tell(file, taken)
    return True


def _tell(file: Path, taken: TakenForm) -> None:
    count = plural(taken.answers, "{n} answer", "{n} answers")
    print(tr("{file}: draft {reference}, {answers}", file=file.name, reference=taken.record.reference, answers=count))
    for one in taken.aside:
        print("  " + tr("kept beside: {label}: {value} ({why})", label=one.label, value=one.value or "–", why=one.why))
    if not taken.kept:
        print("  " + tr("The file itself was not kept: a payment card's number stands in it. Destroy the paper."))


def _parent(desk: Desk, reference: str) -> str:
    """The id of the record with that reference. RefusedError where none is here."""
    from fieldapp.errors import RefusedError
    from fieldapp.store import Query

    if not reference:
        return ""
    found = [one for one in desk.store.find(Query(text=reference), 50) if one.reference == reference]
    if not found:
        raise RefusedError(tr("No record with the reference {reference} is on this laptop.", reference=reference))
    return found[0].id


@contextmanager
def _desk(options: Namespace) -> Iterator[Desk]:
    """The person's desk on this machine, which must exist: a command makes none. Closed afterwards."""
    from getpass import getpass

    from fieldapp.access import check_user_id
    from fieldapp.actions import Desk
    from fieldapp.clock import SystemClock
    from fieldapp.errors import RefusedError
    from fieldapp.lanes import lane
    from fieldapp.places import Layers
    from fieldapp.services import Catalogue
    from fieldapp.store import Store, keys

    place, clock = _home(options), SystemClock()
    folder = place.store(check_user_id(options.person))
    catalogue = Catalogue.of(place)
    key = keys.key_for_command(folder, getpass)
    store = Store.open(folder, key, clock=clock, device=options.device, guide=catalogue)
    layers = Layers(place.layers)
    try:
        person = store.people.me()
        if person is None:
            raise RefusedError(tr("This store does not know its person yet: sync it once first."))
        yield Desk(person, store, catalogue, layers, clock, options.device, lane(place, person.id))
    finally:
        layers.close()
        store.close()


def _home(options: Namespace) -> Home:
    from fieldapp.paths import Home, home

    return Home(options.home) if options.home else home(options.city)
