"""What a resident agreed to at the counter: when, by whose hand, in which language, and the very words.

A record has each agreement for good, at `@agreed/<id>`. It holds no answer: only a digest of those that were read back,
which tells whether one was changed since.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256

from fieldapp.clock import moment_of
from fieldapp.records import AGREED, Fields, canonical, plain

RESIDENT, CLERK = "resident", "clerk"  # by whose hand: the resident's own, or the clerk's, who was told so


@dataclass(frozen=True)
class Agreement:
    """One agreement. `at` is a stamp of the laptop's clock, `by` is RESIDENT or CLERK, `lang` that of the `words`."""

    at: str
    by: str
    lang: str
    words: str
    digest: str

    def written(self) -> str:
        """As the record has it."""
        return canonical(asdict(self)).decode()


def agreement_of(value: str) -> Agreement | None:
    """The agreement that a record has; None for what is none."""
    try:
        said = plain(value)
        made = Agreement(*(str(said.get(name, "")) for name in ("at", "by", "lang", "words", "digest")))
        moment_of(made.at)
    except (ValueError, AttributeError):
        return None
    return made


def agreements(fields: Fields) -> list[Agreement]:
    """All agreements that a record has, oldest first."""
    found = (agreement_of(value) for path, value in fields.items() if path.startswith(AGREED))
    return sorted((one for one in found if one), key=lambda one: one.at)


def digest_of(said: Iterable[tuple[str, str, str]]) -> str:
    """SHA-256 of what was read back: record, path and value of each answer, whatever the language."""
    return sha256(canonical(sorted(said))).hexdigest()
