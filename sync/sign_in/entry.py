"""How a laptop comes to be signed in: by the sign-in that it has, else by a new one; and how it signs out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

from fieldapp.clock import Clock
from fieldapp.errors import RefusedError, SyncError
from fieldapp.texts import tr
from sync.sign_in.safe import Safe
from sync.sign_in.source import SignedIn
from sync.sign_in.tokens import Registration, Tokens

if TYPE_CHECKING:  # the libraries behind are loaded when somebody signs in
    from sync.sign_in.provider import Provider

Tell = Callable[[str], object]
SignIn = Callable[["Provider", Registration, Clock, Tell, Event], Tokens]  # asks the person, until the event is set
NEVER = Event()


class Entry:
    """One person's way in at one provider."""

    def __init__(
        self, registration: Registration, safe: Safe, clock: Clock, sign_in: SignIn, tell: Tell, stop: Event = NEVER
    ) -> None:
        """`sign_in` asks the person, until `stop`; `tell` says what they must do, and why work goes on without."""
        self._stop = stop
        self._registration = registration
        self._safe = safe
        self._clock = clock
        self._sign_in = sign_in
        self._tell = tell

    def open(self, *, known: bool, ask: bool = True) -> SignedIn:
        """Signed in as before, without a network; else the person is asked.

        `known`: this laptop knows the person already. Then work goes on also where nobody signs in, and only sending
        waits; without `ask` it goes on at once. Raises the SyncError that stopped the first sign-in, RefusedError when
        it is somebody else's.
        """
        kept = self._safe.load()
        if kept is not None and kept.registration == self._registration and not kept.ended:
            return self._over(kept)
        if known and not ask:
            return self._over(self._none(kept))
        try:
            return self._over(self._safe.keep(self._anew(kept, self._tell, self._stop)))
        except SyncError as fault:
            if not known:
                raise
            self._tell(str(fault))
            return self._over(self._none(kept))

    def forget(self) -> None:
        """This sign-in was not the person's."""
        self._safe.forget()

    def again(self, source: SignedIn, check: Callable[[str], object], tell: Tell, stop: Event = NEVER) -> None:
        """Sign in anew while work goes on, and let `source` go on with it. Raises as `open` does; then nothing is
        changed. `check` is given the new token where nobody has signed in here before: is it the store's owner's?"""
        before = self._safe.load()
        made = self._anew(before, tell, stop)
        if before is None or not before.subject:
            check(made.access)
        source.take(made)

    def _anew(self, before: Tokens | None, tell: Tell, stop: Event) -> Tokens:
        made = asked(self._registration, self._clock, self._sign_in, tell, stop)
        there = before is not None and before.registration.issuer == made.registration.issuer
        if before is not None and there and before.subject not in {"", made.subject}:
            raise RefusedError(tr("Somebody else signed in than before. This laptop's work waits for its own person."))
        return replace(made, serial=before.serial if before else 0)

    def _none(self, kept: Tokens | None) -> Tokens:
        """What nobody can send with, until somebody signs in."""
        return kept or Tokens(self._registration, "", "", "", "", "", ended=True)

    def _over(self, tokens: Tokens) -> SignedIn:
        return SignedIn(tokens, self._safe, self._clock)


def asked(registration: Registration, clock: Clock, sign_in: SignIn, tell: Tell, stop: Event = NEVER) -> Tokens:
    """Somebody signs in, whoever it is. Raises the SyncError that stopped it."""
    from sync.sign_in.provider import discovered

    return sign_in(discovered(registration.issuer), registration, clock, tell, stop)


def sign_out(safe: Safe) -> str:
    """End the sign-in here, and tell the provider; what became of it, in words. Unsent work stays."""
    from sync.sign_in.renewal import revoke

    tokens = safe.load()
    if tokens is None or tokens.ended:
        return tr("Nobody is signed in here.")
    safe.keep(tokens.over())  # here first: whatever the provider says, this laptop has no token any more
    try:
        told = revoke(tokens)
    except SyncError as fault:
        return tr("You are signed out on this laptop, but the City could not be told: {why}", why=str(fault))
    return tr("You are signed out.") if told else tr("You are signed out on this laptop.")
