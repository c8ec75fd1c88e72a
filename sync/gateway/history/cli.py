"""`gateway published`: which services were published to this gateway, by whom and when, by the City's history."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING

from fieldapp.texts import tr

if TYPE_CHECKING:
    from sync.gateway.history.publications import Publication


def add_published(acts: _SubParsersAction[ArgumentParser], common: Callable[[ArgumentParser], None]) -> None:
    """Add the command to the parser of `gateway`."""
    parser = acts.add_parser(
        "published", help=tr("who published which version of a service, and whether it is here as it was then")
    )
    common(parser)
    parser.add_argument("--json", action="store_true", help=tr("as JSON"))
    parser.set_defaults(run=_run)


def _run(options: Namespace) -> int:
    """0 where every version is here as it was published, and the history stands as it was written."""
    from sync.gateway.history.publications import ALTERED, publications
    from sync.gateway.trust.cli import opened
    from sync.gateway.verify import verify

    service = opened(options)
    try:
        found = publications(service.database, service.forms.versions)
        fault = verify(service.database).fault
    finally:
        service.close()
    if options.json:
        print(json.dumps({"published": [asdict(one) for one in found], "fault": fault}, ensure_ascii=False, indent=1))
    else:
        _show(found, fault)
    return 1 if fault or any(one.now == ALTERED for one in found) else 0


def _show(found: list[Publication], fault: str) -> None:
    from sync.gateway.history.publications import ALTERED, LACKING

    words = {ALTERED: tr("its package was altered since"), LACKING: tr("its package was never kept: publish it again")}
    for one in found:
        parts = (one.at, one.person, one.service, one.version, one.sha256, words.get(one.now, ""))
        print("  ".join(part for part in parts if part))
    if not found:
        print(tr("Nothing was published here: the services are those that the gateway was started with."))
    if fault:
        print(fault)
