"""What a paper is about, gathered before it is worded."""

from __future__ import annotations

from dataclasses import dataclass

from fieldapp.documents.issued.answers import Answers
from fieldapp.money.payment import Payment
from fieldapp.records import Record
from fieldapp.services import Service


@dataclass(frozen=True)
class About:
    """What a paper is about: the record with its answers in the paper's language, the day that stands on it, who took
    or inspected it, what is still to be paid, in words ("" for nothing), the stamp of the record's last step, and of a
    till its payments; of a visit its services, each with the documents (by id) that were `shown`."""

    service: Service
    record: Record
    answers: Answers
    language: str
    day: str
    person: str
    owed: str = ""
    at: str = ""
    payments: tuple[Payment, ...] = ()
    cases: tuple[About, ...] = ()
    shown: tuple[str, ...] = ()
