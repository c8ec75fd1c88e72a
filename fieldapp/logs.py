"""The program's log, on a laptop and at the gateway: what happened, never what anybody wrote or signed in with.

Every record is scrubbed where it is made, so no handler, ours or a library's, ever sees a secret. What an error says is
left out, for it may repeat an answer: its kind and the lines of code that it came through are enough to find it.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

MOST = 1 << 20  # bytes of one log file; two older ones are kept
GONE = "[…]"
FIELDS = "fields"  # of a record: what a structured line has beside its words
TEMPLATE, FAULT = "_template", "_fault"  # of a record: its words without values, and the error that came with it
QUIET = ("urllib3", "requests", "authlib", "asyncio", "pyxform", "keyring", "psycopg", "uvicorn", "multipart")
_NAMED = (
    r"(?:access_|refresh_|id_|device_|client_)?token|passphrase|password|passwd|pin|secret|client_secret|api_?key"
    r"|authorization|code_verifier|device_code|user_code|code|key"
)
_SECRETS = (
    (re.compile(r"(?i)\b(bearer|basic)\s+[^\s,;\"']+"), rf"\1 {GONE}"),
    (re.compile(rf"(?i)\b({_NAMED})([\"']?\s*[:=]\s*)(\"[^\"]*\"|'[^']*'|[^\s,;&}}\"']+)"), rf"\1\2{GONE}"),
    (re.compile(r"://[^/\s@]+@"), f"://{GONE}@"),
    (re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*"), GONE),
    (re.compile(r"(?<![\w+=-])[A-Za-z0-9_+=-]{40,}"), GONE),  # a token, a key, a hash: whoever needs one has it
)
_request: ContextVar[str] = ContextVar("request", default="")
_made = logging.getLogRecordFactory()


@contextmanager
def naming(request: str) -> Iterator[str]:
    """Inside, every structured line says which request it is about."""
    before = _request.set(request)
    try:
        yield request
    finally:
        _request.reset(before)


def scrubbed(text: str) -> str:
    """`text` without anything that opens something."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


def told(fault: BaseException) -> str:
    """An error, and what it came from, by kind and by lines of code; not a word of what it says."""
    parts: list[str] = []
    current: BaseException | None = fault
    while current is not None and len(parts) < 200:
        frames = traceback.extract_tb(current.__traceback__)
        parts += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        number = f" ({os.strerror(current.errno)})" if isinstance(current, OSError) and current.errno else ""
        parts.append(f"{type(current).__module__}.{type(current).__qualname__}{number}")
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\n".join(parts)


def keep(file: Path | None = None, *, structured: bool = False, quiet: bool = False) -> None:
    """Keep a log from now on, in a file that never grows large, or on the error stream: as lines of JSON when it is
    `structured`, only of what went wrong when it is `quiet`. What nobody caught, in any thread, comes there too. To be
    called once, by the program itself."""
    logging.setLogRecordFactory(_scrubbed_record)
    handler = _handler(file)
    handler.setFormatter(
        _Lines() if structured else logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    )
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING if quiet else logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread


def _handler(file: Path | None) -> logging.Handler:
    """A folder that cannot be written is no reason not to start."""
    if file is not None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            return RotatingFileHandler(file, maxBytes=MOST, backupCount=2, encoding="utf-8")
        except OSError:
            pass
    return logging.StreamHandler()


def _scrubbed_record(*parts: Any, **more: Any) -> logging.LogRecord:
    record = _made(*parts, **more)
    try:
        words = record.getMessage()
    except (TypeError, ValueError):  # a library's own mistake
        words = str(record.msg)
    fault = record.exc_info[1] if record.exc_info else None
    setattr(record, TEMPLATE, record.msg)
    setattr(record, FAULT, fault)
    record.msg, record.args = scrubbed(words), None
    if fault is not None:
        record.exc_text = told(fault)
    record.exc_info = record.stack_info = None
    return record


class _Lines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"time": moment, "level": record.levelname, "name": record.name, "message": record.getMessage()}
        if request := _request.get():
            line["request"] = request
        line |= getattr(record, FIELDS, {})
        if record.exc_text:
            line["error"] = record.exc_text
        return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def _uncaught(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, fault, trace)
        return
    logging.getLogger("fieldapp").critical("nobody caught this", exc_info=(kind, fault, trace))


def _uncaught_in_thread(caught: threading.ExceptHookArgs) -> None:
    if caught.exc_value is not None and not issubclass(caught.exc_type, SystemExit):
        _uncaught(caught.exc_type, caught.exc_value, caught.exc_traceback)
