"""What a resident is shown of what was recorded, and that they agreed: kept with the words, without an answer."""

from __future__ import annotations

import pytest

from fieldapp.actions import Desk, answer, start, visits
from fieldapp.actions.reading_back import agree, read_back
from fieldapp.counter.agreement import CLERK, RESIDENT, agreements
from fieldapp.counter.reading import ReadBack
from fieldapp.errors import RefusedError
from fieldapp.records import AGREED, Record
from tests.support.gateway import CLERK as OSEI
from tests.support.gateway import City
from tests.support.money import opened

WHO = {"person/first_name": "Rosa", "person/last_name": "Marino", "person/phone": "905-555-0117"}
PERMIT = {
    **WHO,
    "vehicle/programme": "accessible",
    "vehicle/plate": "CABC 123",
    "vehicle/accessible_permit_no": "AP-7731",
    "vehicle/ownership_seen": "OK",
    "place/in_zone": "yes",
}


@pytest.fixture
def desk(city: City) -> Desk:
    return opened(city, city.laptop(OSEI))


@pytest.fixture
def draft(desk: Desk) -> Record:
    return answer(desk, start(desk, "residential-parking").id, PERMIT)


def rows(shown: ReadBack) -> dict[str, str]:
    return dict(row for case in shown.cases for part in case.parts for row in part.rows)


def test_questions_and_answers_in_the_language_of_the_moment(desk: Desk, draft: Record) -> None:
    assert rows(read_back(desk, draft.id))["Licence plate"] == "CABC 123"
    assert rows(read_back(desk, draft.id, lang="fr"))["Plaque d'immatriculation"] == "CABC 123"


def test_what_staff_note_and_what_is_sensitive_is_not_shown(desk: Desk, draft: Record) -> None:
    shown = read_back(desk, draft.id)
    assert not {"I saw the vehicle's ownership", "Is the street in a permit area?"} & set(rows(shown))
    assert "AP-7731" not in repr(shown)
    assert shown.cases[0].withheld == 1


def test_fee_papers_notice_and_consents_are_there(desk: Desk, draft: Record) -> None:
    owes = {"fee/fee_code": "PARK-RESIDENT", "fee/fee_base": "91.00", "fee/fee_total": "91.00"}
    answer(desk, draft.id, {"vehicle/programme": "permit", "vehicle/ownership_seen": None, **owes})
    (case,) = read_back(desk, draft.id).cases
    assert case.due
    assert case.fee
    assert case.bring
    assert "Municipal Act" in case.notice
    assert case.given == "notice/notice_given"
    assert [one.path.rpartition("/")[2] for one in case.consents] == ["consent_email", "consent_survey"]


def test_what_a_clerk_has_seen_is_not_to_be_brought(desk: Desk, draft: Record) -> None:
    (case,) = read_back(desk, draft.id).cases
    assert not case.bring


def test_an_agreement_is_kept_with_time_hand_and_words_and_without_answers(desk: Desk, draft: Record) -> None:
    shown = read_back(desk, draft.id, lang="fr")
    kept = agree(desk, shown, RESIDENT)
    (made,) = agreements(kept.fields)
    assert (made.by, made.lang, made.words) == (RESIDENT, "fr", shown.words)
    assert made.at == desk.store.history(draft.id)[-1].change.at
    assert "C'est bien ce que j'ai dit" in made.words
    assert not any("Marino" in value for path, value in kept.fields.items() if path.startswith(AGREED))


def test_it_holds_until_an_answer_is_changed(desk: Desk, draft: Record) -> None:
    agree(desk, read_back(desk, draft.id), CLERK)
    assert read_back(desk, draft.id, lang="fr").agreed is not None
    answer(desk, draft.id, {"vehicle/plate": "CDEF 456"})
    assert read_back(desk, draft.id).agreed is None


def test_nobody_agrees_to_what_was_not_shown(desk: Desk, draft: Record) -> None:
    shown = read_back(desk, draft.id)
    answer(desk, draft.id, {"vehicle/plate": "CDEF 456"})
    with pytest.raises(RefusedError, match="once more"):
        agree(desk, shown, RESIDENT)
    assert agreements(desk.record(draft.id).fields) == []


def test_a_visit_is_read_back_whole_and_holds_no_answer_itself(desk: Desk) -> None:
    visit = visits.begin_visit(desk, "41")
    first = answer(desk, visits.serve(desk, visit.id, "residential-parking").id, PERMIT)
    shown = read_back(desk, visit.id)
    assert [case.record for case in shown.cases] == [first.id]
    agree(desk, shown, CLERK)
    assert not any("Marino" in value for value in desk.record(visit.id).fields.values())
