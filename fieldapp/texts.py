"""What people read, in English and French. English stands in the code; French in resources/translations/fr/*.toml.

`tr("{n} waiting", n=3)` gives the text in the current language. A test walks the code and fails on any text without
a French twin, so nothing is left half translated.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

import rtoml

from fieldapp.paths import resources

LANGUAGES = ("en", "fr")
_current = ["en"]
_spoken: ContextVar[str] = ContextVar("spoken", default="")


def use(language: str) -> None:
    """Switch the language of this process; unknown languages fall back to English."""
    _current[0] = language if language in LANGUAGES else "en"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak another language inside the block, in this thread alone: a server answers each caller in theirs."""
    token = _spoken.set(language if language in LANGUAGES else "")
    try:
        yield
    finally:
        _spoken.reset(token)


def language() -> str:
    """The current language: en or fr."""
    return _spoken.get() or _current[0]


def tr(text: str, /, **values: object) -> str:
    """`text` in the current language, with `{name}` places filled."""
    if language() != "en":
        text = french().get(text, text)
    return text.format(**values) if values else text


def plural(n: int, one: str, many: str, /, **values: object) -> str:
    """`one` or `many` in the current language; French counts zero as singular. `{n}` is filled."""
    singular = n == 1 or (n == 0 and language() == "fr")
    return tr(one if singular else many, n=n, **values)


@cache
def french() -> dict[str, str]:
    """All French texts, from every room's file."""
    texts: dict[str, str] = {}
    for path in sorted((resources() / "translations" / "fr").glob("*.toml")):
        read: dict[str, str] = rtoml.loads(path.read_text("utf-8"))
        texts.update({english: _unbroken(text) for english, text in read.items()})
    return texts


def _unbroken(text: str) -> str:
    """No line begins with a colon or ends with an opening quotation mark."""
    return text.replace(" :", "\u00a0:").replace("« ", "«\u00a0").replace(" »", "\u00a0»")
