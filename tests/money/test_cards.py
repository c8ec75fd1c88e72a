"""A card's number is known wherever it stands and however it is spelt; other long numbers pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.forms import FormSession
from fieldapp.money.cards import holds_card
from fieldapp.services import Catalogue
from tests.support.filling import MONDAY, PERMIT, fill, messages, open_service

CARDS = (  # the payment networks' own test numbers: nobody's
    "4111111111111111",
    "4012888888881881",
    "5555555555554444",
    "5105105105105100",
    "2223003122003222",
    "378282246310005",
    "6011111111111117",
    "30569309025904",
    "3530111333300000",
    "6200000000000005",
)


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("apart", ["", " ", "-", "  ", ".", "/", "\N{NO-BREAK SPACE}", " - "])
def test_a_card_number_is_known_in_any_spelling(card: str, apart: str) -> None:
    spelt = apart.join(card[n : n + 4] for n in range(0, len(card), 4))
    assert holds_card(spelt)
    assert holds_card(f"paid by {spelt}, 12/27")
    assert holds_card(f"{spelt} 12 27 123")


@pytest.mark.parametrize("card", CARDS)
def test_a_mistyped_number_is_no_card(card: str) -> None:
    assert not holds_card(card[:-1] + str((int(card[-1]) + 1) % 10))


def test_other_writing_of_digits_does_not_hide_it() -> None:
    arabic = "".join(chr(0x660 + int(sign)) for sign in CARDS[0])
    assert holds_card(arabic)


@pytest.mark.parametrize(
    "text",
    [
        "905-546-2489 or 905 546 2424",
        "2026-11-23T09:00:00.000-05:00",
        "HAM-TOUGH07-261129-004",
        "RC26-000123",
        "IMEI 356938035643809",
        "invoice 1234 5678 9012 3456",
        "",
    ],
)
def test_other_numbers_pass(text: str) -> None:
    assert not holds_card(text)


@pytest.mark.parametrize(
    "text",
    [
        "42f1d46c-9609-4948-9040-06618888bf14",
        "see 5F431CA3-4880-4865-9321-94C878AD57E5, line 2",
        "uuid:64965286-4311-4349-a5fc-9d3382021cb9",
    ],
)
def test_an_id_passes_though_its_digits_would_be_a_card(text: str) -> None:
    assert not holds_card(text)
    assert holds_card(f"{text} {CARDS[0]}")


def test_digits_in_the_shape_of_an_id_are_no_id() -> None:
    assert holds_card("41111111-1111-1111-0000-000000000000")


@given(st.from_regex(r"\A2518[0-9]{11}0000\Z"), st.sampled_from(["", " ", "-", "."]))
def test_a_roll_number_passes(roll: str, apart: str) -> None:
    parts = roll[:4], roll[4:7], roll[7:10], roll[10:15], roll[15:]
    assert not holds_card(apart.join(parts))
    assert not holds_card(roll[4:15])


def test_no_text_question_of_any_form_takes_a_card_number() -> None:
    session = fill(open_service(Catalogue.load().get("building-permit"), at=MONDAY), PERMIT)
    session.set("/data/project/b_desc", "deck, she left 4111 1111 1111 1111")
    assert "card number" in messages(session)["project/b_desc"]
    assert "project/b_desc" not in session.answers()
    session.set("/data/project/b_desc", "deck, she left a card")
    assert _kept(session, "project/b_desc") == "deck, she left a card"


def _kept(session: FormSession, path: str) -> str:
    assert not messages(session)
    return session.answers()[path]
