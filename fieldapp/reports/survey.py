"""The Digital Strategy's three questions, asked after a visit with consent, beside what its own survey found.

The baselines are data with their source: resources/reports/baselines.csv. The questions are the service visit-survey.
"""

from __future__ import annotations

from dataclasses import dataclass

from fieldapp.paths import resources
from fieldapp.records import Record
from fieldapp.reports.tally import Tally
from fieldapp.services.tables import read_table
from fieldapp.services.texts import Text

SURVEY = "visit-survey"


@dataclass(frozen=True)
class Question:
    """A question, the answers that count for it, and the share (0 to 1) that the Strategy's survey found."""

    path: str
    title: Text
    good: frozenset[str]
    baseline: float
    source: str


@dataclass(frozen=True)
class Answered:
    """A question, how many answered it, and the share of the answers that count; None where it is withheld."""

    question: Question
    answers: int | None
    share: float | None


def questions() -> tuple[Question, ...]:
    """The three questions; ServiceError for a table that cannot be read."""
    columns = ("question", "en", "fr", "good", "baseline", "source")
    rows = read_table(resources() / "reports" / "baselines.csv", columns).rows
    return tuple(
        Question(
            row["question"],
            Text(row["en"], row["fr"]),
            frozenset(row["good"].split()),
            float(row["baseline"]) / 100,
            row["source"],
        )
        for row in rows
    )


class Survey:
    """Counts the answers."""

    def __init__(self) -> None:
        self._tallies = {question: Tally() for question in questions()}

    def take(self, record: Record) -> None:
        """Count one person's answers; what they left out is not counted."""
        for question, tally in self._tallies.items():
            if answer := record.get(question.path):
                tally.take(good=answer in question.good)

    def answered(self) -> tuple[Answered, ...]:
        """What was found so far."""
        return tuple(Answered(question, tally.count, tally.share) for question, tally in self._tallies.items())
