"""`fieldapp service publish`: a service goes to the City's gateway, and from there to every laptop."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace, _SubParsersAction

from fieldapp.errors import RefusedError
from fieldapp.services.cli import add_shelf
from fieldapp.texts import plural, speaking, tr


def add_service_verbs(verbs: _SubParsersAction[ArgumentParser]) -> None:
    """Add what this layer does with services to the commands of their authors."""
    publish = verbs.add_parser("publish", help=tr("give a service, or its new version, to the City and all laptops"))
    publish.add_argument("name", metavar="ID", help=tr("a service, by its id or by its folder"))
    publish.add_argument("--gateway", required=True, metavar="URL", help=tr("the address of the City's gateway"))
    add_shelf(publish)
    publish.set_defaults(run=_run)


def _run(options: Namespace) -> int:
    with speaking(options.language):
        return run_publish(options)


def run_publish(options: Namespace) -> int:
    """Check, pack and send; 1, and the problems, where there are any. SyncError when the City does not take it."""
    from fieldapp.services.checking import check_folder
    from fieldapp.services.checking.cli import shelf_of
    from fieldapp.services.loader import load_service
    from fieldapp.services.packages import packed
    from sync.adapters.gateway import GatewayClient

    token = os.environ.get("FIELDAPP_TOKEN", "")
    if not token:
        raise RefusedError(tr("FIELDAPP_TOKEN holds no token: ask the City's gateway for one."))
    shelf = shelf_of(options)
    folder = shelf.find(options.name)
    problems = check_folder(folder, shelf).problems
    for item in problems:
        print(f"{item.place}: {item.text} [{item.code}]")
    if problems:
        n = len(problems)
        print(plural(n, "{n} problem: nothing was sent.", "{n} problems: nothing was sent."))
        return 1
    service = load_service(folder, blocks=shelf.blocks(folder))
    client = GatewayClient(options.gateway, token)
    try:
        taken = client.publish(service.id, packed(service.files))
    finally:
        client.close()
    words = {"service": taken.service, "version": taken.form_version}
    print(tr("The City has {service}, version {version}. Laptops have it after their next sync.", **words))
    return 0
