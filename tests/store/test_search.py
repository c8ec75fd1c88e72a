"""Search and lists."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.records import ADDRESS, ALIAS, NUMBER, PARENT, PLANNED, STATE, TITLE, WARD
from fieldapp.store import Place, Query, Store
from fieldapp.store.guide import NoGuide
from fieldapp.store.search import expression
from tests.support.store import PERSON, fill, make_change, make_store


def add(store: Store, **fields: str) -> str:
    """A record with fields by short name: at for @address, others as answers."""
    names = {"title": TITLE, "at": ADDRESS, "number": NUMBER, "alias": ALIAS, "state": STATE, "ward": WARD}
    names |= {"planned": PLANNED, "parent": PARENT}
    change = make_change(edits={names.get(name, name): value for name, value in fields.items()})
    store.commit(change, seal=False)
    return change.record


@pytest.mark.parametrize(
    "text",
    [
        "emil",
        "Émilie",
        "SAINTE-EMILIE",
        "12 rue",
        "26-1042",
        "ham-lt01-261123-001",
        "261123-001",
        "fence blu",
        "l'école",
    ],
)
def test_found_by_prefix_accents_and_punctuation(store: Store, text: str) -> None:
    wanted = add(
        store,
        title="Clôture à l’École",
        at="12 rue Sainte-Émilie",
        number="26-104233",
        alias="HAM-LT01-261123-001",
        note="the blue fence of l'ecole",
    )
    add(store, title="Couch", at="9 King Street")
    assert [row.id for row in store.search(text, 10)] == [wanted]


@pytest.mark.parametrize(
    "text", ["", " ", '"', "*", "AND", "a NEAR b", "(", "-x", "^", "name:x", "zzz", "'; --", "{name}"]
)
def test_any_text_is_safe_to_search_for(store: Store, text: str) -> None:
    add(store, title="Couch")
    assert store.search(text, 10) == []
    store.ids(Query(text=text))


@settings(max_examples=200)
@given(st.text())
def test_no_text_breaks_the_index(text: str) -> None:
    assert expression(text).count('"') % 2 == 0


def test_names_come_before_mentions_and_new_before_old(store: Store) -> None:
    mentioned = add(store, title="Porch", note="next to the garage")
    old = add(store, title="Garage")
    new = add(store, title="Garage door")
    assert [row.id for row in store.search("garage", 10)] == [new, old, mentioned]
    assert len(store.search("garage", 2)) == 2


def test_what_changed_is_found_by_its_new_words_only(store: Store) -> None:
    record = add(store, title="Couch")
    assert store.search("couch", 10)
    store.commit(make_change(record, {TITLE: "Piano"}), seal=False)
    assert store.search("couch", 10) == []
    assert [row.id for row in store.search("piano", 10)] == [record]


def test_private_answers_and_files_are_not_indexed(tmp_path: Path) -> None:
    class Guide(NoGuide):
        def private(self, service: str, path: str) -> bool:
            return (service, path) == ("bulk-pickup", "people/health")

    store = make_store(tmp_path, guide=Guide())
    add(store, **{"people[k1]/health": "asthma", "people[k1]/name": "Okonri", "photo": "ab" * 32 + ".jpg"})
    assert len(store.search("okonri", 10)) == 1
    assert store.search("asthma", 10) == []
    assert store.search("abab", 10) == []
    store.close()


def test_filters_combine(store: Store) -> None:
    wanted = add(store, title="Couch", state="submitted", ward="08")
    add(store, title="Couch", state="draft", ward="08")
    add(store, title="Couch", state="submitted", ward="09")
    query = Query(text="couch", service="bulk-pickup", state_kinds=("submitted", "returned"), ward="08")
    assert [row.id for row in store.rows(store.ids(query))] == [wanted]
    assert [record.id for record in store.find(query, 10)] == [wanted]
    assert store.count(query) == 1
    assert store.count(Query(state_kinds=("nothing",))) == 0
    assert store.count(Query(places=(Place.DRAFT,))) == 3
    assert store.count(Query(places=(Place.WAITING, Place.ATTENTION))) == 0


def test_children_of_a_permit(store: Store) -> None:
    child = add(store, title="Footing", parent="p1")
    add(store, title="Framing", parent="p2")
    assert [record.id for record in store.find(Query(parent="p1"), 10)] == [child]


def test_titles_sort_without_case_and_accents(store: Store) -> None:
    for title in ("zebra", "École", "eave", "Arch", "etage"):
        add(store, title=title)
    rows = store.rows(store.ids(Query(sort="title", descending=False)))
    assert [row.title for row in rows] == ["Arch", "eave", "École", "etage", "zebra"]


@pytest.mark.parametrize(("descending", "order"), [(False, ["a", "b", "none"]), (True, ["b", "a", "none"])])
def test_what_has_no_date_comes_last(store: Store, descending: bool, order: list[str]) -> None:
    add(store, title="none")
    add(store, title="b", planned="2026-11-25T09:00:00.000Z")
    add(store, title="a", planned="2026-11-24T09:00:00.000Z")
    ids = store.ids(Query(sort="planned", descending=descending))
    assert [row.title for row in store.rows(ids)] == order


def test_rows_keep_the_order_they_were_asked_in(store: Store) -> None:
    fill(store, 30)
    ids = list(store.ids(Query()))
    chosen = [ids[7], ids[3], 999, ids[20]]
    assert [row.n for row in store.rows(chosen)] == [ids[7], ids[3], ids[20]]
    assert store.rows([]) == []


def test_a_row_tells_what_a_list_shows(store: Store) -> None:
    fill(store, 1)
    [row] = store.rows(store.ids(Query()))
    assert (row.reference, row.ward, row.place, row.rev) == ("26-100000", "01", Place.CITY, 1)
    assert row.assignee in {"", PERSON}


@pytest.mark.parametrize("sort", ["updated", "title", "planned", "due"])
@pytest.mark.parametrize("descending", [True, False])
def test_too_many_to_be_looked_up_come_in_the_same_order(
    store: Store, sort: Literal["updated", "title", "planned", "due"], descending: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few matches and many are found by ways of their own."""
    fill(store, 300)
    query = Query(text="fence", sort=sort, descending=descending)
    looked_up = list(store.ids(query))
    monkeypatch.setattr("fieldapp.store.query.FEW", 10)
    assert list(store.ids(query)) == looked_up
    assert list(store.ids(query, 7)) == looked_up[:7]
    assert store.count(query) == len(looked_up) > 10


@pytest.mark.parametrize("kept", ["9055550188", "905-555-0188"])
@pytest.mark.parametrize(
    "text", ["905 555 0188", "905-555-0188", "9055550188", "0188", "555-0188", "(905) 555-0188", "+1 905 555 0188"]
)
def test_a_telephone_number_is_found_however_it_is_written(store: Store, kept: str, text: str) -> None:
    wanted = add(store, title="Couch", phone=kept)
    add(store, title="Tree", phone="905-555-0199")
    assert [row.id for row in store.search(text, 10)] == [wanted]


def test_the_record_of_a_number_stands_before_those_that_name_it(store: Store) -> None:
    permit = add(store, title="Deck", number="26-104002")
    for number in range(15):
        add(store, title="Footings · permit 26-104002", number=f"26-2040{number:02}")
    found = store.search("26-104002", 12)
    assert (found[0].id, len(found)) == (permit, 12)
    assert store.search("26-10400", 3)[0].id != permit


def test_an_offline_reference_stands_first_in_small_letters_too(store: Store) -> None:
    wanted = add(store, title="Deck", alias="HAM-LT01-261123-001", number="26-104002")
    add(store, title="Like HAM-LT01-261123-001")
    assert store.search("ham-lt01-261123-001", 5)[0].id == wanted
