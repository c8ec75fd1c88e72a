"""A laptop whose one service belongs to an OpenRosa server: fetched from the double, filled by the verbs, handed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.access import INSPECTOR
from fieldapp.actions import Desk, answer, attach, open_form, start, take
from fieldapp.clock import FixedClock
from fieldapp.places import Layers
from fieldapp.records import Person, Record
from fieldapp.services import Catalogue
from fieldapp.services.declared import Target
from fieldapp.store import Entry, Store
from sync.openrosa.engine import OpenRosaEngine
from sync.openrosa.forms import Fetching
from sync.openrosa.line import Line
from sync.openrosa.server import OpenRosaServer
from sync.openrosa.sign_in import SignIn
from sync.status import ProofOfSync
from tests.support.openrosa import Hosted, OpenRosaDouble
from tests.support.store import KEY

INSPECTRESS = Person("m.tremblay", "M. Tremblay", frozenset({INSPECTOR}))
FORM_ID = "house-visit"
FORM = """\
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms">
  <h:head><h:title>House visit</h:title><model>
    <instance><data id="house-visit" version="1">
      <name/><street/><floors/><front/><back/><told/><opened/>
      <orx:meta><orx:instanceID/></orx:meta></data></instance>
    <instance id="streets" src="jr://file-csv/streets.csv"/>
    <bind nodeset="/data/name" type="string" required="true()"/>
    <bind nodeset="/data/street" type="string"/>
    <bind nodeset="/data/floors" type="int" constraint=". &lt; 100"/>
    <bind nodeset="/data/front" type="binary"/>
    <bind nodeset="/data/back" type="binary"/>
    <bind nodeset="/data/told" type="string" relevant="/data/floors &gt; 3"/>
    <bind nodeset="/data/opened" type="string" calculate="format-date-time(now(), '%Y-%m-%d %H:%M:%S')"/>
    <bind nodeset="/data/orx:meta/orx:instanceID" type="string" readonly="true()" jr:preload="uid"/>
  </model></h:head>
  <h:body>
    <input ref="/data/name"><label>Who lives here?</label></input>
    <select1 ref="/data/street"><label>Street</label><itemset nodeset="instance('streets')/root/item">
      <value ref="name"/><label ref="label"/></itemset></select1>
    <input ref="/data/floors"><label>How many floors?</label></input>
    <upload ref="/data/front" mediatype="image/*"><label>Front</label></upload>
    <upload ref="/data/back" mediatype="image/*"><label>Back</label></upload>
    <input ref="/data/told"><label>Who was told?</label></input>
  </h:body>
</h:html>
"""
STREETS = b"name,label\nking,King Street\nmain,Main Street\n"


def house_visit(xml: str = FORM, *, version: str = "1") -> Hosted:
    """The form as a server hosts it, with its list of streets."""
    text = xml.replace('version="1"', f'version="{version}"')
    return Hosted(text.encode(), "House visit", version, {"streets.csv": STREETS})


@dataclass
class RosaLaptop:
    """One person's desk and engine; `double` is the server."""

    folder: Path
    double: OpenRosaDouble
    sign_in: str = ""
    clock: FixedClock = field(default_factory=FixedClock)

    def __post_init__(self) -> None:
        self.services = self.folder / "services"
        self.connection = self.connect()
        self.fetch()
        self.store = Store.open(self.folder / "store", KEY, clock=self.clock, device="LT01")
        self.open()

    def connect(self, _target: Target | None = None) -> OpenRosaServer:
        """The server, signed in."""
        return OpenRosaServer(Line(self.double.address, SignIn.of(self.sign_in), self.clock), "LT01")

    def fetch(self) -> None:
        """Fetch all forms as services."""
        fetching = Fetching(self.connection, self.double.address, self.services)
        for entry in self.connection.forms():
            fetching.get(entry)

    def open(self) -> None:
        """Load the services anew, as at a start."""
        catalogue = Catalogue.load([self.services])
        layers = Layers(self.folder / "layers.db")
        self.desk = Desk(INSPECTRESS, self.store, catalogue, layers, self.clock, "LT01")
        self.engine = OpenRosaEngine(self.desk, self.connect)

    def close(self) -> None:
        """Let nothing run on."""
        self.engine.close()
        self.connection.close()
        self.desk.layers.close()
        self.store.close()

    def visit(self, *, hand_in: bool = True, **answers: str) -> str:
        """Record a visit; its id."""
        record = start(self.desk, FORM_ID)
        self.fill(record.id, **{"name": "Ada", **answers})
        if hand_in:
            take(self.desk, record.id, "submit")
        return record.id

    def fill(self, record: str, **answers: str) -> None:
        """Answer questions of a record."""
        session = open_form(self.desk, self.record(record))
        for path, value in answers.items():
            session.set(path, value)
        answer(self.desk, record, session.edits(self.record(record).fields)[0])

    def correct(self, record: str, **answers: str) -> None:
        """Correct what was handed in, and hand it in again."""
        take(self.desk, record, "correct")
        self.fill(record, **answers)
        take(self.desk, record, "resubmit")

    def photo(self, content: bytes) -> str:
        """Keep a photo; the value of its answer."""
        return attach(self.desk, content, mime="image/jpeg", name="photo.jpg").sha256 + ".jpg"

    def sync(self) -> ProofOfSync:
        """One cycle."""
        return self.engine.cycle()

    def record(self, record: str) -> Record:
        """The record as it stands here."""
        return self.desk.record(record)

    def last(self, record: str) -> Entry:
        """The newest Change of a record, and what became of it."""
        return self.store.history(record)[-1]
