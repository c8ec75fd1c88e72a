"""The program's log for the length of a test."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from fieldapp import logs


@contextmanager
def as_before() -> Iterator[None]:
    """Whatever is installed inside goes with the end."""
    root = logging.getLogger()
    handlers, level, factory = root.handlers[:], root.level, logging.getLogRecordFactory()
    hooks = sys.excepthook, threading.excepthook
    quiet = {name: logging.getLogger(name).level for name in logs.QUIET}
    try:
        yield
    finally:
        for handler in set(root.handlers) - set(handlers):
            root.removeHandler(handler)
            handler.close()
        root.setLevel(level)
        logging.setLogRecordFactory(factory)
        sys.excepthook, threading.excepthook = hooks
        logging.captureWarnings(capture=False)
        for name, was in quiet.items():
            logging.getLogger(name).setLevel(was)
