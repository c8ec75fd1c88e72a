"""The program's one entry: `fieldapp`, `python -m ui` or `./run`. Each layer brings its own commands."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from fieldapp import __version__
from fieldapp.errors import FieldAppError


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 = done, 1 = refused with a clear error, 2 = the call's words are off."""
    words = sys.argv[1:] if arguments is None else arguments
    options = _parser(words).parse_args(words)
    try:
        return int(options.run(options))
    except FieldAppError as error:
        print(f"fieldapp: {error}", file=sys.stderr)
        from fieldapp.updates.place import running
        from fieldapp.updates.starting import code_of

        return code_of(error, __version__, running())
    except BrokenPipeError:  # whoever read the output has enough, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:  # a folder that cannot be made, read or written: whoever named it knows best
        print(
            f"fieldapp: {error.filename}: {error.strerror}" if error.filename else f"fieldapp: {error}", file=sys.stderr
        )
        return 1
    except KeyboardInterrupt:
        return 130


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """The parser of the command that `words` call; of all where they call none that opens a screen. The commands of
    the other layers bring the whole gateway along, for which nobody waits who only opens a window."""
    import ui.cli

    parser = argparse.ArgumentParser(
        prog="fieldapp",
        description="Permits, inspections and requests for a city's field and counter staff; works without a network.",
        epilog="Without a command: the installed program starts (start), a checkout opens the practice city; without a"
        " display either plays one working day.",
    )
    parser.add_argument("--version", action="version", version=f"FieldApp {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    parser.set_defaults(run=ui.cli.open_or_play)
    ui.cli.add_commands(commands)
    if words and words[0] not in commands.choices:
        _add_other_layers(commands)
    return parser


def _add_other_layers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    import fieldapp.cli
    import fieldapp.services.cli
    import sync.cli
    import sync.publishing.cli
    import ui.cli

    for layer in (sync.cli, fieldapp.cli):
        layer.add_commands(commands)
    verbs = fieldapp.services.cli.add_service(commands)
    sync.publishing.cli.add_service_verbs(verbs)
    ui.cli.add_service_verbs(verbs)


def _built() -> None:
    """What the built program needs before all else. What it starts, as the browser to sign in with, must not find our
    libraries in the place of its own; its own processes set their surroundings up anew."""
    from multiprocessing import freeze_support

    own = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if own is not None:
        os.environ["LD_LIBRARY_PATH"] = own
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    freeze_support()


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        _built()
        from fieldapp.updates.starting import start

        handed_over = start(sys.argv[1:], __version__, Path(sys.executable))
        if handed_over is not None:  # to a newer version, which has ended
            raise SystemExit(handed_over)
    raise SystemExit(main())
