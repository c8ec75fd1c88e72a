"""Who may do what, and how a refusal is put into words."""

from __future__ import annotations

import pytest

from fieldapp import texts
from fieldapp.access import COUNTER, INSPECTOR, SUPERVISOR, check_user_id, require_role
from fieldapp.errors import AccessError, RefusedError
from fieldapp.records import Person

OSEI = Person("j.osei", "J. Osei", frozenset({COUNTER}))


def test_a_refusal_for_the_role_speaks_both_languages() -> None:
    said = []
    for language in texts.LANGUAGES:
        texts.use(language)
        try:
            with pytest.raises(AccessError) as caught:
                require_role(OSEI, frozenset({SUPERVISOR, INSPECTOR}), texts.tr("assign work"))
        finally:
            texts.use("en")
        said.append(str(caught.value))
    assert said == [
        "J. Osei may not assign work: it takes the role inspector or supervisor.",
        "J. Osei ne peut pas répartir le travail\u00a0: il faut le rôle inspector ou supervisor.",
    ]


@pytest.mark.parametrize("text", ["m.tremblay", "JO-7", "a@city.example", "7"])
def test_letters_digits_and_a_few_signs_are_a_user_id(text: str) -> None:
    assert check_user_id(text) == text


@pytest.mark.parametrize("text", ["", ".", "..", "a/b", "a\\b", "a b", "é", "-a"])
def test_what_could_leave_the_folder_is_no_user_id(text: str) -> None:
    with pytest.raises(RefusedError):
        check_user_id(text)
