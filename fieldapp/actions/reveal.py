"""Showing an answer that is kept out of sight: noted first, for the City too, then shown."""

from __future__ import annotations

from fieldapp.actions.desk import Desk
from fieldapp.services.secrecy import is_secret
from fieldapp.store.log import REVEALED


def is_hidden(desk: Desk, service_id: str, path: str) -> bool:
    """Whether the answer at `path` is shown only when somebody asks for it."""
    return service_id in desk.catalogue and is_secret(desk.catalogue.get(service_id), path)


def reveal(desk: Desk, record_id: str, path: str) -> str:
    """The value at `path`, once the log has who asked for it, when, and of which record; never the value itself.

    Raises DiskError when that cannot be noted: then it is not shown."""
    record = desk.record(record_id)
    desk.store.log.add(REVEALED, desk.person.id, record_id, {"path": path, "number": record.reference})
    return record.get(path)
