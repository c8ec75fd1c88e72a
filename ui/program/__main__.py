"""`python -m ui.program build` makes the program in dist/fieldapp; `python -m ui.program notice` writes NOTICE anew."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from ui.program import licences
from ui.program.finishing import TRUST
from ui.program.parts import size_of

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str] | None = None) -> int:
    """Do one of the two; 0 when it was done."""
    parser = argparse.ArgumentParser(prog="python -m ui.program", description=__doc__)
    acts = parser.add_subparsers(metavar="COMMAND", required=True)
    build = acts.add_parser("build", help="make the program to install, in one folder")
    build.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR", help="where the folder goes")
    trust = "the root that signs its updates (gateway updates begin); without it IT installs new versions"
    build.add_argument("--root", type=Path, metavar="FILE", help=trust)
    build.set_defaults(run=_build)
    acts.add_parser("notice", help="write NOTICE anew, after requirements.lock changed").set_defaults(run=_notice)
    options = parser.parse_args(arguments)
    return int(options.run(options))


def _build(options: argparse.Namespace) -> int:
    work = options.out.parent / "build" if options.out == ROOT / "dist" else options.out / "build"
    call = [sys.executable, "-m", "PyInstaller", "-y", "--log-level", "WARN"]
    call += ["--distpath", str(options.out), "--workpath", str(work), str(ROOT / "build.spec")]
    folder = options.out / "fieldapp"
    around = {**os.environ, **({TRUST: str(options.root.resolve(strict=True))} if options.root else {})}
    built = subprocess.run(call, check=False, cwd=ROOT, env=around)  # noqa: S603 - our own call
    done = built.returncode == 0 and _works(folder)
    if done:
        print(f"{folder}: {size_of(folder) / 1e6:.0f} MB")
    return 0 if done else 1


def _works(folder: Path) -> bool:
    """Whether the self-test of the program in `folder` says so; what it says is shown."""
    quiet = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run([str(folder / "fieldapp"), "selftest"], check=False, env=quiet).returncode == 0  # noqa: S603 - ours


def _notice(_options: argparse.Namespace) -> int:
    (ROOT / licences.NOTICE).write_text(licences.notice(ROOT), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
