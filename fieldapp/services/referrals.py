"""Referrals: what residents ask for that is done elsewhere, and by whom. resources/reference/referrals.csv."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from fieldapp.finding import Index, Told
from fieldapp.paths import resources
from fieldapp.services.finding import told
from fieldapp.services.service import Service
from fieldapp.services.tables import Row, read_table
from fieldapp.services.texts import Text
from fieldapp.texts import language, tr

MARK = "refer:"  # before the id of a referral, where it stands among services
COLUMNS = ("id", "en", "fr", "who_en", "who_fr", "how", "said_en", "said_fr", "source")


@dataclass(frozen=True)
class Referral:
    """What is asked for, who does it, and how they are reached. `said` are phrases of residents, in both languages."""

    id: str
    title: Text
    who: Text
    how: str
    said: tuple[str, ...]

    @property
    def told(self) -> Told:
        """By what it is found."""
        return Told(MARK + self.id, (self.title.en, self.title.fr), self.said)

    @property
    def answer(self) -> str:
        """What the clerk tells, in the language on screen."""
        return tr("Done elsewhere: {who} · {how}", who=self.who.text(language()), how=self.how)


@cache
def referrals() -> dict[str, Referral]:
    """All of them, each under its id with the mark before it."""
    rows = read_table(resources() / "reference" / "referrals.csv", COLUMNS).rows
    return {MARK + row["id"]: _referral(row) for row in rows}


def find_any(services: Iterable[Service], text: str) -> list[Service | Referral]:
    """The services and the referrals that `text` speaks of, weighed by the same words, the likeliest first."""
    there = {service.id: service for service in services}
    known = tuple(told(service) for service in there.values())
    every: dict[str, Service | Referral] = {**referrals(), **there}
    return [every[one.id] for one in _index(known).find(text)]


@lru_cache(maxsize=4)  # of the services of each role
def _index(known: tuple[Told, ...]) -> Index:
    return Index((*known, *(one.told for one in referrals().values())))


def _referral(row: Row) -> Referral:
    said = tuple(one.strip() for column in ("said_en", "said_fr") for one in row[column].split(";"))
    return Referral(row["id"], Text(row["en"], row["fr"]), Text(row["who_en"], row["who_fr"]), row["how"], said)
