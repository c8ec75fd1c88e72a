"""How a person's sign-in with the City stands, for the screens: nothing secret, and no library behind it."""

from __future__ import annotations

from dataclasses import dataclass

from fieldapp.clock import Clock, moment_of


@dataclass(frozen=True)
class Standing:
    """Times are stamps, "" for not known. Work never needs a sign-in; only sending does."""

    signed_in: bool  # False: a person must sign in before anything is sent
    since: str = ""  # when the person last signed in
    renewed: str = ""  # when the sign-in was last renewed by itself
    until: str = ""  # how long it can be renewed, where the City's provider says so

    def days_left(self, clock: Clock) -> int | None:
        """Whole days until the person must sign in again; None where the provider does not say how long it lasts."""
        if not self.signed_in:
            return 0
        return max(0, (moment_of(self.until) - clock.now()).days) if self.until else None
