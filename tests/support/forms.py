"""Forms for tests: sheets written as plain tables, sessions over them, and expressions evaluated in one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fieldapp.clock import FixedClock
from fieldapp.forms import FormDefinition, FormSession, load_form
from fieldapp.forms.xpath.compile import compile_expression
from fieldapp.forms.xpath.context import Context, scope_of
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.values import Value


def markdown(survey: str, choices: str = "", settings: str = "") -> str:
    """An XLSForm in Markdown from tables such as `type | name | label`, a row a line."""
    sheets = {"survey": survey, "choices": choices, "settings": settings}
    return "\n".join(_sheet(name, table) for name, table in sheets.items() if table.strip())


def _sheet(name: str, table: str) -> str:
    rows = [f"| | {line.strip().strip('|')} |" for line in table.strip().splitlines() if line.strip()]
    return "\n".join([f"| {name} |", *rows, ""])


def write_form(folder: Path, survey: str, choices: str = "", settings: str = "", name: str = "form.md") -> Path:
    """A form's file in `folder`."""
    path = folder / name
    path.write_text(markdown(survey, choices, settings), "utf-8")
    return path


def make_form(folder: Path, survey: str, choices: str = "", settings: str = "") -> FormDefinition:
    """A loaded form."""
    return load_form(write_form(folder, survey, choices, settings))


def make_session(folder: Path, survey: str, choices: str = "", settings: str = "", **options: Any) -> FormSession:
    """A session over a new record, on 23 November 2026 at nine o'clock."""
    definition = make_form(folder, survey, choices, settings)
    return FormSession(definition, **({"clock": FixedClock()} | options))


def evaluate(session: FormSession, expression: str, at: str = "") -> Value:
    """The value of an expression seen from the node at `at`."""
    node = session.node(at) if at else session.root
    closure = compile_expression(parse(expression), scope_of(session.definition, node.question.path))
    return closure(Context(node, node, session.environment))


class Tables:
    """Reference data held in memory: {layer: rows}."""

    def __init__(self, layers: Mapping[str, list[dict[str, str]]]) -> None:
        self.layers = layers

    def value(self, layer: str, column: str, key_column: str, key: str) -> str:
        """The first match's cell."""
        found = (row for row in self.layers.get(layer, []) if row.get(key_column) == key)
        return next(found, {}).get(column, "")

    def rows(self, layer: str) -> list[dict[str, str]]:
        """All rows."""
        return self.layers.get(layer, [])

    def computes(self, layer: str) -> bool:  # noqa: ARG002 - a Protocol's names
        """No layer."""
        return False
