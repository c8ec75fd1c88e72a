"""Signing in again while work goes on: same person only, at once, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from fieldapp.clock import FixedClock, stamp
from fieldapp.errors import RefusedError, SignInError
from fieldapp.store import keys, wrap
from sync.sign_in.asking import asking
from sync.sign_in.browser import by_browser
from sync.sign_in.entry import Entry
from sync.sign_in.loopback import listening
from sync.sign_in.provider import discovered
from sync.sign_in.tokens import tokens_of
from tests.support.oidc import Oidc
from tests.support.signing_in import Kept, Person, kept, registered, signs_in
from tests.support.vault import Vault

PIN = "482916"


@pytest.fixture
def laptop(oidc: Oidc, tmp_path: Path) -> Kept:
    return kept(oidc, tmp_path)


def entry(laptop: Kept, person: Person) -> Entry:
    """The person's way in, through their browser."""
    way = asking(host="127.0.0.1", device=False, browser=lambda: person.show)
    return Entry(registered(laptop.oidc), laptop.safe, laptop.oidc.clock, way, lambda _words: None)


def ended(laptop: Kept) -> None:
    """The sign-in is over, and the laptop has heard it."""
    laptop.oidc.end_all()
    laptop.later(10_000)
    with pytest.raises(SignInError, match="sign in on the Sync page"):
        laptop.source.token()


def nobody(token: str) -> None:
    raise AssertionError(token)


def test_whoever_asks_for_a_token_gets_the_new_one_at_once(laptop: Kept) -> None:
    ended(laptop)
    person = Person()
    entry(laptop, person).again(laptop.source, nobody, lambda _words: None)
    person.close()
    assert laptop.source.token() == laptop.again().token()


def test_i18_somebody_else_cannot_go_on_with_this_persons_laptop(laptop: Kept) -> None:
    ended(laptop)
    laptop.oidc.person = "r.kaur"
    person = Person()
    with pytest.raises(RefusedError, match="Somebody else signed in"):
        entry(laptop, person).again(laptop.source, nobody, lambda _words: None)
    person.close()
    with pytest.raises(SignInError):
        laptop.source.token()
    with pytest.raises(RefusedError, match="Nothing was changed"):
        laptop.source.take(signs_in(laptop.oidc))


def test_where_nobody_signed_in_before_the_gateway_says_who_it_is(laptop: Kept) -> None:
    asked: list[str] = []
    laptop.safe.forget()
    person = Person()
    entry(laptop, person).again(laptop.source, asked.append, lambda _words: None)
    person.close()
    assert asked == [laptop.source.token()]


def test_a_person_who_changes_their_mind_is_not_waited_for(laptop: Kept) -> None:
    stop = Event()
    provider = discovered(laptop.oidc.url)
    shown: list[str] = []

    def show(url: str) -> None:
        shown.append(url)
        stop.set()

    with pytest.raises(SignInError, match="You did not sign in"):
        by_browser(provider, registered(laptop.oidc), laptop.oidc.clock, show=show, stop=stop)
    assert shown


def test_the_waiting_ends_when_it_is_told_to() -> None:
    stop = Event()
    with listening("127.0.0.1", "s") as loopback:
        Thread(target=stop.set).start()
        with pytest.raises(SignInError):
            loopback.wait(30, stop)


def test_when_the_person_signed_in_is_known_and_how_long_it_lasts(laptop: Kept) -> None:
    clock = laptop.oidc.clock
    assert isinstance(clock, FixedClock)
    standing = laptop.source.standing()
    assert (standing.signed_in, standing.since, standing.days_left(clock)) == (True, stamp(clock.now()), None)
    tokens = laptop.safe.load()
    assert tokens is not None
    told = tokens.renewed({"access_token": "a", "refresh_expires_in": 30 * 86_400}, clock)
    laptop.source.take(replace(told, subject=tokens.subject))
    clock.forward(days=3, hours=1)
    assert laptop.source.standing().days_left(clock) == 26
    ended(laptop)
    assert laptop.source.standing().days_left(clock) == 0


def test_a_sign_in_that_an_older_fieldapp_kept_is_read(laptop: Kept) -> None:
    tokens = laptop.safe.load()
    assert tokens is not None
    older = tokens.text().replace(f', "since": "{tokens.since}", "until": ""', "")
    assert "since" not in older
    assert tokens_of(older) == replace(tokens, since="", until="")


def test_under_a_pin_the_sign_in_moves_from_the_keyring_into_the_store(
    oidc: Oidc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wrap, "COST", 2**10)
    vault = Vault()
    laptop = kept(oidc, tmp_path, vault)
    key = keys.unlock(tmp_path, vault=vault)
    keys.protect(tmp_path, key, PIN, vault=vault)
    laptop.source.keep_anew()
    assert not [text for text in vault.secrets.values() if laptop.source.token()[:40] in text]
    assert laptop.again().token() == laptop.source.token()
