"""Papers for tests: blank forms of every service, and a judge of PDF/UA-1."""

from __future__ import annotations

from functools import cache

import page

from fieldapp.documents.blank import Paper, blank_form, paper_of
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
