"""What a form can look up: tables, fees of a day, and the layers of the machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.clock import FixedClock
from fieldapp.errors import ServiceError
from fieldapp.places import Layers, import_layer
from fieldapp.services import Catalogue
from fieldapp.services.reference import ServiceReference, service_reference
from fieldapp.services.tables import read_table
from tests.support.filling import BULK, fill, open_service, value
from tests.support.places import text_file, wards_file

CATALOGUE = Catalogue.load()
BULK_SERVICE = CATALOGUE.get("bulk-pickup")
ADDRESSES = """id,number,street,community,lat,lon
A7,412,Upper James Street,Hamilton,43.2341,-79.8842
A8,12,Main Street,Dundas,43.2662,-79.8542
A9,12,Main Street,Ancaster,43.2262,-79.6542
"""


@pytest.fixture(scope="module")
def layers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Layers]:
    folder = tmp_path_factory.mktemp("layers")
    path = folder / "layers.db"
    import_layer(path, "wards", wards_file(folder))
    import_layer(path, "addresses", text_file(folder / "addresses.csv", ADDRESSES))
    opened = Layers(path)
    yield opened
    opened.close()


def reference(layers: Layers | None = None) -> ServiceReference:
    return service_reference(BULK_SERVICE.files.folder, layers, FixedClock())


def test_the_tables_of_the_service() -> None:
    assert reference().value("items", "prep_en", "code", "toilet") == "tank removed"
    assert reference().rows("items")[0]["code"] == "mattress"


def test_the_tables_of_the_city() -> None:
    assert reference().value("clocks", "days", "code", "inspection") == "2"
    assert reference().value("holidays", "fr", "date", "2026-12-25") == "Noël"


@pytest.mark.parametrize(
    ("layer", "column", "key_column", "key"),
    [
        ("nothing", "a", "b", "c"),
        ("items", "weight", "code", "toilet"),
        ("items", "prep_en", "colour", "toilet"),
        ("items", "prep_en", "code", "piano"),
        ("fees", "amount", "code", "NO-SUCH"),
        ("fees", "amount", "code_on", "BP-MIN"),
        ("fees", "amount", "code_on", "BP-MIN soon"),
        ("addresses", "point", "label", "412 Upper James Street, Hamilton"),
        ("wards", "ward", "geometry", "43.2341 -79.8842"),
    ],
)
def test_what_is_not_there_is_blank(layer: str, column: str, key_column: str, key: str) -> None:
    assert reference().value(layer, column, key_column, key) == ""


def test_a_fee_today_and_on_its_day() -> None:
    assert reference().value("fees", "amount", "code", "BP-MIN") == "283.00"
    assert reference().value("fees", "amount", "code_on", "BP-MIN 2022-06-01") == "234.00"


def test_the_fees_of_today_are_a_list() -> None:
    codes = [row["code"] for row in reference().rows("fees")]
    assert len(codes) == len(set(codes))
    assert "BP-MIN" in codes


def test_an_address_is_found_by_its_line(layers: Layers) -> None:
    known = reference(layers)
    assert known.value("addresses", "address", "label", "412 Upper James Street, Hamilton") == "A7"
    assert known.value("addresses", "point", "label", "412 upper james street,  hamilton") == "43.234100 -79.884200"
    assert known.value("addresses", "community", "label", "412 Upper James Street") == "Hamilton"


def test_a_line_that_means_two_addresses_is_not_guessed(layers: Layers) -> None:
    assert reference(layers).value("addresses", "address", "label", "12 Main Street") == ""
    assert reference(layers).value("addresses", "address", "label", "12 Main Street, Dundas") == "A8"


def test_part_of_an_address_is_no_address(layers: Layers) -> None:
    assert reference(layers).value("addresses", "address", "label", "412 Upper James") == ""


def test_the_form_finds_ward_and_point_of_a_chosen_address(layers: Layers) -> None:
    session = fill(open_service(BULK_SERVICE, layers=layers), {**BULK, "place/address": "12 Main Street, Ancaster"})
    assert value(session, "place/addr_id") == "A9"
    assert value(session, "place/point") == "43.226200 -79.654200"
    assert value(session, "place/ward") == "03"
    assert not session.node("/data/place/addr_check").relevant
    assert not session.node("/data/place/community").relevant
    assert BULK_SERVICE.derived(session.answers(), "en")["@ward"] == "03"


def test_an_unknown_address_is_taken_with_a_word_of_warning(layers: Layers) -> None:
    session = fill(open_service(BULK_SERVICE, layers=layers), {**BULK, "place/address": "7 New Street"})
    assert session.node("/data/place/addr_check").relevant
    session.set("/data/place/loc", "43.25 -79.85 0 0")
    assert value(session, "place/ward") == "01"


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [("", None, "is empty"), ("a,b\n1\n", 2, "has 1 values"), ('a,b\n"1,2\n', None, "cannot be read")],
)
def test_a_wrong_table_is_refused_with_its_place(tmp_path: Path, text: str, row: int | None, words: str) -> None:
    table = tmp_path / "t.csv"
    table.write_text(text)
    with pytest.raises(ServiceError, match=words) as caught:
        read_table(table)
    assert caught.value.place.row == row


def test_a_table_that_was_changed_is_read_anew(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("a\n1\n")
    assert read_table(table).rows[0]["a"] == "1"
    table.write_text("a\n2\n")
    assert read_table(table).rows[0]["a"] == "2"


def test_a_service_may_bring_its_own_fees(tmp_path: Path) -> None:
    header = "code,en,fr,amount,unit,hst,valid_from,valid_to,source,mark"
    text_file(tmp_path / "fees.csv", f"{header}\nDOG,Dog,Chien,40.00,each,0,2026-01-01,,by-law,verified\n")
    own = service_reference(tmp_path, None, FixedClock())
    assert own.value("fees", "amount", "code", "DOG") == "40.00"
    assert own.value("fees", "amount", "code_on", "DOG 2025-06-01") == "31.00"
    assert own.value("fees", "amount", "code", "BP-MIN") == "283.00"


def test_a_form_reads_its_own_fees_beside_the_citys_ones_by_their_day() -> None:
    session = open_service(Catalogue.load().get("civil-ceremony"))
    assert value(session, "fee/fee_witness") == "28.25"  # the service's own file
    assert value(session, "fee/fee_kind") == "339.00"  # the City's


def test_the_location_is_asked_for_only_where_the_address_does_not_tell_it(layers: Layers) -> None:
    session = open_service(BULK_SERVICE, layers=layers)
    assert not session.node("/data/place/loc").relevant
    fill(session, {"place/address": "7 New Street", "place/loc": "43.25 -79.85 0 12"})
    assert value(session, "place/loc_accuracy") == "12"
    session.set("/data/place/address", "12 Main Street, Ancaster")
    assert not session.node("/data/place/loc").relevant
    assert value(session, "place/ward") == "03"
