"""Tables that a form reads and nobody has: no file beside it, and no reference data of the host's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.lint.expressions import outputs_of, rules_of
from fieldapp.forms.lint.findings import Finding, finding
from fieldapp.forms.lint.places import Places
from fieldapp.texts import tr

# What the City's program has for every form; tests/services holds it to what is there.
HOSTED = frozenset(
    {"wards", "rural", "collection", "parcels", "addresses", "streets", "stops", "routes", "fees", "clocks"}
)
_TABLE = re.compile(r"(?:instance|pulldata)\(\s*['\"]([^'\"/@]+)['\"]")
_FILES = ("jr://file/", "jr://file-csv/")


def missing_tables(definition: FormDefinition, places: Places) -> Iterator[Finding]:
    """Each such file once, where it is first asked for."""
    told: set[str] = set()
    for written in (*rules_of(definition), *outputs_of(definition)):
        for name in _TABLE.findall(written.source):
            file = _file_of(name, definition)
            if file and file not in told and name not in HOSTED and definition.media.file(file) is None:
                told.add(file)
                column = "type" if written.kind == "choices" else written.kind
                message = tr(
                    "there is no file {file}: it is looked for beside the form and in its media folder", file=file
                )
                yield finding("missing-file", places.rule(written.base, column, written.line), message)


def _file_of(name: str, definition: FormDefinition) -> str:
    """The file behind a table's name, "" where the form itself has it."""
    table = definition.tables.get(name)
    if table is None:
        return "" if name.startswith("__") else f"{name}.csv"  # __last-saved is the program's own
    return table.source.rpartition("/")[2] if table.source.startswith(_FILES) and not table.is_last_saved else ""
