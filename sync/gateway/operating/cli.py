"""`gateway backup`, `gateway restore`, `gateway check-backup`, `gateway unit`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable
from pathlib import Path

from fieldapp.texts import tr

Common = Callable[[ArgumentParser], None]


def add_operating(acts: _SubParsersAction[ArgumentParser], add_common: Common) -> None:
    """Add the commands to the gateway's."""
    backup = acts.add_parser("backup", help=tr("copy the City into a folder while everybody goes on working"))
    backup.add_argument("folder", type=Path, metavar="DIR", help=tr("the backup; the next one adds what is new"))
    add_common(backup)
    backup.set_defaults(run=_backup)
    back = acts.add_parser("restore", help=tr("make a City of a backup, at an empty place; laptops then heal it"))
    back.add_argument("folder", type=Path, metavar="DIR", help=tr("the backup"))
    add_common(back)
    back.set_defaults(run=_restore)
    check = acts.add_parser("check-backup", help=tr("look whether every file of a backup is as it was"))
    check.add_argument("folder", type=Path, metavar="DIR", help=tr("the backup"))
    check.set_defaults(run=_check)
    unit = acts.add_parser("unit", help=tr("print the gateway's unit for systemd, to be put into /etc/systemd/system"))
    unit.add_argument("--user", default="fieldapp", metavar="NAME", help=tr("as whom it runs (default: fieldapp)"))
    unit.set_defaults(run=_unit)


def _backup(options: Namespace) -> int:
    from fieldapp.clock import SystemClock
    from sync.gateway.operating.backup import back_up

    made = back_up(options.data, options.folder, SystemClock().now(), database=options.database, blobs=options.blobs)
    print(tr("The City as of {at} is in {folder}.", at=made.manifest.at, folder=options.folder))
    words = {"n": len(made.manifest.blobs), "added": made.added, "mb": f"{made.bytes / 1e6:.1f}"}
    print(tr("Files: {n}; new: {added} ({mb} MB)", **words))
    if made.manifest.elsewhere:
        print(tr("Files are in {bucket}, which must be backed up by itself.", bucket=made.manifest.elsewhere))
    return 0


def _restore(options: Namespace) -> int:
    from sync.gateway.operating.restore import restore

    found = restore(options.folder, options.data, database=options.database)
    words = {"at": found.at, "folder": options.data}
    print(tr("The City of {at} is in {folder}. Laptops that come back compare and heal it.", **words))
    return 0


def _check(options: Namespace) -> int:
    from sync.gateway.operating.restore import check_backup

    print(tr("The backup of {at} is whole.", at=check_backup(options.folder).at))
    return 0


def _unit(options: Namespace) -> int:
    from sync.gateway.operating.unit import unit

    print(unit(options.user), end="")
    return 0
