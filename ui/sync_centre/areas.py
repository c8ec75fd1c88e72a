"""What a bucket is called on the screen."""

from __future__ import annotations

from fieldapp.store import of_gateway
from fieldapp.texts import tr


def area(name: str) -> str:
    """A bucket's name in words."""
    if not of_gateway(name):
        return tr("At other servers")
    kind, _, rest = name.partition(":")
    match kind:
        case "ward":
            return tr("Outside every ward") if rest == "none" else tr("Ward {n}", n=rest.lstrip("0"))
        case "assigned":
            return tr("Assigned to me")
        case "desk":
            return tr("Desk: {office}", office=rest)
        case "forms":
            return tr("Forms")
        case "ref":
            return tr("Tables and layers")
    return name  # a newer gateway's
