"""Renewal: in time, once for all, noted before it happens; whatever is lost, nobody is stranded."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fieldapp.errors import OfflineError, SignInError
from sync.sign_in.entry import sign_out
from sync.sign_in.source import SignedIn
from tests.support.oidc import Oidc
from tests.support.signing_in import Kept, kept
from tests.support.vault import Vault

REFRESH = {"grant_type": "refresh_token"}


@pytest.fixture
def laptop(oidc: Oidc, tmp_path: Path) -> Kept:
    return kept(oidc, tmp_path, Vault())


def test_a_token_serves_until_four_fifths_of_its_life(oidc: Oidc, laptop: Kept) -> None:
    laptop.later(oidc.life * 0.79)
    laptop.source.token()
    assert not oidc.count("/token", **REFRESH)


def test_then_it_is_renewed(oidc: Oidc, laptop: Kept) -> None:
    before = laptop.source.token()
    laptop.later(oidc.life * 0.81)
    assert laptop.source.token() != before
    assert oidc.count("/token", **REFRESH) == 1


def test_two_threads_that_renew_at_once_make_one_request(oidc: Oidc, laptop: Kept) -> None:
    laptop.later(oidc.life * 2)
    together = threading.Barrier(4)

    def ask() -> str:
        together.wait(10)
        return laptop.source.token()

    with ThreadPoolExecutor(4) as pool:
        got = {future.result() for future in [pool.submit(ask) for _ in range(4)]}
    assert len(got) == 1
    assert oidc.count("/token", **REFRESH) == 1


def test_four_threads_whose_token_was_refused_make_one_request(oidc: Oidc, laptop: Kept) -> None:
    refused = laptop.source.token()
    with ThreadPoolExecutor(4) as pool:
        got = {future.result() for future in [pool.submit(laptop.source.after_refusal, refused) for _ in range(4)]}
    assert len(got) == 1
    assert refused not in got
    assert oidc.count("/token", **REFRESH) == 1


def test_the_use_of_a_refresh_token_is_noted_before_it_happens(oidc: Oidc, laptop: Kept) -> None:
    def noted() -> bool:
        tokens = laptop.safe.load()
        return tokens is not None and bool(tokens.in_use)

    seen: list[bool] = []
    oidc.watch = lambda path: seen.append(noted()) if path == "/token" else None
    laptop.later(oidc.life * 2)
    laptop.source.token()
    assert seen == [True]
    assert not noted()


def test_a_lost_answer_is_asked_for_again_at_once_within_the_providers_grace(oidc: Oidc, laptop: Kept) -> None:
    oidc.grace, oidc.lose = 60, 1
    laptop.later(oidc.life * 2)
    assert laptop.source.token()
    assert oidc.count("/token", **REFRESH) == 2


def test_a_lost_answer_strands_nobody_after_a_kill(oidc: Oidc, laptop: Kept) -> None:
    oidc.grace, oidc.lose = 60, 2
    laptop.later(oidc.life * 2)
    with pytest.raises(OfflineError):
        laptop.source.token()
    assert laptop.again().token()


def test_a_lost_answer_without_grace_asks_for_a_sign_in_and_says_why(oidc: Oidc, laptop: Kept) -> None:
    oidc.lose = 1
    laptop.later(oidc.life * 2)
    with pytest.raises(SignInError, match=r"lost on the way.*saved here"):
        laptop.source.token()
    with pytest.raises(SignInError, match="saved here"):
        laptop.again().token()


def test_weeks_offline_use_nothing_up(oidc: Oidc, laptop: Kept) -> None:
    tokens = laptop.safe.load()
    assert tokens is not None
    laptop.later(30 * 86_400)
    oidc.down = True
    for _ in range(3):
        with pytest.raises(OfflineError):
            laptop.source.token()
    left = laptop.safe.load()
    assert left is not None
    assert (left.refresh, left.in_use) == (tokens.refresh, "")
    oidc.down = False
    assert laptop.source.token()


def test_while_the_provider_is_down_the_old_token_serves_to_its_end(oidc: Oidc, laptop: Kept) -> None:
    before = laptop.source.token()
    oidc.down = True
    laptop.later(oidc.life * 0.9)
    assert laptop.source.token() == before


def test_a_provider_that_is_down_is_not_asked_with_each_request(oidc: Oidc, laptop: Kept) -> None:
    oidc.down = True
    laptop.later(oidc.life * 0.9)
    asked = len(oidc.requests)
    for _ in range(10):
        laptop.source.token()
    assert len(oidc.requests) == asked + 1


def test_a_sign_in_that_was_withdrawn_asks_the_person(oidc: Oidc, laptop: Kept) -> None:
    oidc.end_all()
    with pytest.raises(SignInError, match="has ended"):
        laptop.source.after_refusal(laptop.source.token())
    with pytest.raises(SignInError, match="has ended"):
        laptop.source.token()
    assert oidc.count("/token", **REFRESH) == 1


def test_a_provider_that_does_not_rotate_is_fine_too(oidc: Oidc, laptop: Kept) -> None:
    oidc.rotates = False
    for _ in range(3):
        laptop.later(oidc.life * 2)
        assert laptop.source.token()


def test_a_renewal_for_somebody_else_is_not_used(oidc: Oidc, laptop: Kept) -> None:
    oidc.id_claims = {"sub": "r.kaur"}
    laptop.later(oidc.life * 2)
    with pytest.raises(SignInError, match="somebody else"):
        laptop.source.token()
    with pytest.raises(SignInError):
        laptop.source.token()


def test_signing_out_withdraws_the_sign_in_at_the_provider(oidc: Oidc, laptop: Kept) -> None:
    tokens = laptop.safe.load()
    assert sign_out(laptop.safe) == "You are signed out."
    assert tokens is not None
    with pytest.raises(SignInError):
        SignedIn(tokens, laptop.safe, oidc.clock).after_refusal(tokens.access)


def test_signing_out_without_a_network_leaves_no_token_here(oidc: Oidc, laptop: Kept) -> None:
    oidc.down = True
    assert "could not be told" in sign_out(laptop.safe)
    left = laptop.safe.load()
    assert left is not None
    assert (left.access, left.refresh, left.ended) == ("", "", True)


def test_a_sign_in_survives_a_keyring_that_is_locked_meanwhile(oidc: Oidc, tmp_path: Path) -> None:
    vault = Vault()
    laptop = kept(oidc, tmp_path, vault)
    vault.locked = True
    laptop.later(oidc.life * 2)
    fresh = laptop.source.token()
    assert laptop.again().token() == fresh
    vault.locked = False
    assert laptop.again().token() == fresh


def test_without_a_keyring_the_store_keeps_it(oidc: Oidc, tmp_path: Path) -> None:
    laptop = kept(oidc, tmp_path)
    laptop.later(oidc.life * 2)
    assert laptop.again().token()
