"""Papers for tests: blank forms of every service, and a judge of PDF/UA-1."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache

import page
from pypdf import PdfWriter

from fieldapp.documents.blank import Entry, Paper, blank_form, paper_of
from fieldapp.documents.blank.paper import ORDER, SEVERAL, TICK
from fieldapp.forms.definition.model import Question
from fieldapp.services import Catalogue

SERVICES = [service.id for service in Catalogue.load()]
SAMPLE = [name for name in SERVICES if name in {"bulk-pickup", "building-permit", "building-inspection"}]


@cache
def catalogue() -> Catalogue:
    """The shipped services."""
    return Catalogue.load()


@cache
def paper(service: str, language: str = "en", *, large: bool = False) -> Paper:
    """The blank form of a service, before it is set."""
    return paper_of(catalogue().get(service), language, large=large)


@cache
def blank(service: str, language: str = "en", *, large: bool = False) -> bytes:
    """The blank form of a service as a PDF."""
    return blank_form(paper(service, language, large=large))


def faults(pdf: bytes) -> list[str]:
    """What keeps a PDF from being PDF/UA-1, as far as a machine can tell."""
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def fill(pdf: bytes, values: Mapping[str, str]) -> bytes:
    """The form as another reader saves it: `values` by field, of boxes and circles the name of the mark."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    fields = writer.get_fields() or {}
    buttons = {name for name, field in fields.items() if field.get("/FT") == "/Btn"}
    spelled = {name: f"/{value}" if name in buttons else value for name, value in values.items()}
    for one in writer.pages:
        writer.update_page_form_field_values(one, dict(spelled), auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def made_up(entry: Entry, question: Question, n: int) -> dict[str, str]:
    """What somebody might write at an entry: by field."""
    if entry.kind == TICK:
        return {entry.field: "yes"}
    if entry.kind == SEVERAL:
        return {entry.of_option(one): "yes" for one in entry.options[:2]}
    if entry.kind == ORDER:
        return {entry.of_option(one): str(place) for place, one in enumerate(reversed(entry.options), 1)}
    if entry.options:
        return {entry.field: entry.options[n % len(entry.options)].name}
    texts = {
        "integer": str(n + 1),
        "decimal": f"{n}.5",
        "range": question.extra.get("start", "1"),
        "date": f"2026-12-{n % 28 + 1:02d}",
        "time": "14:30",
        "dateTime": "2026-11-20 14:30",
    }
    return {entry.field: texts.get(question.kind, f"Zoë Łukasz no {n}")}


def typed(entry: Entry, values: Mapping[str, str]) -> str:
    """The same as somebody would type it into the form on the screen."""
    if entry.kind == TICK:
        return "OK"
    if entry.kind == SEVERAL:
        return " ".join(one.name for one in entry.options if entry.of_option(one) in values)
    if entry.kind == ORDER:
        return " ".join(one.name for one in reversed(entry.options))
    return values[entry.field]
