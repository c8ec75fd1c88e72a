"""Own position: sentences over a real TCP line; bad checksums, no fix, a receiver that goes away and comes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from fieldapp.clock import FixedClock
from fieldapp.places.position import RECEIVER
from sync.position import AddressError, Receiver, State, source_of
from sync.position.sentences import Sentences
from tests.support.nmea import gga, receiver, sentence

HERE = (43.2561, -79.8692)


def wait_for(met: Callable[[], object]) -> None:
    """Until it is so; ten seconds are enough on any machine."""
    until = time.monotonic() + 10
    while not met():
        assert time.monotonic() < until
        time.sleep(0.01)


@contextmanager
def listening(address: str, *, rest: float = 60) -> Iterator[Receiver]:
    """A laptop's ear at a receiver."""
    made = Receiver(source_of(address), FixedClock(), rest=rest, again=0.01)
    try:
        yield made
    finally:
        made.close()


def test_a_fix_comes_with_its_accuracy_and_source() -> None:
    with receiver(gga(*HERE)) as there, listening(there.address) as ear:
        wait_for(ear.fix)
        fix = ear.fix()
        assert fix is not None
        assert (round(fix.lat, 5), round(fix.lon, 5), fix.source) == (*HERE, RECEIVER)
        assert fix.accuracy == pytest.approx(4.5)
        assert fix.geopoint == "43.256100 -79.869200 0 4.5"
        assert ear.state is State.FIX


def test_what_the_receiver_says_of_its_own_error_counts_more_than_the_satellites() -> None:
    sentences = Sentences(FixedClock())
    assert sentences.take(sentence("GPGST,140000,2.0,3.0,2.0,45.0,3.0,4.0,6.0")) is None
    fix = sentences.take(gga(*HERE))
    assert fix is not None
    assert fix.accuracy == pytest.approx(5.0)


@pytest.mark.parametrize(
    "line",
    [
        gga(*HERE).replace(b"43", b"44", 1),  # changed on the way
        gga(*HERE).partition(b"*")[0] + b"\r\n",  # no checksum
        b"$GPGGA\xff\xfe*00\r\n",
        b"<html>hello</html>\r\n",
        b"$" + b"x" * 2000 + b"*00\r\n",
        gga(0, 0, quality=0),
        sentence("GPGGA,140000,9915.3660,N,07952.1520,W,1,08,0.9,90.0,M,-35.0,M,,"),  # farther than the pole
    ],
)
def test_what_is_damaged_or_without_a_fix_is_no_position(line: bytes) -> None:
    assert Sentences(FixedClock()).take(line) is None


def test_a_receiver_without_satellites_says_so() -> None:
    with receiver(gga(0, 0, quality=0)) as there, listening(there.address) as ear:
        ear.fix()
        wait_for(lambda: ear.state is State.NO_FIX)
        assert ear.fix() is None


def test_something_else_at_the_line_is_no_receiver() -> None:
    with receiver(b"HTTP/1.1 400 Bad Request\r\n" * 30) as there, listening(there.address) as ear:
        ear.fix()
        wait_for(lambda: ear.state is State.SILENT)


def test_a_receiver_that_is_unplugged_is_gone_and_its_last_fix_does_not_stay() -> None:
    clock = FixedClock()
    with receiver(gga(*HERE)) as there:
        ear = Receiver(source_of(there.address), clock, again=0.01)
        wait_for(ear.fix)
    wait_for(lambda: ear.state is State.GONE)
    clock.forward(seconds=16)
    assert ear.fix() is None
    ear.close()


def test_it_rests_when_nobody_asks_and_wakes_when_somebody_does() -> None:
    with receiver(gga(*HERE)) as there, listening(there.address, rest=0.1) as ear:
        wait_for(ear.fix)
        wait_for(lambda: ear.state is State.OFF)
        wait_for(lambda: ear.fix() and ear.state is State.FIX)


def test_gpsd_is_asked_to_pass_sentences_on() -> None:
    with receiver(gga(*HERE)) as there, listening(there.address.replace("tcp", "gpsd")) as ear:
        wait_for(ear.fix)
        wait_for(lambda: there.heard)
        assert there.heard[0].startswith(b"?WATCH=")


@pytest.mark.parametrize("text", ["", "here", "tcp://host", "http://127.0.0.1:80", "tcp://host:99999999", "serial:"])
def test_what_is_no_address_is_refused_with_examples(text: str) -> None:
    with pytest.raises(AddressError, match="gpsd://"):
        source_of(text)
