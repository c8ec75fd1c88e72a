"""Help articles: short texts in plain language, one a page and one a trouble, in `resources/help`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from fieldapp.paths import resources
from fieldapp.texts import language


@dataclass(frozen=True)
class Article:
    """`text` is Markdown without its title. A link to another article is `help:` and its id."""

    id: str
    title: str
    text: str


def articles() -> tuple[Article, ...]:
    """All of them, in the language of the moment."""
    return _in(language())


def article(id_: str) -> Article | None:
    """The one with this id; None where there is none."""
    return next((one for one in articles() if one.id == id_), None)


@cache
def _in(spoken: str) -> tuple[Article, ...]:
    return tuple(_read(spoken))


def _read(spoken: str) -> Iterator[Article]:
    for path in sorted((resources() / "help").glob(f"*.{spoken}.md")):
        title, _, text = path.read_text("utf-8").partition("\n")
        yield Article(path.name.removesuffix(f".{spoken}.md"), title.removeprefix("# ").strip(), text.strip())
