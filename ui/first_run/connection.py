"""Which city this machine belongs to: kept in a small file beside the stores, so that the next start finds it.

No secret is in it. What was only typed is kept too (`checked` is false): whoever closes the window finds it again.
"""

from __future__ import annotations

import json
import platform
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from fieldapp.errors import InputError, Place
from fieldapp.paths import Home
from fieldapp.store.durable import make_folder, write_durably
from fieldapp.texts import tr
from sync.sign_in.asking import asking
from sync.sign_in.tokens import Registration
from sync.wire import WayIn, Welcome
from ui.address import Door
from ui.door import SignInDoor, TokenDoor

FILE = "connection.json"
NO_NAME = re.compile(r"[^A-Za-z0-9-]+")
LONGEST_NAME = 16  # letters of a laptop's name: it is printed on receipts


@dataclass(frozen=True)
class Connection:
    """A city's gateway as this machine knows it. `way_in` is None where the City gives out tokens."""

    url: str
    device: str
    city: str = ""
    way_in: WayIn | None = None
    checked: bool = False  # it answered, and is a gateway of FieldApp

    def told(self, welcome: Welcome) -> Connection:
        """The same, after the gateway said who it is."""
        return Connection(self.url, self.device, welcome.city, welcome.way_in, checked=True)

    def door(self, token: str = "") -> Door:
        """How one gets in there; `token` is what somebody has just typed."""
        if self.way_in is None:
            return TokenDoor(self.url, token)
        way = self.way_in
        registration = Registration(way.issuer, way.client_id, way.scope, way.resource)
        return SignInDoor(self.url, registration, asking(host="127.0.0.1", device=False), lambda _words: None)


def kept(home: Home) -> Connection | None:
    """What was kept here; None at the very first start. InputError, with the file's name, where it cannot be read."""
    file = _file(home)
    if not file.exists():
        return None
    try:
        said = json.loads(file.read_text("utf-8"))
        way = said.pop("way_in")
        return Connection(**said, way_in=WayIn(**way) if way else None)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as fault:
        why = tr("this file cannot be read; put it aside and FieldApp asks for the City's address again")
        raise InputError(why, Place(str(file))) from fault


def keep(home: Home, connection: Connection) -> None:
    """Keep it durably, in place of what was there. OSError when the disk does not take it."""
    make_folder(home.root)
    write_durably(_file(home), json.dumps(asdict(connection), indent=1).encode())


def name_of(typed: str) -> str:
    """A laptop's name as it may stand on a receipt: letters, digits and hyphens; "" where nothing is left."""
    return NO_NAME.sub("-", typed.strip()).strip("-").upper()[:LONGEST_NAME].strip("-")


def own_name() -> str:
    """What this computer calls itself."""
    return name_of(platform.node().partition(".")[0]) or "LAPTOP"


def _file(home: Home) -> Path:
    return home.root / FILE
