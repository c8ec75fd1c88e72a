"""`fieldapp service check` and `new`: what is to be corrected in services, and a folder to begin with."""

from __future__ import annotations

import json
import os
from argparse import Namespace
from typing import Any

from fieldapp.errors import RefusedError
from fieldapp.forms.lint.findings import Finding
from fieldapp.services.catalogue import shipped
from fieldapp.services.checking.folder import Checked, check_folder
from fieldapp.services.checking.shelf import Shelf
from fieldapp.texts import plural, tr


def shelf_of(options: Namespace) -> Shelf:
    """The shipped services, those of the city's own folder, and those of `--services`."""
    from fieldapp.paths import home

    own = home(options.city).services
    return Shelf((shipped(), *([own] if own.is_dir() else []), *options.services))


def run_check(options: Namespace) -> int:
    """Print all problems; 1 when there is one."""
    shelf = shelf_of(options)
    if not (options.all or options.names):
        raise RefusedError(tr("Name a service, by its id or by its folder, or say --all."))
    folders = shelf.folders() if options.all else [shelf.find(name) for name in options.names]
    checked = [check_folder(folder, shelf) for folder in folders]
    if options.json:
        print(json.dumps({"services": [_json(one) for one in checked]}, ensure_ascii=False, indent=1))
    else:
        _print(checked)
    return 0 if all(one.ok for one in checked) else 1


def _json(one: Checked) -> dict[str, Any]:
    return {"id": one.id, "ok": one.ok, "folder": str(one.folder), "problems": [_of(item) for item in one.problems]}


def _of(item: Finding) -> dict[str, Any]:
    about = {"code": item.code, "message": item.message, "suggestion": item.suggestion}
    return {"severity": item.severity, **vars(item.place), **about}


def _print(checked: list[Checked]) -> None:
    for one in checked:
        if one.ok:
            print(tr("{service}: nothing to correct.", service=one.id))
            continue
        n = len(one.problems)
        print(plural(n, "{service}: {n} problem", "{service}: {n} problems", service=one.id))
        for item in one.problems:
            print(f"  {item.place}: {item.text} [{item.code}]")


def run_new(options: Namespace) -> int:
    """Make the folder and say what to do next."""
    from fieldapp.paths import home
    from fieldapp.services.making import Wish, make_service

    place = options.into or home(options.city).services
    words = {"title": options.title, "title_fr": options.title_fr, "code": options.code}
    wish = Wish(**words, fee=options.fee, visit_of=options.visit_of, spreadsheet=options.spreadsheet)
    folder = make_service(options.name, place, shelf_of(options), wish)
    print(tr("{folder} is there, and works as it is. Next:", folder=folder))
    form = "form.xlsx" if options.spreadsheet else "form.md"
    print("  " + tr("change the words in service.toml and {form}: both are explained in themselves", form=form))
    for command, why in _next_steps(str(folder) if options.into else options.name, options.city):
        print(f"  {command:<56}  {why}")
    return 0


def _next_steps(name: str, city: str) -> list[tuple[str, str]]:
    """Commands as they can be copied from here, each with what it does."""
    called, of_city = os.environ.get("FIELDAPP_CALLED", "fieldapp"), "" if city == "practice" else f" --city {city}"
    return [
        (f"{called} service check {name}{of_city}", tr("names what is still to be written or corrected")),
        (f"{called} service try {name}{of_city}", tr("opens its form on the screen")),
        (called, tr("started anew, the practice city has it at the counter")),
        (
            f"{called} service publish {name}{of_city} --gateway URL",
            tr("gives it to everybody; FIELDAPP_TOKEN holds the token of a supervisor"),
        ),
    ]
