"""I18: whenever a sign-in ends, before the first request or before any later one, nothing is lost, doubled, or sent
under another name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from fieldapp.errors import SignInError
from fieldapp.records import Person
from sync.adapters.gateway import GatewayClient
from sync.engine import Engine
from tests.support.gateway import CHIEF, CLERK, City, Laptop, some_bytes
from tests.support.proxy import Exchange, Fate, Weather, bad_line, passes
from tests.support.quiet import assert_quiet, until_through

RECORDS = 8
REQUESTS = 9  # of a clean first cycle: hello, push, a photo's status and pieces, pull; and some beyond its end


@dataclass
class Signed:
    """A sign-in that can end at any moment, and be renewed where the provider allows it."""

    city: City
    person: Person
    renews: bool = True
    held: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sign_in()

    def sign_in(self) -> None:
        """The person signs in."""
        self.held.append(self.city.service.give_token(self.person.id))

    def token(self) -> str:
        """The newest."""
        return self.held[-1]

    def after_refusal(self, refused: str) -> str:
        """Another one, where it may be had without the person."""
        if not self.renews and self.token() != refused:
            return self.token()
        if not self.renews:
            raise SignInError("Please sign in.")
        self.sign_in()
        return self.token()

    def end(self) -> None:
        """At the City, every token of this person is worth nothing from now on."""
        with self.city.service.database.write() as tx:
            tx.execute("DELETE FROM token WHERE person = ?", (self.person.id,))


def ends_before(number: int, end: Callable[[], None]) -> Weather:
    """The sign-in ends just before this request comes to the gateway."""

    def fate(exchange: Exchange) -> None:
        end()
        passes(exchange)

    def weather(count: int, _name: str) -> Fate:
        return fate if count == number else passes

    return weather


def laptop_of(city: City, signed: Signed) -> Laptop:
    """A laptop whose line asks the sign-in for its token, with work to send."""
    laptop = city.laptop(signed.person)
    assert isinstance(laptop.api, GatewayClient)
    laptop.api.close()
    laptop.api = GatewayClient(city.line, signed)
    laptop.engine = Engine(laptop.store, laptop.api, laptop.person, laptop.clock)
    work(laptop)
    return laptop


def work(laptop: Laptop) -> None:
    """Records, one with a photo."""
    for number in range(RECORDS):
        laptop.new({"items/a": str(number)})
    photo = laptop.photo(some_bytes(3_000))
    laptop.new({"photos/one": f"{photo.sha256}.jpg"}, attachments=(photo,))


def until_it_ends(laptop: Laptop) -> None:
    """Cycle until the sign-in ends; it does."""
    for _ in range(REQUESTS):
        laptop.sync()


@pytest.mark.parametrize("number", range(1, REQUESTS))
def test_i18_a_sign_in_that_ends_before_any_request_is_renewed_unseen(far: City, number: int) -> None:
    with bad_line(far) as line:
        signed = Signed(far, CLERK)
        laptop = laptop_of(far, signed)
        line.weather = ends_before(number, signed.end)
        assert until_through(laptop) == 0
        assert_quiet(far)
    assert far.count("op") == far.count("record") == RECORDS + 1


@pytest.mark.parametrize("number", range(1, REQUESTS))
def test_i18_one_that_cannot_be_renewed_waits_for_the_person_and_loses_nothing(far: City, number: int) -> None:
    with bad_line(far) as line:
        signed = Signed(far, CLERK, renews=False)
        laptop = laptop_of(far, signed)
        line.weather = ends_before(number, signed.end)
        with pytest.raises(SignInError):
            until_it_ends(laptop)
        work(laptop)  # saving goes on
        assert laptop.store.check() == []
        signed.sign_in()
        until_through(laptop)
        assert laptop.store.counts().waiting == 0
        assert_quiet(far)
    assert far.count("op") == far.count("record") == 2 * (RECORDS + 1)


@pytest.mark.parametrize("number", range(1, REQUESTS))
def test_i18_no_op_leaves_under_the_next_persons_sign_in(far: City, number: int) -> None:
    with bad_line(far) as line:
        signed = Signed(far, CLERK)
        laptop = laptop_of(far, signed)
        other = Signed(far, CHIEF)

        def another_signs_in() -> None:
            signed.end()
            signed.held.append(other.token())
            signed.renews = False

        line.weather = ends_before(number, another_signs_in)
        with pytest.raises(SignInError):
            until_it_ends(laptop)
        told = far.service.database.read("SELECT DISTINCT principal FROM op")
        assert {principal for (principal,) in told} <= {CLERK.id}
        signed.sign_in()
        until_through(laptop)
        assert_quiet(far)
    assert far.count("op") == far.count("record") == RECORDS + 1
