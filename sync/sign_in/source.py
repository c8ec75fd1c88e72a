"""The token of the moment, renewed before it ends: once for all who ask, and never twice with one refresh token
without a note of it.

A refresh token is good for one use. The answer to that use can be lost like any other, and then nobody here knows
whether it was used. So the use is noted durably first (the write-ahead mark). After a lost answer the same token is
tried once more, which providers allow for some seconds; where they do not, a person signs in again. Neither touches
what is saved: sending waits, that is all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from fieldapp.clock import Clock, stamp
from fieldapp.errors import OfflineError, RefusedError, SignInError, SyncError
from fieldapp.texts import tr
from sync.sign_in.faults import GrantError, UnsentError
from sync.sign_in.safe import Safe
from sync.sign_in.tokens import Tokens, standing_of
from sync.standing import Standing

PAUSE = timedelta(seconds=30)  # after a renewal that failed, while the token is still good
OVER = frozenset({"invalid_grant", "unauthorized_client", "invalid_client"})


class SignedIn:
    """A TokenSource over one sign-in. Any thread may ask: one renews, the others wait and get what it got."""

    def __init__(
        self, tokens: Tokens, safe: Safe, clock: Clock, *, renew: Callable[[Tokens], dict[str, Any]] | None = None
    ) -> None:
        """Go on with `tokens`, which `safe` has noted."""
        self._tokens = tokens
        self._safe = safe
        self._clock = clock
        self._ask = renew or _renew
        self._lock = threading.Lock()
        self._rest_until: datetime | None = None

    def token(self) -> str:
        """A token that is good now. Renewed at 80 % of its life; while that fails, the old one serves to its end."""
        with self._lock:
            if self._tokens.ended:
                raise SignInError(_please())
            if not self._tokens.is_due(self._clock):
                return self._tokens.access
            if self._tokens.is_expired(self._clock):
                return self._renewed()
            return self._renewed_or_old()

    def after_refusal(self, refused: str) -> str:
        """A new token after a 401, unless another thread has got one meanwhile."""
        with self._lock:
            if self._tokens.ended:
                raise SignInError(_please())
            return self._renewed() if self._tokens.access == refused else self._tokens.access

    def take(self, tokens: Tokens) -> None:
        """Go on with a new sign-in of the same person; whoever waits for a token gets it. RefusedError for others."""
        with self._lock:
            known = self._tokens
            same = known.registration.issuer == tokens.registration.issuer
            if same and known.subject not in {"", tokens.subject}:
                raise RefusedError(tr("Somebody else signed in than before. Nothing was changed."))
            self._rest_until = None
            self._note(replace(tokens, serial=max(known.serial, tokens.serial)))

    def keep_anew(self) -> None:
        """Keep it again: where it is kept may have changed."""
        with self._lock:
            self._note(self._tokens)

    def standing(self) -> Standing:
        """How this sign-in stands now."""
        return standing_of(self._tokens)

    def _renewed_or_old(self) -> str:
        if self._rest_until is not None and self._clock.now() < self._rest_until:
            return self._tokens.access
        try:
            return self._renewed()
        except SignInError:
            raise
        except SyncError:
            self._rest_until = self._clock.now() + PAUSE
            return self._tokens.access

    def _renewed(self) -> str:
        if not self._tokens.refresh:
            self._note(self._tokens.over())
            raise SignInError(_please())
        lost_before = bool(self._tokens.in_use)
        if not lost_before:
            self._note(replace(self._tokens, in_use=stamp(self._clock.now())))
        try:
            answer = self._answer(lost=lost_before)
        except UnsentError:
            if not lost_before:
                self._note(replace(self._tokens, in_use=""))
            raise
        self._take(answer)
        return self._tokens.access

    def _answer(self, *, lost: bool) -> dict[str, Any]:
        """Ask; once more with the same token where the answer was lost."""
        try:
            return self._ask(self._tokens)
        except UnsentError:
            raise
        except OfflineError:
            return self._answer_again()
        except GrantError as fault:
            raise self._over(fault, lost=lost) from fault

    def _answer_again(self) -> dict[str, Any]:
        try:
            return self._ask(self._tokens)
        except UnsentError as fault:  # the first request did leave: the mark must stay
            raise OfflineError(str(fault)) from fault
        except GrantError as fault:
            raise self._over(fault, lost=True) from fault

    def _over(self, fault: GrantError, *, lost: bool) -> SignInError:
        """What a refusal of the refresh token means."""
        if fault.code not in OVER:
            return fault
        self._note(self._tokens.over())
        return SignInError(_lost() if lost else _please())

    def _take(self, answer: dict[str, Any]) -> None:
        """Keep the new tokens before anything is done with them."""
        from sync.sign_in.identity import same_subject

        before = self._tokens
        registration = before.registration
        self._rest_until = None
        self._note(before.renewed(answer, self._clock))
        if not same_subject(answer, registration.issuer, registration.client_id, before.subject):
            self._note(self._tokens.over())
            raise SignInError(tr("The City's sign-in answered for somebody else. Nothing was sent; all is saved here."))

    def _note(self, tokens: Tokens) -> None:
        """In memory first: where the disk is full, this process at least goes on with what is good."""
        self._tokens = tokens
        self._tokens = self._safe.keep(tokens)


def _renew(tokens: Tokens) -> dict[str, Any]:
    """Its libraries take longer to load than a window takes to stand, so they wait until a token is asked for."""
    from sync.sign_in.renewal import renew

    return renew(tokens)


def _please() -> str:
    return tr("Your sign-in has ended. To send again, sign in on the Sync page; all your work is saved here.")


def _lost() -> str:
    return tr(
        "The answer to the renewal of your sign-in was lost on the way. To send again, sign in on the Sync page;"
        " all your work is saved here."
    )
