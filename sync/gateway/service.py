"""GatewayService: the City's records, judged and kept. `as_(person)` is the gateway as one person sees it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from fieldapp.clock import Clock, stamp
from fieldapp.errors import FieldAppError
from fieldapp.records import Person
from fieldapp.services import Catalogue, Service
from fieldapp.store.sqlcipher import Error
from sync.gateway import feed
from sync.gateway.blobs import Files
from sync.gateway.bookings.feeds import Feeds
from sync.gateway.bookings.keeping import forget_past
from sync.gateway.bookings.telling import tell
from sync.gateway.database import Database
from sync.gateway.delegations import Delegations
from sync.gateway.filestore import FileStore
from sync.gateway.forms import FOLDER as FORMS_FOLDER
from sync.gateway.forms import Forms
from sync.gateway.handing_off import hand_off
from sync.gateway.handouts import forms_of, hand_out, references
from sync.gateway.history.publications import note
from sync.gateway.layers.holding import CityLayers
from sync.gateway.open311.catching_up import catch_up
from sync.gateway.open311.city import Open311City
from sync.gateway.people import People
from sync.gateway.person import PersonApi
from sync.gateway.published import Published
from sync.gateway.recovery import Recovery
from sync.gateway.rescope import rescope
from sync.gateway.revocations import Revocations
from sync.gateway.tidying import forget_left
from sync.gateway.tokens import AccessTokens
from sync.gateway.transactions import CityDatabase
from sync.wire import FORMS, PROTOCOL, REF, OpResult, WayIn, Welcome

log = logging.getLogger(__name__)
BLOBS = "blobs"  # the folder of files, or of what is on its way to another place


class GatewayService:
    """The gateway without a network. Any thread may call it."""

    def __init__(
        self,
        folder: Path,
        catalogue: Catalogue,
        clock: Clock,
        *,
        key: bytes | None = None,
        city: str = "Practice city",
        tokens: AccessTokens | None = None,
        database: CityDatabase | None = None,
        files: FileStore | None = None,
    ) -> None:
        """Open the City's records in `folder`, and make them when new; encrypted when a key of 32 bytes is given.

        With `tokens`, who has signed in at the City's identity provider is let in, besides practice accounts. With a
        `database` the records are there, and only files and forms lie in `folder`; with `files`, those are elsewhere
        too."""
        self.database: CityDatabase = database or Database(folder, key)
        self.people = People(self.database)
        self.recovery = Recovery(self.database)
        self.files: FileStore = files or Files(folder / BLOBS)
        self.forms = Forms.below(folder)
        self.revocations = Revocations(self.database)
        self.delegations = Delegations(self.database, self.people)
        self.published = Published(catalogue, self.forms, folder / FORMS_FOLDER, partial(note, self.database))
        self.feeds = Feeds(self.database, catalogue)
        self.layers = CityLayers(self.database, self.files, folder, self.now)
        self.clock = clock
        self.city = city
        self.open311: Open311City | None = None  # how the world knows the City; None where it may not ask
        self.way_in: WayIn | None = None  # as what laptops are known at the City's identity provider
        self.updates: Path | None = None  # the signed folder of versions that laptops read; None where there is none
        self.geocoder = ""  # where the City's geocoder is, for laptops
        self.live: Mapping[str, str] = {}  # where the City's live feeds are, by their names, for laptops
        self.judged: Callable[[Sequence[OpResult]], None] = lambda _: None  # who counts verdicts
        self._tokens = tokens

    @property
    def catalogue(self) -> Catalogue:
        """All services as they are now: those that the gateway was started with, and what was published since."""
        return self.published.catalogue

    @catalogue.setter
    def catalogue(self, catalogue: Catalogue) -> None:
        self.published = Published(catalogue, self.forms, self.published.folder, self.published.note)

    def publish(self, person: Person, name: str, package: bytes) -> Service:
        """Take a new service, or a new version of one, and let laptops know it. GatewayError when it is not taken."""
        taken = self.published.take(person, name, package, self.now())
        hand_out(self.database, FORMS, forms_of(self.catalogue, self.forms), self.now())
        rescope(self.database, self.catalogue, self.now())
        return taken

    def signed_in(self, token: str) -> Person:
        """Whose token this is; SignInError when it is nobody's. A provider's tokens have dots, practice ones never."""
        if self._tokens is None or "." not in token:
            return self.people.signed_in(token)
        person = self._tokens.person(token)
        self.people.note(person)
        return person

    def welcome(self, nonce: str = "") -> Welcome:
        """What anybody may know: whose gateway this is, and how one signs in."""
        return Welcome("FieldApp", self.city, PROTOCOL, self.now(), nonce, self.way_in)

    def as_(self, person: Person, device: str = "") -> PersonApi:
        """The gateway as `person` sees it, on this laptop ("" where it has not said its name)."""
        return PersonApi(self, person, device)

    def keep_forms(self) -> None:
        """Keep today's version of every form, before the next update replaces it, and let laptops know it.

        Raises FormError or ServiceError, with its place, for a form that cannot be used."""
        self.forms.keep_all(self.catalogue)
        hand_out(self.database, FORMS, forms_of(self.catalogue, self.forms), self.now())

    def prepare(self, layers: Path | None = None) -> None:
        """Before it serves anybody: keep forms, let laptops know them, the City's tables and its layers, and put the
        records of before into the buckets that they belong to now.

        Raises FormError or ServiceError, with its place, for a form that cannot be used."""
        self.keep_forms()
        self.tell_references(layers)
        rescope(self.database, self.catalogue, self.now())
        self.tell_bookings()
        if self.open311 is not None:
            catch_up(self.database, self.catalogue)

    def tell_references(self, layers: Path | None = None) -> None:
        """Let laptops know the City's tables and layers: those that were published, and the other ones of the file
        `layers`, which are not sent."""
        published = [one.handout for one in self.layers.current()]
        hand_out(self.database, REF, [*references(layers), *published], self.now())

    def tidy(self) -> int:
        """Forget what has left its bucket long ago; how many rows. Laptops forget the slots of past days."""
        self.tell_bookings()
        forget_past(self.database, self.now())
        hand_off(self.database, self.catalogue, self.files, self.clock.now())
        return forget_left(self.database, self.clock.now())

    def tell_bookings(self) -> None:
        """Tell records of places that are theirs now. What fails is told the next time: a place stays theirs."""
        try:
            tell(self.database, self.catalogue, self.now())
        except (FieldAppError, Error):
            log.exception("records could not be told of their bookings")

    def give_token(self, person_id: str) -> str:
        """A bearer token for a practice account."""
        return self.people.give_token(person_id, self.now())

    def now(self) -> str:
        """The gateway's time, a stamp."""
        return stamp(self.clock.now())

    def summary(self) -> dict[str, tuple[int, str]]:
        """Count and checksum of each bucket."""
        found = self.database.read("SELECT name, count, checksum FROM bucket ORDER BY name")
        return {name: (count, f"{checksum % feed.MOD:016x}") for name, count, checksum in found}

    def close(self) -> None:
        """Bring everything to rest."""
        self.database.close()
