"""What the Sync centre says of tables and rows that are not as the City has them."""

from __future__ import annotations

import hashlib

from fieldapp import texts
from fieldapp.paths import resources
from fieldapp.store import TABLE, RemoteRow
from ui.session import Session
from ui.sync_centre.handed_out import notes


def told(session: Session, *rows: RemoteRow) -> None:
    """The City hands out word of these."""
    session.store.exchange.apply_page("ref", rows, len(rows))


def table(name: str, sha256: str) -> RemoteRow:
    return RemoteRow(f"table:{name}", 1, kind=TABLE, fields={"name": name, "sha256": sha256})


def test_the_same_tables_are_no_matter(session: Session) -> None:
    fees = (resources() / "reference" / "fees.csv").read_bytes()
    told(session, table("fees", hashlib.sha256(fees).hexdigest()))
    assert notes(session) == []


def test_another_table_is_told_in_both_languages(session: Session) -> None:
    told(session, table("fees", "0" * 64))
    assert notes(session) == ["The City works with another table “fees” than this FieldApp: please update it."]
    with texts.speaking("fr"):
        assert notes(session)[0].startswith("La Ville utilise une autre table")


def test_what_only_a_newer_fieldapp_reads_is_counted(session: Session) -> None:
    told(session, RemoteRow("n", 1, kind="notice", fields={}))
    assert notes(session)[0].startswith("The City sent 1 thing that this FieldApp is too old to read.")
