"""`fieldapp forms export`: papers without a screen."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from fieldapp.texts import plural, tr


def add_forms(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add `forms` and what it can do."""
    forms = commands.add_parser("forms", help=tr("the forms on paper: write the blank ones"))
    verbs = forms.add_subparsers(title=tr("commands"), metavar="COMMAND", required=True)
    export = verbs.add_parser("export", help=tr("write a blank fillable PDF of every service, with an index"))
    export.add_argument("folder", type=Path, metavar="DIR", help=tr("the folder to write into"))
    export.add_argument("service", nargs="*", metavar="ID", help=tr("these services only"))
    export.add_argument("--large", action="store_true", help=tr("in large print too"))
    export.set_defaults(run=_export)
    for parser in (export,):
        parser.add_argument("--city", default="practice", metavar="NAME", help=tr("for which city (default: practice)"))
        parser.add_argument("--home", type=Path, metavar="DIR", help=tr("another folder for this machine's data"))


def _export(options: Namespace) -> int:
    from fieldapp.documents.blank.export import export
    from fieldapp.documents.blank.index import write_index
    from fieldapp.paths import Home, home

    place = Home(options.home) if options.home else home(options.city)
    written = []
    for one in export(place, options.folder, options.service, large=options.large):
        print(one.file)
        written.append(one)
    write_index(options.folder, written)
    print(plural(len(written), "{n} form in {folder}", "{n} forms in {folder}", folder=options.folder))
    return 0
