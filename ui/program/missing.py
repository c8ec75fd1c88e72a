"""Libraries that PyInstaller does not find. It only warns, and ships a program that does not start elsewhere: with
this a build fails instead."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from ui.program.parts import is_kept

_WARNED = re.compile(r"Library (?:not found: could not resolve|file not found:?)\s*'?(?P<library>[^',]+)'?"
                     r"(?:, dependency of '(?P<part>[^']+)')?")  # fmt: skip
_INSIDE = re.compile(r".*[\\/]site-packages[\\/]")


class MissingLibraryError(Exception):
    """Libraries without which a part of the program cannot be loaded."""


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.missing: dict[str, str] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if found := _WARNED.search(record.getMessage()):
            part = _INSIDE.sub("", found["part"] or "")
            if is_kept(part):
                self.missing[found["library"]] = part


@contextmanager
def none_missing() -> Iterator[None]:
    """Listen to PyInstaller, and raise MissingLibraryError at the end when a part that is kept lacks a library."""
    logger, listener = logging.getLogger("PyInstaller"), _Listener()
    logger.addHandler(listener)
    try:
        yield
    finally:
        logger.removeHandler(listener)
    if listener.missing:
        lines = [f"{library} (wanted by {part})" for library, part in sorted(listener.missing.items())]
        raise MissingLibraryError("This machine lacks libraries of the program:\n  " + "\n  ".join(lines))
