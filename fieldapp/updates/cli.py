"""`fieldapp updates`: which version of the program starts here, and going back to the one before."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from fieldapp import __version__
from fieldapp.texts import tr
from fieldapp.updates.place import OWN, TRIAL


def add_updates(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the program's parser."""
    parser = commands.add_parser(
        OWN, help=tr("which version of FieldApp starts here, and going back to the one before")
    )
    verbs = parser.add_subparsers(title=tr("commands"), metavar="COMMAND", required=True)
    verbs.add_parser("show", help=tr("what starts, what waits for the next start, what was left and why")).set_defaults(
        run=_show
    )
    back = verbs.add_parser("back", help=tr("start the version before from now on; work recorded meanwhile is kept"))
    back.set_defaults(run=_back)
    trial = commands.add_parser(TRIAL)  # what an update is tried with: no help, for nobody calls it by hand
    trial.add_argument("folder", type=Path)
    trial.add_argument("home", type=Path)
    trial.set_defaults(run=_trial)


def _show(_options: Namespace) -> int:
    from fieldapp.updates.place import Installed
    from fieldapp.updates.state import read
    from fieldapp.updates.words import told

    for line in told(read(Installed.here()), __version__):
        print(line)
    return 0


def _back(_options: Namespace) -> int:
    from fieldapp.updates.starting import leave
    from fieldapp.updates.state import BY_HAND

    state = leave(BY_HAND, "")
    words = {"version": state.runs or __version__}
    print(tr("FieldApp {version} starts from now on. Close the one that is open.", **words))
    return 0


def _trial(options: Namespace) -> int:
    from fieldapp.updates.trial import run_trial

    return run_trial(options)
