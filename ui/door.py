"""A gateway's door: signing in at the City's identity provider, and signing out again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from fieldapp.access import check_user_id
from fieldapp.clock import Clock, SystemClock
from fieldapp.errors import RefusedError, SignInError, SyncError
from fieldapp.paths import Home
from fieldapp.store import Store, keys
from fieldapp.texts import plural, tr
from sync.sign_in.entry import NEVER, Entry, SignIn, asked, sign_out
from sync.sign_in.safe import Safe
from sync.sign_in.source import SignedIn
from sync.sign_in.tokens import Registration
from sync.standing import Standing
from ui.address import Address, Guest, owner
from ui.ports import Tell

GIVEN = "gateway.given"  # the token, a setting in the person's own encrypted store
GATEWAY, DEVICE = "gateway.url", "gateway.device"  # settings: where one signed in last, and as which laptop


@dataclass(frozen=True)
class SignInDoor:
    """A gateway at `url` where one signs in first; `sign_in` asks the person to, `tell` says what they must do."""

    url: str
    registration: Registration
    sign_in: SignIn
    tell: Tell
    stop: Event = NEVER
    asks: bool = True  # also whom the laptop knows, at each start without a sign-in

    def speaking(self, tell: Tell, stop: Event) -> SignInDoor:
        """The same in a window: it tells a person with `tell` what to do, and waits for them no longer than until
        `stop`. Whom the laptop knows gets in at once, and signs in on the Sync page."""
        return replace(self, tell=tell, stop=stop, asks=False)

    def open(self, store: Store, folder: Path, clock: Clock) -> Address:
        """Sign in, as before or anew. Raises as `Entry.open` does."""
        if (store.setting(GATEWAY), store.setting(DEVICE)) != (self.url, store.device):
            store.keep_setting(GATEWAY, self.url)  # for the sign-out, which gives reserved numbers back there
            store.keep_setting(DEVICE, store.device)
        safe, me = Safe(store, folder, keys.system_vault()), store.people.me()
        first = safe.load() is None
        entry = Entry(self.registration, safe, clock, self.sign_in, self.tell, self.stop)
        source = entry.open(known=me is not None, ask=self.asks)
        again = SignInAgain(self.url, entry, source, safe, store)
        address = Address(self.url, source, entry.forget, again)
        if first and me is not None:  # a laptop of a practice token: nobody has signed in here to compare with
            with suppress(SyncError):
                owner(address, me.id)
        return address

    def admit(self) -> Guest:
        """Somebody signs in, whoever it is; the gateway says who. Raises the SyncError that stopped it."""
        tokens = asked(self.registration, SystemClock(), self.sign_in, self.tell, self.stop)
        address = Address(self.url, tokens.access)
        hello = address.api().hello()

        def keep(store: Store, folder: Path) -> None:
            safe = Safe(store, folder, keys.system_vault())
            before = safe.load()
            safe.keep(replace(tokens, serial=before.serial if before else 0))

        return Guest(hello, address.parts(), keep)


@dataclass(frozen=True)
class TokenDoor:
    """A gateway of a City that gives out tokens. `token` is what somebody has just typed; it is kept in their store."""

    url: str
    token: str = ""

    def speaking(self, _tell: Tell, _stop: Event) -> TokenDoor:
        """Nobody is asked for anything."""
        return self

    def open(self, store: Store, _folder: Path, _clock: Clock) -> Address:
        """With the token of the store's owner."""
        return Address(self.url, store.setting(GIVEN) or self.token)

    def admit(self) -> Guest:
        """Whose token it is. Raises the SyncError that stopped it."""
        if not self.token:
            raise SignInError(tr("Here one signs in with a token: start FieldApp with “fieldapp start --again”."))
        address = Address(self.url, self.token)
        return Guest(
            address.api().hello(), address.parts(), lambda store, _folder: store.keep_setting(GIVEN, self.token)
        )


@dataclass(frozen=True)
class SignInAgain:
    """The sign-in of a laptop that is open: how it stands, doing it again, and ending it."""

    url: str
    entry: Entry
    source: SignedIn
    safe: Safe
    store: Store

    def standing(self) -> Standing:
        """How it stands now."""
        return self.source.standing()

    def again(self, tell: Tell, stop: Event) -> None:
        """The person signs in anew, and sending goes on with it. Raises as `Entry.again` does."""
        self.entry.again(self.source, self._check, tell, stop)

    def keep_anew(self) -> None:
        """Keep it where it belongs now, after the store got a PIN or passphrase."""
        self.source.keep_anew()

    def sign_out(self) -> str:
        """End it; what became of it, in words. Unsent work stays."""
        numbers = _numbers_back(self.store, self.source, self.url) if self.standing().signed_in else ""
        return " ".join(part for part in (sign_out(self.safe), numbers) if part)

    def _check(self, token: str) -> None:
        me = self.store.people.me()
        if me is not None:
            owner(Address(self.url, token), me.id)


def sign_out_of_city(home: Home, person_id: str, ask: Callable[[str], str]) -> str:
    """End a person's sign-in on this laptop; what became of it, in words. RefusedError where they have no store."""
    folder = home.store(check_user_id(person_id))
    if not keys.exists(folder):
        raise RefusedError(tr("{person} has no store on this laptop.", person=person_id))
    store = Store.open(folder, keys.key_for_command(folder, ask), clock=SystemClock(), device="", guide=None)
    safe = Safe(store, folder, keys.system_vault())
    store.device, tokens = store.setting(DEVICE), safe.load()
    try:
        source = SignedIn(tokens, safe, SystemClock()) if tokens is not None and not tokens.ended else None
        numbers = _numbers_back(store, source, store.setting(GATEWAY)) if source else ""
        return " ".join(part for part in (sign_out(safe), numbers) if part)
    finally:
        store.close()


def _numbers_back(store: Store, source: SignedIn, url: str) -> str:
    """Give reserved official numbers back while one is signed in; what became of them, in words, "" for none.

    Without a network they stay reserved for this laptop, and are used after the next sign-in."""
    from sync.adapters.gateway import GatewayClient
    from sync.numbers import give_back

    left = sum(block.left for block in store.numbers.blocks())
    if not left or not url:
        return ""
    client = GatewayClient(url, source)
    try:
        client.hello()  # nothing is closed here for a City that cannot be told
        give_back(store, client)
    except SyncError:
        return plural(
            left, "{n} reserved number stays with this laptop.", "{n} reserved numbers stay with this laptop."
        )
    finally:
        client.close()
    return plural(left, "{n} reserved number went back to the City.", "{n} reserved numbers went back to the City.")
