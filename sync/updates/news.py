"""What the last look for a new version found, kept for the screen."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from fieldapp.store import Store

KEPT = "updates.news"  # setting


@dataclass(frozen=True)
class News:
    """`version` is on its way: so many bytes of it are here. `why` nothing was brought, "" where all is well."""

    version: str = ""
    done: int = 0
    size: int = 0
    trying: bool = False  # it is here, and is being unpacked and rehearsed
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
