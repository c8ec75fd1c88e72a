"""A stolen laptop's disk yields nothing: not one known text of a store that was really worked with, in no file and no
name below the laptop's folders, at rest and in the middle of work; and without the key nothing opens."""

from __future__ import annotations

import base64
import gzip
import io
import logging
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fieldapp import logs
from fieldapp.clock import FixedClock
from fieldapp.errors import FieldAppError, LockedStoreError
from fieldapp.handover import Bundle, export, sealing
from fieldapp.paths import Home
from fieldapp.records import STATE, TITLE
from fieldapp.services import Catalogue
from fieldapp.store import Store, keys, wrap
from sync.downloads import Downloads
from sync.sign_in.safe import Safe
from sync.sign_in.tokens import Registration, Tokens
from tests.support.disk import findings
from tests.support.gateway import CLERK, City, some_bytes
from tests.support.logbook import as_before
from tests.support.store import make_change

OPENS = "blue fence since tuesday"
WORDS = "a second passphrase for the bundle"
SECRETS = {
    "a name": "Wilhelmina Kowalczyk-Brant",
    "a French name": "Éloïse Desrosiers-Lépine",
    "an open draft": "the dog bit the letter carrier twice",
    "a note of an inspector": "cracked footing behind the furnace",
    "a telephone number": "905-555-0142",
    "an address": "1047 Concession 6 West",
    "a withdrawn answer": "my former husband must not know",
    "the name of a photo": "kitchen-of-wilhelmina.jpg",
    "an access token": "at-3Zq8-not-for-thieves-0001",
    "a refresh token": "rt-9Xw2-not-for-thieves-0002",
    "a setting": "colleague of the month is Bartholomew",
    "what an error said": "cannot fit Wilhelmina Kowalczyk-Brant into a field",
    "the passphrase": OPENS,
    "the bundle's passphrase": WORDS,
}
PHOTO = b"\xff\xd8\xff\xe1 EXIF GPS 43.2561 -79.8692 " + some_bytes(200_000, seed=7)
FROM_THE_CITY = b"%PDF scan of the birth certificate " + some_bytes(9 << 20, seed=8)


@dataclass(frozen=True)
class Stolen:
    """A laptop's folders, and what was written into them."""

    folder: Path
    home: Home
    store: Store
    key: bytes

    def finds(self) -> list[str]:
        """What a thief finds now."""
        texts = {name: secret.encode() for name, secret in SECRETS.items()}
        pieces = {"a photo": PHOTO[:40], "inside a photo": PHOTO[90_000:90_040], "a scan": FROM_THE_CITY[:34]}
        return findings(self.folder, {**texts, **pieces, "the key": self.key})


@pytest.fixture
def stolen(near: City, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stolen]:
    """A laptop after a day: its home, its temporary files, the folder of its log."""
    monkeypatch.setattr(wrap, "calibrated", lambda: 1 << 14)
    monkeypatch.setattr(sealing, "COST", 1 << sealing.LOWEST)
    folder = tmp_path_factory.mktemp("disk")
    (folder / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder / "tmp"))
    home = Home(folder / "home")
    place = home.store(CLERK.id)
    key = keys.create(place, CLERK.id, passphrase=OPENS, vault=None)
    store = Store.open(place, key, clock=FixedClock(), device="LT01", guide=Catalogue.load())
    with as_before():
        logs.keep(home.log)
        work(store, near)
        yield Stolen(folder, home, store, key)
    store.close()


def work(store: Store, city: City) -> None:
    """All that leaves something on a disk."""
    photo = store.blobs.put(PHOTO, "image/jpeg", SECRETS["the name of a photo"])
    answers = {
        STATE: "submitted",
        TITLE: SECRETS["a name"],
        "contact/name": SECRETS["a French name"],
        "contact/phone": SECRETS["a telephone number"],
        "place/address": SECRETS["an address"],
        "items/note": SECRETS["a note of an inspector"],
        "secret": SECRETS["a withdrawn answer"],
        "photo": f"{photo.sha256}.jpg",
    }
    change = make_change(edits=answers, attachments=(photo,), actor=CLERK.id, principal=CLERK.id)
    store.commit(change, seal=True)
    store.commit(make_change(change.record, {"secret": None}, actor=CLERK.id, principal=CLERK.id), seal=True)
    store.commit(make_change(edits={STATE: "draft", "items/what": SECRETS["an open draft"]}), seal=False)
    store.keep_setting("note", SECRETS["a setting"])
    registration = Registration("https://login.example.ca", "fieldapp")
    tokens = Tokens(registration, CLERK.id, SECRETS["an access token"], SECRETS["a refresh token"], "", "")
    Safe(store, store.folder, None).keep(tokens)
    store.tidy()  # the search index
    assert store.search("footing")
    store.snapshots.daily()
    export(store, CLERK.id, store.folder.parent.parent / "work.fieldapp", WORDS, FixedClock())
    bring(store, city)
    fail()


def bring(store: Store, city: City) -> None:
    """A large file of the City's comes."""
    other = city.laptop(CLERK)
    scan = other.store.blobs.put(FROM_THE_CITY, "application/pdf")
    other.new({"scan": f"{scan.sha256}.pdf"}, attachments=(scan,))
    city.sync()
    assert Downloads(store, city.api(CLERK)).fetch(scan.sha256)


def fail() -> None:
    """An error that repeats an answer: once caught and logged, once not."""
    try:
        raise ValueError(SECRETS["what an error said"])  # noqa: TRY301 - it is about what becomes of it
    except ValueError as fault:
        logging.getLogger("fieldapp").exception("an error with %s", f"token={SECRETS['an access token']}")
        sys.excepthook(ValueError, fault, fault.__traceback__)


def test_nothing_is_found_in_the_middle_of_work(stolen: Stolen) -> None:
    names = {path.name for path in stolen.folder.rglob("*") if path.is_file()}
    assert {"work.fieldapp", "fieldapp.log", "fieldapp.db-wal"} <= names | {"fieldapp.db-wal"}
    assert any(name.endswith("-wal") for name in names)  # the store is open
    assert stolen.finds() == []


def test_nothing_is_found_when_the_laptop_was_shut(stolen: Stolen) -> None:
    stolen.store.close()
    assert stolen.finds() == []


def test_nothing_is_found_while_a_photo_is_written(stolen: Stolen) -> None:
    seen: list[list[str]] = []

    class Watched(io.BytesIO):
        """A photo at whose half the laptop is taken."""

        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 70_000 and not seen:
                seen.append(stolen.finds())
                assert [path for path in stolen.folder.rglob("*.part") if path.stat().st_size]
            return super().read(size)

    stolen.store.blobs.put(Watched(PHOTO[::-1] + PHOTO), "image/jpeg", SECRETS["the name of a photo"])
    assert seen == [[]]


def test_without_the_key_nothing_opens(stolen: Stolen) -> None:
    stolen.store.close()
    folder = stolen.home.store(CLERK.id)
    with pytest.raises(LockedStoreError):
        keys.unlock(folder, passphrase=WORDS, vault=None)
    for wrong in (bytes(32), stolen.key[::-1]):
        with pytest.raises(FieldAppError):
            Store.open(folder, wrong, clock=FixedClock(), device="thief")
    for path in stolen.folder.rglob("*.db"):
        with pytest.raises(sqlite3.DatabaseError):
            sqlite3.connect(path).execute("SELECT * FROM sqlite_master")
    with pytest.raises(FieldAppError):
        Bundle(stolen.home.root / "work.fieldapp", "guess after guess after guess")
    store = Store.open(folder, stolen.key, clock=FixedClock(), device="LT01")
    assert store.search("footing")  # the thief's tries did no harm
    store.close()


@pytest.mark.parametrize(
    "write",
    [
        lambda secret: b"..." + secret.encode() + b"...",
        lambda secret: secret.upper().encode("utf-16-le"),
        lambda secret: secret.encode("utf-16-be"),
        lambda secret: gzip.compress(b"x" * 100 + secret.encode()),
        lambda secret: b"junk" + gzip.compress(secret.encode()),
        lambda secret: base64.b64encode(b"a" + secret.encode() + b"bc"),
        lambda secret: base64.b64encode(b"ab" + secret.encode()),
        lambda secret: secret.encode().hex().encode(),
    ],
    ids=["itself", "UTF-16", "UTF-16 the other way", "gzip", "gzip inside", "base64", "base64 shifted", "hex"],
)
def test_the_thief_would_find_it(tmp_path: Path, write: object) -> None:
    assert callable(write)
    (tmp_path / "a file").write_bytes(write(SECRETS["a French name"]))
    assert findings(tmp_path, {"it": SECRETS["a French name"].encode()})


def test_the_thief_would_find_it_in_archives_databases_and_names(tmp_path: Path) -> None:
    secret = SECRETS["an address"]
    for number, folder in enumerate((tmp_path / "a", tmp_path / "b", tmp_path / "c")):
        folder.mkdir()
        if number == 0:
            with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("a.txt", secret * 3)
        elif number == 1:
            database = sqlite3.connect(folder / "a.db")
            database.execute("CREATE TABLE a (b)")
            database.execute("INSERT INTO a VALUES (?)", (secret,))
            database.commit()
            database.close()
        else:
            (folder / f"{secret}.jpg").touch()
        assert findings(folder, {"it": secret.encode()})
