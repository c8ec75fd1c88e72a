"""Findings as lines for people: errors before warnings, and at the end how many there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fieldapp.forms.lint.findings import ERROR, Finding
from fieldapp.texts import plural, tr


def printed(findings: Sequence[Finding]) -> Iterator[str]:
    """A line for each finding, then the sum."""
    errors = [item for item in findings if item.severity == ERROR]
    warnings = [item for item in findings if item.severity != ERROR]
    for item in errors:
        yield _line(tr("error"), item)
    for item in warnings:
        yield _line(tr("warning"), item)
    yield _sum(len(errors), len(warnings))


def _line(severity: str, item: Finding) -> str:
    return f"{severity}: {item.place}: {item.text} [{item.code}]"


def _sum(errors: int, warnings: int) -> str:
    others = plural(warnings, "{n} warning", "{n} warnings")
    if errors:
        return f"{plural(errors, '{n} error', '{n} errors')}, {others}."
    return f"{tr('No errors.')} {others}." if warnings else tr("No errors.")
