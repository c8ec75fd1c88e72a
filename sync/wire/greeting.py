"""Who answers, how much of a file is there, and what went wrong with a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldapp.records import Person
from sync.wire.trust import (
    Alarm,
    SignedOrder,
)


@dataclass(frozen=True)
class Hello:
    """Who answers, for whom, and which history of the City it continues."""

    city: str
    protocol: int
    epoch: str
    time: str  # the gateway's clock, a stamp
    person: Person
    names: Mapping[str, str] = field(default_factory=dict)  # colleagues' names by user id
    roles: Mapping[str, str] = field(default_factory=dict)  # for supervisors: colleagues' roles, with blanks between
    nonce: str = ""  # the caller's own, given back: no cache and no captive portal can know it
    key: str = ""  # with which orders of this City are checked (Ed25519, hex): believed at the first greeting only
    alarms: tuple[Alarm, ...] = ()  # that are open, for supervisors: the newest
    geocoder: str = ""  # where the City's geocoder is (ArcGIS, …/GeocodeServer); "" for none
    live: Mapping[str, str] = field(default_factory=dict)  # where the City's live feeds are, by their names


@dataclass(frozen=True)
class WayIn:
    """As what laptops are known at the City's identity provider. `resource` names the gateway, where it wants that."""

    issuer: str
    client_id: str
    scope: str = "openid profile offline_access"
    resource: str = ""


@dataclass(frozen=True)
class Welcome:
    """What a gateway tells a laptop that knows nothing yet: whose it is, and how one signs in there."""

    program: str  # "FieldApp": no other server says so
    city: str
    protocol: int
    time: str  # the gateway's clock, a stamp
    nonce: str = ""  # the caller's own, given back
    way_in: WayIn | None = None  # None where the City gives out tokens, or has not said as what laptops are known


@dataclass(frozen=True)
class BlobStatus:
    """How much of a file the gateway has, by the length of its own file."""

    sha256: str
    offset: int
    complete: bool
    announced: bool = True  # whether any op named it; nothing else is taken


@dataclass(frozen=True)
class Problem:
    """What an HTTP error says (RFC 9457, application/problem+json)."""

    type: str
    title: str
    status: int
    detail: str = ""
    order: SignedOrder | None = None  # of a 403: this laptop or person was withdrawn
