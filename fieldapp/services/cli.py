"""The commands of a service's author: `fieldapp service …`. Each layer adds those that are its own."""

from __future__ import annotations

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from decimal import Decimal
from pathlib import Path

from fieldapp.texts import language, speaking, tr


def add_service(commands: _SubParsersAction[ArgumentParser]) -> _SubParsersAction[ArgumentParser]:
    """Add `service` to the program's commands; its own commands, to be added to."""
    parser = commands.add_parser("service", help=tr("make, check, try and publish a service of the City"))
    verbs = parser.add_subparsers(title=tr("commands"), metavar="COMMAND", required=True)
    check = verbs.add_parser("check", help=tr("name everything that is to be corrected in services"))
    check.add_argument("names", nargs="*", metavar="ID", help=tr("a service, by its id or by its folder"))
    check.add_argument("--all", action="store_true", help=tr("all services"))
    check.add_argument("--json", action="store_true", help=tr("print the result as JSON"))
    check.set_defaults(run=_check)
    new = verbs.add_parser("new", help=tr("make the folder of a new service, which works as it is"))
    new.add_argument("name", metavar="ID", help=tr("its id: lower-case letters, digits and hyphens"))
    new.add_argument("--title", default="", help=tr("what it is called, in English"))
    new.add_argument("--title-fr", default="", help=tr("what it is called, in French"))
    new.add_argument("--code", default="", help=tr("its code in the City's list of services"))
    new.add_argument("--into", type=Path, metavar="DIR", help=tr("where (default: the city's own services)"))
    new.add_argument("--fee", type=fee_amount, metavar="30.00", help=tr("with a fee of so many dollars, from today on"))
    new.add_argument("--visit-of", default="", metavar="ID", help=tr("a visit of another service's records"))
    new.add_argument("--spreadsheet", action="store_true", help=tr("the form as form.xlsx, not as form.md"))
    table = verbs.add_parser("table", help=tr("write the table of the services into a file that has a place for it"))
    table.add_argument("file", type=Path, help=tr("the file, as README.md"))
    table.set_defaults(run=_table)
    new.set_defaults(run=_new)
    prepare = verbs.add_parser("prepare", help=tr("convert all forms once, so that the next start is quick"))
    prepare.set_defaults(run=_prepare)
    for parser in (check, new, prepare):
        add_shelf(parser)
    return verbs


def add_shelf(parser: ArgumentParser) -> None:
    """Where services lie, and the language of what is said about them."""
    parser.add_argument("--city", default="practice", metavar="NAME", help=tr("whose own services (default: practice)"))
    more = tr("a further folder of services; may be given several times")
    parser.add_argument("--services", type=Path, action="append", default=[], metavar="DIR", help=more)
    parser.add_argument("--language", default=language(), metavar="en|fr", help=tr("the language of messages"))


def fee_amount(text: str) -> Decimal:
    """Dollars and cents. ArgumentTypeError for anything else."""
    if not re.fullmatch(r"\d{1,6}(\.\d{2})?", text):
        raise ArgumentTypeError(tr("“{text}” is no amount; write it as 30.00", text=text))
    return Decimal(text)


def _table(options: Namespace) -> int:
    from fieldapp.services.catalogue import Catalogue
    from fieldapp.services.listing import write_listing

    write_listing(options.file, Catalogue.load())
    return 0


def _new(options: Namespace) -> int:
    from fieldapp.services.checking.cli import run_new

    with speaking(options.language):
        return run_new(options)


def _prepare(options: Namespace) -> int:
    from tqdm import tqdm

    from fieldapp.paths import home
    from fieldapp.services.catalogue import Catalogue

    with speaking(options.language):
        for service in tqdm(Catalogue.of(home(options.city)).all(), desc=tr("Forms"), unit="", leave=False):
            service.form()
    return 0


def _check(options: Namespace) -> int:
    from fieldapp.services.checking.cli import run_check

    with speaking(options.language):
        return run_check(options)
