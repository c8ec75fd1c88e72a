"""The report to Council on paper: tagged, in both languages, the same bytes each time."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader

from fieldapp.reports import YearReport, year_report
from fieldapp.reports.paper import paper
from fieldapp.services import Catalogue
from tests.support.cases import permit, request
from tests.support.papers import faults

YEAR = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture(scope="module")
def report(catalogue: Catalogue) -> YearReport:
    cases = [request(n, ward=f"{n % 4 + 1:02}") for n in range(40)] + [permit(n) for n in range(12)]
    return year_report(cases, catalogue, *YEAR)


def text_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_tagged(report: YearReport, catalogue: Catalogue, language: str) -> None:
    assert faults(paper(report, catalogue, language)) == []


def test_it_says_the_figures_in_both_languages(report: YearReport, catalogue: Catalogue) -> None:
    assert "40" in text_of(paper(report, catalogue, "en"))
    assert "Bulk item pick-up" in text_of(paper(report, catalogue, "en"))
    assert "rapport au Conseil" in text_of(paper(report, catalogue, "fr"))
    assert "Ramassage d'encombrants" in text_of(paper(report, catalogue, "fr")).replace("’", "'")


def test_the_same_report_gives_the_same_bytes(report: YearReport, catalogue: Catalogue) -> None:
    assert paper(report, catalogue, "en") == paper(report, catalogue, "en")


def test_a_period_without_anything_is_a_report_too(catalogue: Catalogue) -> None:
    empty = paper(year_report([], catalogue, *YEAR), catalogue, "en")
    assert faults(empty) == []
    assert "Nothing was received" in text_of(empty)
