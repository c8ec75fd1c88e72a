"""What the last look for a new version found, kept for the screen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from fieldapp.store import Store

KEPT, NOTED = "updates.news", "updates.notes"  # settings


@dataclass(frozen=True)
class News:
    """`version` is on its way: so many bytes of it are here. `why` nothing was brought, "" where all is well."""

    version: str = ""
    done: int = 0
    size: int = 0
    trying: bool = False  # it is here, and is being unpacked and rehearsed
    put_off: bool = False  # a person stopped it, until the next start or until they look for it
    why: str = ""
    looked_at: str = ""  # a stamp


def read_news(store: Store) -> News | None:
    """What is kept; None where nobody has looked yet."""
    try:
        return News(**json.loads(store.setting(KEPT)))
    except (ValueError, TypeError):
        return None


def keep_news(store: Store, news: News) -> None:
    """Keep it, and tell the screen."""
    if read_news(store) != news:
        store.keep_setting(KEPT, json.dumps(asdict(news)))
        store.layers_changed()


def keep_notes(store: Store, version: str, notes: Mapping[str, str]) -> None:
    """Keep what is new in a version, by language: it is told before that version starts, and while it runs."""
    store.keep_setting(NOTED, json.dumps({version: dict(notes)}))


def read_notes(store: Store, version: str, language: str) -> str:
    """What is new in a version, in the City's words; "" where nothing was said of it."""
    try:
        notes: Mapping[str, str] = json.loads(store.setting(NOTED))[version]
        return str(notes.get(language) or notes.get("en") or "")
    except (ValueError, TypeError, KeyError, AttributeError):
        return ""
