"""The report to Council on paper: tagged PDF (PDF/UA-1) with pictures, each of which is a table as well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from fieldapp.documents.city import city
from fieldapp.documents.typesetting import typeset
from fieldapp.reports.year import NONE, Line, YearReport
from fieldapp.services import Catalogue
from fieldapp.store.durable import make_folder, write_durably
from fieldapp.texts import LANGUAGES, speaking, tr

LARGEST = 12  # bars of one picture: the table below it has all
NAMES = {
    "counter": lambda: tr("at the counter"),
    "phone": lambda: tr("by phone"),
    "field": lambda: tr("in the field"),
    "email": lambda: tr("by e-mail"),
    "mail": lambda: tr("by mail"),
    "online_assist": lambda: tr("online, with help"),
}

Part = dict[str, Any]


def write_papers(report: YearReport, catalogue: Catalogue, folder: Path) -> list[Path]:
    """`year-report-en.pdf` and `year-report-fr.pdf`. The same report gives the same bytes."""
    make_folder(folder)
    made = []
    for language in LANGUAGES:
        path = folder / f"year-report-{language}.pdf"
        write_durably(path, paper(report, catalogue, language))
        made.append(path)
    return made


def paper(report: YearReport, catalogue: Catalogue, language: str) -> bytes:
    """The report in one language, as PDF."""
    with speaking(language):
        return typeset("year_report.typ", _told(report, catalogue, language), named="report")


def _told(report: YearReport, catalogue: Catalogue, language: str) -> dict[str, object]:
    period = tr("From {first} to {last}", first=report.first.isoformat(), last=report.last.isoformat())
    return {
        "language": language,
        "city": city().name.text(language),
        "title": tr("Digital Strategy: report to Council"),
        "period": period,
        "page": tr("Page"),
        "footer": period,
        "summary": _summary(report),
        "parts": [
            _part(tr("By service"), report.services, lambda name: catalogue.get(name).title.text(language)),
            _part(tr("By channel"), report.channels, _channel),
            _part(tr("By ward"), report.wards, _ward),
            _survey(report, language),
            _method(),
        ],
    }


def _summary(report: YearReport) -> list[str]:
    """The report in some sentences; nothing is said of what is withheld."""
    total = report.total
    again = tr("{share} were finished without being sent back for more.", share=_share(total.first_visit))
    away = tr("{share} were handed in while the City could not be reached.", share=_share(total.offline))
    said = [
        tr(
            "{n} requests, applications and visits were received, {closed} were closed.",
            n=_n(total.received),
            closed=_n(total.closed),
        ),
        "" if total.days is None else _half(total.days),
        "" if total.offline is None else away,
        "" if total.first_visit is None else again,
        tr(
            "{share} asked for papers in French; {n} asked for help to take part.",
            share=_share(report.french),
            n=_n(report.help_asked),
        ),
    ]
    return [one for one in said if one]


def _half(days: float) -> str:
    if not days:
        return tr("Half of them were closed on the day on which they came.")
    return tr("Half of them were closed within {days} days.", days=_n(days))


def _part(title: str, lines: Sequence[Line], name: Callable[[str], str]) -> Part:
    columns = [title, tr("Received"), tr("Closed"), tr("Median days"), tr("Offline"), tr("First visit")]
    rows = [
        [name(one.name), _n(one.received), _n(one.closed), _n(one.days), _share(one.offline), _share(one.first_visit)]
        for one in lines
    ]
    sheet = {"columns": columns, "rows": rows} if rows else None
    words = "" if rows else tr("Nothing was received in this time.")
    return {"title": title, "words": words, "picture": _bars(title, lines, name), "sheet": sheet, "notes": []}


def _bars(title: str, lines: Sequence[Line], name: Callable[[str], str]) -> Part | None:
    largest = sorted((one for one in lines if one.received), key=lambda one: -(one.received or 0))[:LARGEST]
    if not largest:
        return None
    most = largest[0].received or 1
    bars = [
        {"label": name(one.name), "share": (one.received or 0) / most, "value": _n(one.received)} for one in largest
    ]
    told = ", ".join(f"{bar['label']} {bar['value']}" for bar in bars)
    return {"alt": tr("Bars of what was received. {title}: {told}", title=title, told=told), "bars": bars}


def _survey(report: YearReport, language: str) -> Part:
    asked = [(one, one.question.title.text(language)) for one in report.survey]
    bars = [
        {"label": label, "share": one.share or 0, "mark": one.question.baseline, "value": _share(one.share)}
        for one, label in asked
    ]
    told = "; ".join(
        tr(
            "{label}: {share}, in 2023 {baseline}",
            label=label,
            share=_share(one.share),
            baseline=_share(one.question.baseline),
        )
        for one, label in asked
    )
    rows = [[label, _n(one.answers), _share(one.share), _share(one.question.baseline)] for one, label in asked]
    return {
        "title": tr("What residents say"),
        "words": tr("The line in each bar is what the Strategy's own survey found."),
        "picture": {"alt": told, "bars": bars},
        "sheet": {"columns": [tr("Question"), tr("Answers"), tr("Share"), tr("In 2023")], "rows": rows},
        "notes": sorted({one.question.source for one, _ in asked}),
    }


def _method() -> Part:
    notes = [
        tr("A dash stands for a number of one to four, or one that would tell it: it could be somebody."),
        tr("Offline: more than ten minutes lay between the save on a laptop and its receipt by the City."),
        tr("First visit: closed without ever being sent back. Drafts and health services are not counted."),
    ]
    return {"title": tr("How it was counted"), "words": "", "picture": None, "sheet": None, "notes": notes}


def _channel(name: str) -> str:
    return NAMES[name]() if name in NAMES else name


def _ward(name: str) -> str:
    return tr("outside every ward") if name == NONE else tr("Ward {n}", n=name.lstrip("0"))


def _n(value: float | None) -> str:
    return "–" if value is None else f"{value:.12g}"


def _share(value: float | None) -> str:
    return "–" if value is None else tr("{n}%", n=round(value * 100))
