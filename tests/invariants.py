"""The invariants of sync, and which tests hold each: `python -m tests.invariants` prints the table.

A test holds an invariant when its name says so: `test_i07_…`, or `test_i03_i09_…` for several."""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parent
NAMED = re.compile(r"_i(\d\d)(?=_|$)")
INVARIANTS = {
    1: "A save that the screen acknowledged is there after kill -9 and after a power cut",
    2: "Record and Change are committed together or not at all",
    3: "Each op takes effect at most once",
    4: "When all is quiet every op is taken, or visible as conflict, refused or laid aside; both sides count the same",
    5: "The same id with other content is refused and changes nothing",
    6: "No row is skipped, whoever holds a transaction open meanwhile",
    7: "A page and its cursor come together; what is interrupted moves no cursor",
    8: "Whatever comes again changes nothing",
    9: "When all is quiet everybody in a scope has the same as the City",
    10: "When all is quiet one more cycle is two requests and moves nothing",
    11: "No edit is lost: it is current, or followed by one that saw it, or kept in a conflict",
    12: "Edits of different fields both stay; equal ones are no conflict",
    13: "One bad op stops nothing but its own record, and is visible with a reason",
    14: "The City judges a record's ops in the order in which they were made",
    15: "A laptop's clock decides nothing: a year ahead or behind, the same result",
    16: "After a grant all rows arrive, after a revoke none stay; no row outside the scope ever leaves the City",
    17: "What was deleted does not come back; a laptop that was away too long is told to begin anew and ends equal",
    18: "A sign-in that ends at any moment loses and doubles nothing; no op is sent under another name",
    19: "A file is stored under its own hash or not at all; a local copy goes only then; resuming costs one piece",
    20: "After a restore at the City nothing of the last 30 days is lost",
    21: "A laptop two versions behind syncs; what it does not know comes back as it was; drafts keep their form",
    22: "With a tenth of the answers lost, at most three times the requests",
    23: "The screen never waits more than 50 ms for network or disk",
}


@cache
def holders(folder: Path = TESTS) -> Mapping[int, list[str]]:
    """For each invariant the tests that are named after it: `file::test`, sorted."""
    found: dict[int, list[str]] = defaultdict(list)
    for path in sorted(folder.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for number in NAMED.findall(node.name):
                    found[int(number)].append(f"{path.relative_to(folder)}::{node.name}")
    return found


def table() -> str:
    """All invariants with their tests, as Markdown."""
    known = holders()
    lines = [f"* **I{number}** {text}\n" + _listed(known[number]) for number, text in INVARIANTS.items()]
    return "# Invariants and the tests that hold them\n\n" + "\n".join(lines) + "\n"


def _listed(tests: list[str]) -> str:
    return "\n".join(f"  * `{one}`" for one in tests)


if __name__ == "__main__":
    sys.stdout.write(table())
