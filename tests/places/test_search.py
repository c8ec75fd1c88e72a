"""Address and stop search: as people type, complete, and quick."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldapp.places import Layers, import_layer
from fieldapp.places.words import indexed, number_key, words

pytestmark = pytest.mark.xdist_group("places search")  # what they share is made once

ROWS = (
    ("12", "King Street East", "", "Hamilton"),
    ("120", "King Street East", "", "Hamilton"),
    ("120", "King Street East", "5", "Hamilton"),
    ("12", "King Street West", "", "Dundas"),
    ("12", "Charles King Road", "", "Glanbrook"),
    ("12 1/2", "Mill Lane", "", "Ancaster"),
    ("7A", "St. Clair Avenue", "", "Hamilton"),
    ("8", "Highway 8", "", "Flamborough"),
    ("1208", "Highway 8", "", "Flamborough"),
    ("3", "Rue de l’Église", "", "Orléans"),
    ("14 Rear", "O'Neil Crescent", "Bsmt B", "Stoney Creek"),
)


def write(path: Path, rows: list[tuple[str, str, str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("number", "street", "unit", "city", "lon", "lat"))
        writer.writerows((*row, -79.8 + n / 10_000, 43.25) for n, row in enumerate(rows))
    return path


@pytest.fixture(scope="module")
def layers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Layers]:
    folder = tmp_path_factory.mktemp("search")
    import_layer(folder / "layers.db", "addresses", write(folder / "a.csv", list(ROWS)))
    layers = Layers(folder / "layers.db")
    yield layers
    layers.close()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("12 king", "12 King Street East, Hamilton"),
        ("king 12", "12 King Street East, Hamilton"),
        ("12 king w", "12 King Street West, Dundas"),
        ("12 KING ST W", "12 King Street West, Dundas"),
        ("12 king dundas", "12 King Street West, Dundas"),
        ("5-120 king", "5-120 King Street East, Hamilton"),
        ("12 half mill", ""),
        ("12 1/2 mill ln", "12 1/2 Mill Lane, Ancaster"),
        ("7a saint clair", "7A St. Clair Avenue, Hamilton"),
        ("7 A st clair ave", "7A St. Clair Avenue, Hamilton"),
        ("8 hwy 8", "8 Highway 8, Flamborough"),
        ("hwy 8 120", "1208 Highway 8, Flamborough"),
        ("3 eglise", "3 Rue de l’Église, Orléans"),
        ("3 RUE DE L'EGLISE", "3 Rue de l’Église, Orléans"),
        ("14 rear oneil", "Bsmt B-14 Rear O'Neil Crescent, Stoney Creek"),
        ("", ""),
        ("?!", ""),
        ('" OR 1', ""),
        ("99 nowhere", ""),
    ],
)
def test_what_is_typed_finds_what_is_meant(layers: Layers, typed: str, first: str) -> None:
    found = layers.search_addresses(typed)
    assert (found[0].label if found else "") == first


def test_exact_numbers_come_before_longer_ones(layers: Layers) -> None:
    numbers = [address.number for address in layers.search_addresses("12 king st e")]
    assert numbers == ["12", "120", "120"]


def test_a_street_alone_lists_its_houses_in_order(layers: Layers) -> None:
    found = [address.label for address in layers.search_addresses("king")]
    assert found[0] == "12 King Street East, Hamilton"
    assert found[-1] == "12 Charles King Road, Glanbrook"


def test_a_number_alone_finds_houses_everywhere(layers: Layers) -> None:
    assert {address.street for address in layers.search_addresses("1208")} == {"Highway 8"}


def test_no_more_than_the_limit(layers: Layers) -> None:
    assert len(layers.search_addresses("1", limit=2)) == 2


def test_words_are_plain_and_stand_for_each_other() -> None:
    assert words("Côte-des-Neiges, St. John's") == ["cote", "des", "neiges", "st", "johns"]
    assert set(indexed("King St E").split()) >= {"king", "street", "saint", "east", "e"}
    assert number_key("12A") == number_key("12 a") == number_key("12-A") == "12 a"


text = st.text(st.characters(categories=["Lu", "Ll", "Nd"], include_characters=" -'.é"), min_size=1, max_size=14)
row = st.tuples(
    st.one_of(st.integers(1, 9999).map(str), st.from_regex(r"[1-9][0-9]{0,3}[A-C]?( 1/2)?", fullmatch=True)),
    text.filter(lambda name: bool(words(name)) and any(sign.isalpha() for sign in name)),
    st.one_of(st.just(""), st.integers(1, 99).map(str)),
    st.sampled_from(["", "Dundas", "Stoney Creek", "Orléans"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(row, min_size=1, max_size=12, unique=True))
def test_every_address_is_found_by_its_own_text(rows: list[tuple[str, str, str, str]]) -> None:
    with TemporaryDirectory() as name:
        path = Path(name) / "layers.db"
        import_layer(path, "addresses", write(Path(name) / "a.csv", rows))
        layers = Layers(path)
        kept = layers.rows("addresses")
        for at, address in enumerate(kept, 1):
            label = next(
                found.label for found in layers.addresses_near(float(address["lat"]), float(address["lon"]), limit=1)
            )
            assert at in {found.id for found in layers.search_addresses(label, limit=50)}, label
        layers.close()
