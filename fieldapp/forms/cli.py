"""`fieldapp form check` and `fieldapp form fill`: forms without a screen."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import Any

from fieldapp.clock import FixedClock
from fieldapp.errors import FormError
from fieldapp.forms.filling import fill, read_steps
from fieldapp.forms.lint.check import Report, report
from fieldapp.forms.lint.findings import Finding
from fieldapp.forms.lint.outline import outline, written
from fieldapp.forms.lint.printing import printed
from fieldapp.texts import tr


def run_check(options: Namespace) -> int:
    """Print the outline and the findings; 1 when the form cannot be used."""
    checked = report(options.file, options.blocks, advice=True)
    if options.json:
        _print_json(_check_json(checked, options.language))
    else:
        _print_check(checked, options)
    return 1 if checked.errors else 0


def _check_json(checked: Report, lang: str) -> dict[str, Any]:
    form = checked.definition
    about = {"title": form.title, "id": form.id, "version": form.version, "languages": form.languages} if form else {}
    lines = outline(form, lang) if form else ()
    questions = [{name: getattr(line, name) for name in line.__slots__} for line in lines]
    errors = [_finding_json(item) for item in checked.errors]
    warnings = [_finding_json(item) for item in checked.warnings]
    return {"ok": not errors, **about, "questions": questions, "errors": errors, "warnings": warnings}


def _finding_json(item: Finding) -> dict[str, Any]:
    about = {"code": item.code, "message": item.message, "suggestion": item.suggestion}
    return {"severity": item.severity, **vars(item.place), **about}


def _print_check(checked: Report, options: Namespace) -> None:
    form = checked.definition
    if form is not None:
        about = [form.title, tr("id {id}", id=form.id), *form.languages]
        _print(" · ".join(part for part in about if part))
        for line in written(outline(form, options.language)):
            _print(line)
    for line in printed(checked.findings):
        _print(line)


def run_fill(options: Namespace) -> int:
    """Fill a form by steps and print its whole state; 1 when the form or a step was refused.

    A refused step changes nothing; the steps after it are still taken, so that all faults show at once.
    """
    try:
        steps = read_steps(options.steps) if options.steps else []
        result = fill(
            options.file,
            steps,
            blocks=options.blocks,
            language=options.language,
            clock=FixedClock(options.now) if options.now else None,
            media=[options.media] if options.media else [],
        )
    except FormError as error:
        result = {"ok": False, "errors": [{"step": None, "message": str(error)}], "nodes": [], "instance": ""}
    if options.json:
        _print_json(result)
    else:
        _print_fill(result)
    return 0 if result["ok"] else 1


def _print_fill(result: dict[str, Any]) -> None:
    for node in result["nodes"]:
        if node["relevant"]:
            _print(f"{node['ref']} = {node['value']}" + (f"  ! {node['message']}" if node["message"] else ""))
    for error in result["errors"]:
        step = tr("step {n}: ", n=error["step"]) if error["step"] else ""
        _print(f"{step}{error['message']}")


def _print_json(value: object) -> None:
    _print(json.dumps(value, ensure_ascii=False, indent=1))


def _print(text: str) -> None:
    print(text)
