"""The sign-ins of one person at their servers: told once, then kept in the encrypted store, and nowhere else."""

from __future__ import annotations

from urllib.parse import urlsplit

from fieldapp.errors import SignInError
from fieldapp.store import Store
from fieldapp.texts import tr
from sync.openrosa.sign_in import SignIn, same_host

VARIABLE = "FIELDAPP_OPENROSA"  # of the environment
KEPT = "openrosa.sign_in."  # settings: one a server


def told(text: str, server: str) -> str:
    """What `text` tells about `server`: its lines are `ADDRESS SIGN-IN`, and each is for that address alone."""
    for line in text.splitlines():
        address, _, said = line.strip().partition(" ")
        if address and not urlsplit(address).hostname:
            raise SignInError(
                tr("Write {name} as ADDRESS SIGN-IN, as in https://forms.example anna:secret", name=VARIABLE)
            )
        if address and same_host(server, address):
            return said.strip()
    return ""


def sign_in_for(store: Store, server: str, text: str) -> SignIn:
    """How this person signs in at `server`: as `text` tells now, else as it was kept. SignInError when it is none."""
    parts = urlsplit(server)
    setting = f"{KEPT}{parts.scheme}://{parts.netloc}"
    now = told(text, server)
    sign_in = SignIn.of(now or store.setting(setting))
    if now and now != store.setting(setting):
        store.keep_setting(setting, now)
    return sign_in
