"""The provider's public keys: fetched when first needed, again when an unknown one is named, but never in a flood."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, cast

from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import ECKey, KeySet, KeySetSerialization, OKPKey, RSAKey

from fieldapp.errors import SyncError
from sync.sign_in.line import strange

PAUSE = 30.0  # seconds: tokens with made-up key ids make no more requests than one in this time
AGE = 900.0  # seconds after which the keys are fetched anew, so that a withdrawn one goes

PublicKey = RSAKey | ECKey | OKPKey


class Keys:
    """Keys by id. Any thread may ask; one of them fetches."""

    def __init__(self, fetch: Callable[[], dict[str, Any]], *, ticks: Callable[[], float] = time.monotonic) -> None:
        """`fetch` gets the JSON Web Key Set; `ticks` counts seconds."""
        self._fetch = fetch
        self._ticks = ticks
        self._lock = threading.Lock()
        self._keys: KeySet | None = None
        self._fetched = self._tried = -AGE

    def get(self, kid: str | None) -> PublicKey | None:
        """The key of that id, or the only one where none is named; None when the provider has none such.

        Raises the SyncError of the line when there are no keys yet and the provider cannot be asked."""
        with self._lock:
            if self._keys is None or self._ticks() - self._fetched > AGE:
                self._refresh()
            found = self._find(kid)
            if found is None and self._ticks() - self._tried >= PAUSE:
                self._refresh()
                found = self._find(kid)
            return found

    def _find(self, kid: str | None) -> PublicKey | None:
        try:
            found = self._keys.get_by_kid(kid) if self._keys else None
        except InvalidKeyIdError:
            return None
        # A shared secret among public keys is either a mistake or an attack.
        return found if isinstance(found, PublicKey) else None

    def _refresh(self) -> None:
        """Fetch. Where that fails, the keys of before go on: a provider that is down must not stop the work."""
        if self._keys is not None and self._ticks() - self._tried < PAUSE:
            return
        self._tried = self._ticks()
        try:
            self._keys = _imported(self._fetch())
            self._fetched = self._ticks()
        except SyncError:
            if self._keys is None:
                raise


def _imported(said: dict[str, Any]) -> KeySet:
    if not isinstance(said.get("keys"), list) or not said["keys"]:
        raise strange()
    try:
        return KeySet.import_key_set(cast("KeySetSerialization", said))
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as fault:
        raise strange() from fault
