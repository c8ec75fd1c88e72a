"""A form becomes a service folder: whole and checked, going on after a cut, and never half replaced."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.errors import FormError, OfflineError, ProtocolError, ServiceError
from fieldapp.services import Catalogue
from fieldapp.services.loader import load_service
from sync.openrosa.folder import service_id
from sync.openrosa.forms import Fetched, Fetching, recover
from sync.openrosa.line import Line
from sync.openrosa.server import OpenRosaServer
from tests.support.openrosa import OpenRosaDouble
from tests.support.openrosa_faults import answers, cuts_after
from tests.support.openrosa_laptop import FORM, FORM_ID, STREETS, house_visit


class Fetcher:
    """Fetches the one form of the double, as often as a test likes."""

    def __init__(self, double: OpenRosaDouble, services: Path) -> None:
        self.services = services
        self.folder = services / FORM_ID
        self.server = OpenRosaServer(Line(double.address))
        self._fetching = Fetching(self.server, double.address, services)

    def get(self) -> Fetched:
        """Once."""
        return self._fetching.get(self.server.form(FORM_ID))


@pytest.fixture
def fetcher(tmp_path: Path, double: OpenRosaDouble) -> Iterator[Fetcher]:
    made = Fetcher(double, tmp_path / "services")
    yield made
    made.server.close()


def test_a_form_becomes_a_service(fetcher: Fetcher, double: OpenRosaDouble) -> None:
    fetched = fetcher.get()
    (service,) = Catalogue.load([fetcher.services])
    assert (fetched.new, fetched.known) == (2, 0)
    assert (service.title.en, service.api) == ("House visit", "openrosa")
    assert service.target is not None
    assert (service.target.server, service.target.form) == (double.address, FORM_ID)
    assert (fetcher.folder / "form-media" / "streets.csv").read_bytes() == STREETS
    assert "street" in service.form().questions


def test_what_is_here_already_is_not_fetched_again(fetcher: Fetcher, double: OpenRosaDouble) -> None:
    fetcher.get()
    double.requests.clear()
    fetched = fetcher.get()
    assert (fetched.new, fetched.known) == (0, 2)
    assert "GET streets.csv" not in double.requests


def test_another_version_is_another_form_version(fetcher: Fetcher, double: OpenRosaDouble) -> None:
    fetcher.get()
    before = load_service(fetcher.folder).form_version
    double.forms[FORM_ID] = house_visit(version="2 beta")
    fetcher.get()
    service = load_service(fetcher.folder)
    assert service.version == "2-beta"
    assert service.form_version != before


def test_another_table_is_another_form_version_too(fetcher: Fetcher, double: OpenRosaDouble) -> None:
    fetcher.get()
    before = load_service(fetcher.folder).form_version
    double.forms[FORM_ID].media["streets.csv"] = STREETS + b"bay,Bay Street\n"
    assert fetcher.get().new == 1
    assert load_service(fetcher.folder).form_version != before


def test_what_the_city_changed_in_service_toml_stays(fetcher: Fetcher, double: OpenRosaDouble) -> None:
    fetcher.get()
    toml = fetcher.folder / "service.toml"
    toml.write_text(toml.read_text("utf-8").replace('fr = "House visit"', 'fr = "Visite"', 1), "utf-8")
    (fetcher.folder / "notes.txt").write_text("ours", "utf-8")
    double.forms[FORM_ID] = house_visit(version="2")
    fetcher.get()
    service = load_service(fetcher.folder)
    assert (service.title.fr, service.version) == ("Visite", "2")
    assert (fetcher.folder / "notes.txt").read_text("utf-8") == "ours"


def test_a_cut_download_goes_on_where_it_broke_off(fetcher: Fetcher, double: OpenRosaDouble) -> None:
    table = STREETS + b"".join(b"s%d,Street %d\n" % (n, n) for n in range(20_000))
    double.forms[FORM_ID].media["streets.csv"] = table
    double.fault_on, double.faults = "GET", [None, None, None, None, cuts_after(200_000)]
    with pytest.raises(OfflineError):
        fetcher.get()
    part = next(fetcher.services.rglob("streets.csv.part"))
    came = part.stat().st_size
    assert came > 0
    assert not fetcher.folder.exists()
    fetcher.get()
    assert double.ranges == ["", "", f"bytes={came}-"]  # the form, the table's begin, the table's rest
    assert (fetcher.folder / "form-media" / "streets.csv").read_bytes() == table
    assert not list(fetcher.services.rglob("*.part"))


def test_an_old_piece_of_another_content_does_no_harm(fetcher: Fetcher, double: OpenRosaDouble) -> None:
    double.fault_on, double.faults = "GET", [None, None, None, None, cuts_after(10)]
    with pytest.raises(OfflineError):
        fetcher.get()
    double.forms[FORM_ID].media["streets.csv"] = b"name,label\nbay,Bay Street\nwest,West Street\n"
    fetcher.get()
    assert b"Bay Street" in (fetcher.folder / "form-media" / "streets.csv").read_bytes()


@pytest.mark.parametrize("name", ["streets.csv", "house-visit"])
def test_a_file_that_is_not_what_its_hash_says_is_not_used(fetcher: Fetcher, double: OpenRosaDouble, name: str) -> None:
    double.lies[name] = b"something else"
    with pytest.raises(ProtocolError, match="other than the server says"):
        fetcher.get()
    assert not fetcher.folder.exists()


def test_a_list_of_entities_is_fetched_again_when_its_mark_changes(fetcher: Fetcher, double: OpenRosaDouble) -> None:
    double.forms[FORM_ID].entities = frozenset({"streets.csv"})
    fetcher.get()
    assert fetcher.get().new == 0
    double.forms[FORM_ID].media["streets.csv"] = STREETS + b"bay,Bay Street\n"
    assert fetcher.get().new == 1


def test_a_form_that_cannot_be_used_leaves_the_one_before(fetcher: Fetcher, double: OpenRosaDouble) -> None:
    fetcher.get()
    before = (fetcher.folder / "form.xml").read_bytes()
    double.forms[FORM_ID] = house_visit(FORM.replace(". &lt; 100", "nonsense(", 1))
    with pytest.raises(FormError):
        fetcher.get()
    assert (fetcher.folder / "form.xml").read_bytes() == before
    assert [service.id for service in Catalogue.load([fetcher.services])] == [FORM_ID]


def test_a_form_that_wants_encryption_is_refused_rather_than_sent_in_plain(
    fetcher: Fetcher, double: OpenRosaDouble
) -> None:
    submission = '<submission base64RsaPublicKey="MIIB" method="post"/></model>'
    double.forms[FORM_ID] = house_visit(FORM.replace("</model>", submission, 1))
    with pytest.raises(FormError, match="encrypted"):
        fetcher.get()
    assert not fetcher.folder.exists()


def test_a_folder_of_another_service_is_left_alone(fetcher: Fetcher, double: OpenRosaDouble) -> None:
    fetcher.get()
    toml = fetcher.folder / "service.toml"
    toml.write_text(toml.read_text("utf-8").replace(double.address, "https://other.example"), "utf-8")
    with pytest.raises(ServiceError, match="another service"):
        fetcher.get()


@pytest.mark.parametrize(
    "name", ["../x.csv", "/etc/x.csv", "a/../../x.csv", "C:\\x.csv", ".hidden", "a\nb.csv", "con..", "x "]
)
def test_a_file_name_that_leads_elsewhere_is_refused(fetcher: Fetcher, double: OpenRosaDouble, name: str) -> None:
    double.forms[FORM_ID].media = {"streets.csv": STREETS, name: b"x"}
    with pytest.raises(ProtocolError):
        fetcher.get()
    assert not fetcher.folder.exists()


def test_an_exchange_that_was_cut_off_is_taken_back(fetcher: Fetcher) -> None:
    fetcher.get()
    fetcher.folder.rename(fetcher.services / ".openrosa" / f"{FORM_ID}.old")
    recover(fetcher.services, FORM_ID)
    assert load_service(fetcher.folder).id == FORM_ID


def test_an_exchange_that_was_all_but_done_is_finished(fetcher: Fetcher) -> None:
    fetcher.get()
    old = fetcher.services / ".openrosa" / f"{FORM_ID}.old"
    old.mkdir(parents=True)
    recover(fetcher.services, FORM_ID)
    assert not old.exists()
    assert load_service(fetcher.folder).id == FORM_ID


def test_a_page_in_the_servers_place_is_no_list(fetcher: Fetcher, double: OpenRosaDouble) -> None:
    double.fault_on, double.faults = "GET", [answers(200, b"<html>Welcome to Coffee Wi-Fi</html>")]
    with pytest.raises(ProtocolError):
        fetcher.get()


@pytest.mark.parametrize(
    ("form", "name"),
    [("house-visit", "house-visit"), ("mydomain.org:formId", "mydomain-org-formid-"), ("7", "form-7-"), ("é", "form-")],
)
def test_any_form_id_gives_a_folder_name(form: str, name: str) -> None:
    assert service_id(form).startswith(name)


def test_two_form_ids_never_share_a_folder() -> None:
    assert len({service_id(text) for text in ("a b", "a-b", "A b", "a.b", "x" * 60, "x" * 61)}) == 6
