"""What other systems say of a record: words at `@words/<id>`, each for good, and where another server has it.

Statuses are those of Open311's GeoReport and of mySociety's extension, in lower case.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from fieldapp.clock import moment_of, stamp
from fieldapp.records import WORDS, Fields, canonical, plain
from fieldapp.texts import tr

LONGEST = 4000  # characters of a word, as GeoReport has it
OPEN, CLOSED, CANCELLED = "open", "closed", "cancelled"
STATUSES = (
    OPEN,
    CLOSED,
    "fixed",
    "in_progress",
    "planned",
    "action_scheduled",
    "investigating",
    "duplicate",
    "not_councils_responsibility",
    "no_further_action",
    "internal_referral",
    CANCELLED,
    "reopen",
    "for_triage",
    "unchanged",
)


@dataclass(frozen=True)
class Word:
    """Something that another system said. `by` is its name for people, `at` a stamp of its own clock ("" unknown)."""

    by: str
    at: str = ""
    status: str = ""  # "" where it says nothing of one
    text: str = ""

    def written(self) -> str:
        """As the record has it."""
        said = {**asdict(self), "text": self.text[:LONGEST]}
        return canonical({name: value for name, value in said.items() if value}).decode()


def word_of(value: str) -> Word | None:
    """The word that a record has; None for what is none."""
    try:
        said = plain(value)
        word = Word(*(str(said.get(name, "")) for name in ("by", "at", "status", "text")))
        return word if not word.at else replace(word, at=stamp(moment_of(word.at)))
    except (ValueError, AttributeError):
        return None


def words_of(fields: Fields) -> list[Word]:
    """All that was said of a record, oldest first."""
    found = [word_of(value) for path, value in fields.items() if path.startswith(WORDS)]
    return sorted((word for word in found if word), key=lambda word: word.at)


def status_words(status: str) -> str:
    """A status as people say it; one that nobody here knows as it is."""
    known = {
        OPEN: tr("open"),
        CLOSED: tr("closed"),
        "fixed": tr("fixed"),
        "in_progress": tr("in progress"),
        "planned": tr("planned"),
        "action_scheduled": tr("work is scheduled"),
        "investigating": tr("being looked into"),
        "duplicate": tr("reported before"),
        "not_councils_responsibility": tr("not theirs to do"),
        "no_further_action": tr("nothing more will be done"),
        "internal_referral": tr("handed to another department there"),
        CANCELLED: tr("cancelled"),
        "reopen": tr("open again"),
        "for_triage": tr("to be sorted"),
        "unchanged": tr("no new status"),
        "refused": tr("refused there"),  # what the gateway says of a request that it handed on
        "doubt": tr("it is not known whether it is there"),
        "waiting": tr("to be handed on again"),
        "dropped": tr("not handed on"),
    }
    return known.get(status.casefold(), status)
