"""Commands of the fieldapp layer."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from datetime import datetime
from pathlib import Path

from fieldapp.clock import CITY_ZONE
from fieldapp.documents.cli import add_forms
from fieldapp.rules.cli import add_rules
from fieldapp.store.cli import add_snapshots
from fieldapp.texts import language, speaking, tr
from fieldapp.updates.cli import add_updates

_STEPS = (
    '[{"set": "/data/age", "value": "12"}, {"add": "/data/child"}, {"remove": "/data/child[1]"}, {"language": "fr"}]'
)


def add_commands(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add this layer's commands to the program's parser."""
    _add_import(commands)
    _add_form(commands)
    add_forms(commands)
    add_snapshots(commands)
    add_updates(commands)
    add_rules(commands)


def _add_import(commands: _SubParsersAction[ArgumentParser]) -> None:
    parser = commands.add_parser(
        "import", help=tr("load open data: wards, rural area, parcels, addresses, streets, timetable")
    )
    kinds = ("wards", "rural", "collection", "parcels", "addresses", "streets", "gtfs")
    parser.add_argument("kind", choices=kinds, help=tr("the layer that the file replaces"))
    parser.add_argument("file", type=Path, help=tr("GeoJSON, CSV or a GTFS zip"))
    parser.add_argument("--source", default="", help=tr("where the data come from, for the attribution"))
    parser.add_argument("--as-of", default="", metavar="YYYY-MM-DD", help=tr("the date of the data (else of the file)"))
    parser.add_argument("--licence", default="", help=tr("under which licence they may be used"))
    parser.add_argument("--city", default="practice", metavar="NAME", help=tr("for which city (default: practice)"))
    parser.add_argument("--home", type=Path, metavar="DIR", help=tr("another folder for this machine's data"))
    parser.add_argument("--json", action="store_true", help=tr("print the report as JSON"))
    parser.set_defaults(run=_import)


def _import(options: Namespace) -> int:
    from fieldapp.places.cli import run_import

    return run_import(options)


def _add_form(commands: _SubParsersAction[ArgumentParser]) -> None:
    form = commands.add_parser("form", help=tr("check a form, or fill one without a screen"))
    verbs = form.add_subparsers(title=tr("commands"), metavar="COMMAND", required=True)
    check = verbs.add_parser("check", help=tr("print a form's outline and everything that is wrong in it"))
    check.set_defaults(run=_form_check)
    fill = verbs.add_parser(
        "fill",
        help=tr("answer a form from a file of steps and print all that follows"),
        epilog=tr("A file of steps: {example}", example=_STEPS),
    )
    fill.add_argument("--steps", type=Path, metavar="STEPS.json", help=tr("the answers: set, add and remove, in order"))
    fill.add_argument("--now", type=moment, metavar="ISO", help=tr("the time that the form believes it is"))
    fill.add_argument("--media", type=Path, metavar="DIR", help=tr("folder of the tables and pictures of the form"))
    fill.set_defaults(run=_form_fill)
    bring = verbs.add_parser("import", help=tr("take a form from elsewhere, with its media, as the form of a service"))
    bring.add_argument("--into", type=Path, required=True, metavar="FOLDER", help=tr("the folder of the service"))
    bring.set_defaults(run=_form_import)
    schema = verbs.add_parser("schema", help=tr("print the JSON Schema of what a form hands in"))
    schema.set_defaults(run=_form_schema)
    for parser in (check, fill, bring, schema):
        parser.add_argument("file", type=Path, help=tr("an XLSForm (.xlsx .xls .md .csv) or an XForm (.xml)"))
        parser.add_argument("--blocks", type=Path, metavar="DIR", help=tr("folder of shared question blocks"))
        parser.add_argument(
            "--language", default=language(), metavar="en|fr", help=tr("the language of labels and messages")
        )
    for parser in (check, fill, bring):
        parser.add_argument("--json", action="store_true", help=tr("print the result as JSON"))


def moment(text: str) -> datetime:
    """An ISO time; without a zone it is the City's."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=CITY_ZONE)


def _form_check(options: Namespace) -> int:
    from fieldapp.forms.cli import run_check

    with speaking(options.language):
        return run_check(options)


def _form_fill(options: Namespace) -> int:
    from fieldapp.forms.cli import run_fill

    with speaking(options.language):
        return run_fill(options)


def _form_import(options: Namespace) -> int:
    from fieldapp.forms.importing import run_import

    with speaking(options.language):
        return run_import(options)


def _form_schema(options: Namespace) -> int:
    from fieldapp.forms.submission.cli import run_schema

    with speaking(options.language):
        return run_schema(options)
