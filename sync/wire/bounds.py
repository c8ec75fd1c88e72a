"""The protocol's version and bounds, the words of its answers, and the kinds of its buckets."""

from __future__ import annotations

PROTOCOL = 1
MAX_OPS = 500
MAX_BYTES = 1 << 20  # of ops in one push, as JSON
MAX_BODY = 4 << 20  # of any one message, unpacked
MAX_ROWS = 1000  # of rows in one pull
CHUNK = 1 << 20  # of a file in one request, to begin with
MIN_CHUNK, MAX_CHUNK = 256 << 10, 8 << 20  # and within these bounds as the line carries
MAX_FILE = 256 << 20  # of one file

APPLIED, MERGED, NOOP = "applied", "merged", "noop"
CONFLICT, REJECTED, PARKED = "conflict", "rejected", "parked"
BLOCKED, RETRY = "blocked", "retry"
ANSWERS = frozenset({APPLIED, MERGED, NOOP, CONFLICT, REJECTED, PARKED, BLOCKED, RETRY})
RECEIVED = "received"  # what a laptop takes any other answer for: the City has the op, and will say more one day
ALTERED, FORK, GAP, UNLINKED = "altered", "fork", "gap", "unlinked"  # alarms

ASSIGNED, DESK, FORMS, REF = "assigned", "desk", "forms", "ref"  # kinds of buckets besides wards
SLOTS = "slots"  # one more: the City's calendar
SHARED = (FORMS, REF, SLOTS)  # buckets that hold no records, and are for all staff
RESYNC, START = "resync", "start"  # what else a laptop understands in a reply to its pull
KNOWS = (ASSIGNED, DESK, FORMS, REF, SLOTS, RESYNC, START)
