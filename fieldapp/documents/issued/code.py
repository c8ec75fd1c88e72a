"""The QR code on a paper: the number that is quoted and nothing else, so that any scanner finds the record again."""

from __future__ import annotations

from pathlib import Path

LONGEST = 100  # letters of what is quoted by hand: a code holds no more than a few thousand
QUIET = 2  # modules of white around it, beside the paper's own


def write_code(number: str, folder: Path) -> str:
    """Write the code's picture into `folder`; its name there, "" for what is no number: one has no spaces."""
    import segno  # with the papers alone: no start waits for it

    if not number or " " in number or not number.isascii() or len(number) > LONGEST:
        return ""
    name = "code.svg"
    made = segno.make(number, micro=False, error="m")
    made.save(str(folder / name), kind="svg", border=QUIET, xmldecl=False, svgclass=None, lineclass=None)
    return f"/{name}"
