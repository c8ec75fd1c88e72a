"""`fieldapp rules try`: a changed rule, fee or whole service on the past records of a store, before it is published."""

from __future__ import annotations

import csv
import json
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.services.cli import fee_amount
from fieldapp.texts import language, speaking, tr

if TYPE_CHECKING:
    from fieldapp.actions import Desk
    from fieldapp.rules.trying import Side, Trial


def add_rules(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the commands to the program's parser."""
    parser = commands.add_parser("rules", help=tr("try a changed rule on past records; nothing is changed"))
    acts = parser.add_subparsers(title=tr("commands"), metavar="COMMAND", required=True)
    trial = acts.add_parser("try", help=tr("which past records would fail, pass or cost otherwise"))
    trial.add_argument("service", metavar="ID", help=tr("the service whose records are tried"))
    trial.add_argument("--person", required=True, metavar="ID", help=tr("whose store"))
    trial.add_argument("--question", metavar="PATH", help=tr("the question whose rule is changed, as place/unit"))
    trial.add_argument("--rule", choices=("constraint", "required", "relevant"), default="constraint")
    trial.add_argument("--as", dest="source", metavar="EXPR", help=tr("the rule as it would be, as “. <= 40”"))
    trial.add_argument("--fee", metavar="CODE", help=tr("a fee that would be another amount"))
    trial.add_argument("--amount", type=fee_amount, metavar="30.00", help=tr("that amount, in dollars"))
    draft = tr("a folder with the whole service as it would be")
    trial.add_argument("--draft", type=Path, metavar="FOLDER", help=draft)
    trial.add_argument("--records", type=int, default=500, metavar="N", help=tr("the newest N records (default: 500)"))
    trial.add_argument("--csv", type=Path, metavar="FILE", help=tr("write the records that would fare otherwise there"))
    trial.add_argument("--json", action="store_true", help=tr("print the result as JSON"))
    trial.add_argument("--language", default=language(), metavar="en|fr", help=tr("the language of messages"))
    trial.add_argument("--city", default="practice", metavar="NAME", help=tr("the folder of this city's stores"))
    trial.add_argument("--home", type=Path, metavar="DIR", help=tr("another folder for this machine's data"))
    trial.set_defaults(run=_try)


def _try(options: Namespace) -> int:
    with speaking(options.language):
        return run_try(options)


def run_try(options: Namespace) -> int:
    """Try it and say what came of it. RefusedError where the call names nothing to try."""
    from collections import deque

    from tqdm import tqdm

    from fieldapp.rules.trying import Plan, Side, past_records, tried

    desk = _desk(options)
    try:
        now = Side.of(desk.catalogue.get(options.service))
        plan = Plan(now, _then(now, options))
        records = past_records(desk, now.service, options.records)
        shown = tqdm(tried(desk, plan, records, lambda: False), total=len(records), leave=False)
        whole = deque(shown, maxlen=1)  # the last one has looked at all records
    finally:
        desk.store.close()
    _tell(whole[0] if whole else None, options)
    return 0


def _then(now: Side, options: Namespace) -> Side:
    from fieldapp.errors import RefusedError
    from fieldapp.rules.changed import RuleChange
    from fieldapp.rules.trying import Side
    from fieldapp.services.loader import load_service

    then = now
    if options.draft is not None:
        files = now.service.files
        then = Side.of(load_service(options.draft, blocks=files.blocks, cache=files.cache))
    if options.question and options.source is not None:
        then = then.with_rule(RuleChange(options.question, options.rule, options.source))
    if options.fee and options.amount is not None:
        then = then.with_fee(options.fee, options.amount)
    if then is now:
        raise RefusedError(tr("Name what is to be tried: --question with --as, --fee with --amount, or --draft."))
    return then


def _desk(options: Namespace) -> Desk:
    from getpass import getpass

    from fieldapp.access import check_user_id
    from fieldapp.actions import Desk
    from fieldapp.clock import SystemClock
    from fieldapp.errors import RefusedError
    from fieldapp.paths import Home, home
    from fieldapp.places import Layers
    from fieldapp.records import Person
    from fieldapp.services import Catalogue
    from fieldapp.store import Store, keys

    place = Home(options.home) if options.home else home(options.city)
    folder = place.store(check_user_id(options.person))
    if not folder.is_dir():
        raise RefusedError(tr("There is no store of “{person}” here.", person=options.person))
    catalogue = Catalogue.of(place)
    store = Store.open(folder, keys.key_for_command(folder, getpass), clock=SystemClock(), device="", guide=catalogue)
    person = store.people.me() or Person(options.person, options.person, frozenset())
    return Desk(person, store, catalogue, Layers(place.layers), SystemClock(), "")


def _tell(trial: Trial | None, options: Namespace) -> None:
    from fieldapp.rules.report import COLUMNS, lines, summary

    rows = lines(trial)
    if options.csv is not None:
        with options.csv.open("w", newline="", encoding="utf-8-sig") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(rows)
    if options.json:
        found = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
        print(json.dumps({"summary": summary(trial), "records": found}, ensure_ascii=False, indent=1))
        return
    print(summary(trial))
    for row in rows:
        print(" · ".join(part for part in row if part))
