"""One cycle of sync: hello; push and pull, at most three rounds, counts and checksums compared; then files, and layers.

No thread, no clock of its own, no waiting: the worker decides when, this decides what. Network never happens inside a
transaction. Whatever is interrupted is simply done again: every op is idempotent, every page comes with its cursor.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from fieldapp.access import REVIEWERS, has_role, may_see_fleet
from fieldapp.clock import Clock, moment_of, stamp
from fieldapp.errors import EpochError, RevokedError, SignInError, UpgradeError
from fieldapp.records import Person
from fieldapp.services import Catalogue
from fieldapp.store import Query, Store, of_gateway
from fieldapp.store.numbers import RESTORED
from fieldapp.texts import tr
from sync import alarms, citys_name, fleet, live
from sync.api import RemoteApi
from sync.arcgis import GEOCODER
from sync.downloads import Downloads
from sync.files import Files, Tally, Told
from sync.forms import Forms
from sync.layers import LayerFiles
from sync.numbers import Numbers
from sync.pulling import Pull, Pulled
from sync.pushing import Push
from sync.reporting import Reports
from sync.revoking import obey, remember_key
from sync.status import ProofOfSync, SyncState
from sync.telling import Telling
from sync.uploads import Uploads
from sync.wire import MAX_BYTES

if TYPE_CHECKING:
    from sync.updates.fetching import Updates

ROUNDS = 3
HEALING = timedelta(days=30)  # after a restore, what was acknowledged so recently is sent again
EPOCH = "sync.epoch"
IN_REVIEW = Query(state_kinds=("review",))

Watch = Callable[[SyncState, int], None]  # what it does now, and how many ops or rows so far


def _unwatched(_state: SyncState, _done: int) -> None:
    """Nobody watches."""


def _ahead(clock: Clock, city: str) -> float | None:
    """By how many seconds the laptop's clock is ahead of the City's; None where its time cannot be read."""
    try:
        return (clock.now() - moment_of(city)).total_seconds()
    except ValueError:
        return None


class Engine:
    """Sync of one person's store with one gateway. Not for several threads at once."""

    def __init__(
        self,
        store: Store,
        api: RemoteApi,
        person: Person,
        clock: Clock,
        *,
        watch: Watch = _unwatched,
        catalogue: Catalogue | None = None,
        between: Callable[[], bool] = lambda: True,
    ) -> None:
        """Ops of `person` are sent, and of nobody else; the gateway must know the caller by the same name.

        With a `catalogue`, forms that records were made with come before the records. `between` is called between two
        pieces of files and says whether to go on with them."""
        self.principal = person.id
        self._person = person
        self.city_time = ""  # at the last greeting, a stamp
        self.layers: LayerFiles | None = None  # who brings the City's layers; None where nobody looks at any
        self.updates: Updates | None = None  # who brings newer versions of the program; None where nobody may
        self._store = store
        self._api = api
        self._clock = clock
        self._watch = watch
        self._push = Push(store, api, person.id, clock, lambda done: watch(SyncState.PUSHING, done))
        self._ahead: float | None = None
        in_review = IN_REVIEW if has_role(person, REVIEWERS) else None
        told = Told(between, lambda left: watch(SyncState.FILES, left))
        self._downloads = Downloads(store, api)
        self._files = Files(store, Uploads(store, api), self._downloads, in_review, told)
        self._numbers = Numbers(store, api, person, catalogue, clock) if catalogue is not None else None
        self._reports = Reports(store, api, person.id)
        self._telling = Telling(store, self._reports, person, catalogue, clock) if catalogue is not None else None
        self._oversees = False
        forms = Forms(catalogue, api) if catalogue is not None else None
        self._pull = Pull(store, api, lambda expected: watch(SyncState.PULLING, expected), forms)

    def cycle(self) -> ProofOfSync:
        """Bring laptop and City to the same; raises the SyncError that stopped it. What was settled stays settled."""
        started = self._now()
        try:
            epoch = self._greet()
        except UpgradeError:
            if self.updates is not None:  # now of all times: without a newer FieldApp nothing is sent any more
                self.updates.carry(lambda: False, math.inf)
            raise
        except RevokedError as fault:
            raise obey(self._store, self._api, self._person, fault, self._hand_over) from fault
        try:
            return self._rounds(started, epoch)
        except EpochError:
            return self._rounds(started, self._begin_epoch(self._greet()))

    def waiting(self) -> bool:
        """Whether anything may be sent now."""
        return bool(self._store.exchange.outgoing(self.principal, 1, MAX_BYTES))

    def bring(self, record: str) -> bool:
        """Bring a record back that left this laptop; whether the City gave it."""
        row = self._api.record(record).row
        if row is not None:
            self._store.bring_back(replace(row, fields=dict(row.fields)))
        return row is not None

    def fetch(self, sha256: str, suffix: str = "") -> bool:  # noqa: ARG002  its content says what it is
        """Bring a file of the City's onto this laptop; whether it was there."""
        return self._downloads.fetch(sha256)

    def _hand_over(self) -> None:
        """Send all that may be sent, for the last time."""
        self._store.departures.let_all_go()  # nobody thinks better of it any more
        self._push.run(self._store.setting(EPOCH), set())
        self._files.named_more()
        self._files.hand_over()
        self._reports.run()

    def _greet(self) -> str:
        """Who answers, and whether it continues the history that this store knows."""
        self._watch(SyncState.PROBING, 0)
        hello = self._api.hello(self._store.device)
        self._ahead = _ahead(self._clock, hello.time)
        if hello.person.id != self.principal:
            raise SignInError(tr("You are signed in as somebody else; your work waits for your own sign-in."))
        self._store.people.introduce(hello.person, hello.names, hello.roles)
        self._oversees = may_see_fleet(hello.person)
        reviews = has_role(hello.person, REVIEWERS) or bool(hello.person.stands_in)
        self._files.keep(IN_REVIEW if reviews else None)
        remember_key(self._store, hello)
        self.city_time = hello.time
        alarms.keep(self._store, hello.alarms)
        if hello.geocoder != self._store.setting(GEOCODER):
            self._store.keep_setting(GEOCODER, hello.geocoder)
        live.keep(self._store, hello.live)
        citys_name.keep(self._store, hello.city)
        known = self._store.setting(EPOCH)
        if known != hello.epoch:
            self._begin_epoch(hello.epoch, heal=bool(known))
        return hello.epoch

    def _rounds(self, started: str, epoch: str) -> ProofOfSync:
        tally = Tally()
        self._reports.run()
        if self._telling is not None:
            self._telling.tell_before()
        if self._numbers is not None:  # first of all: after a restore the City must know the blocks of what is sent
            self._numbers.run()
        self._meet(epoch, tally)
        if self._files.carry(tally, lambda: self._urgent(epoch, tally)):
            self._meet(epoch, tally)
        more = self._files.more or self._bring_layers(epoch, tally)
        if self._telling is not None:
            self._telling.tell_after(moved=bool(tally.results or tally.received or tally.files))
        if self._oversees:
            fleet.bring(self._store, self._api, self.city_time)
        more = more or self._bring_update(epoch, tally)
        pulled, files = tally.pulled, self._files
        moved = tally.results, tally.received, tally.files
        anew = tuple(tally.rebuilt), tuple(tally.resynced)
        proof = ProofOfSync(started, self._now(), epoch, *moved, pulled.here, pulled.city, *anew, self._ahead)
        return replace(proof, files_left=files.left(), trouble=files.trouble, more=more)

    def _bring_layers(self, epoch: str, tally: Tally) -> bool:
        """Last of all; whether there are more."""
        if self.layers is None:
            return False
        if self.layers.carry(lambda: self._urgent(epoch, tally)):
            self._meet(epoch, tally)
        return self.layers.more

    def _bring_update(self, epoch: str, tally: Tally) -> bool:
        """Behind even that; whether there is more."""
        if self.updates is None:
            return False
        if self.updates.carry(lambda: self._urgent(epoch, tally)):
            self._meet(epoch, tally)
        return self.updates.more

    def _meet(self, epoch: str, tally: Tally) -> None:
        """Push and pull until nothing is left to send."""
        for _ in range(ROUNDS):
            self._count(self._send(epoch, tally.waiting), tally)
            tally.pulled = self._receive(epoch)
            tally.received += tally.pulled.rows
            tally.rebuilt += tally.pulled.rebuilt
            tally.resynced += tally.pulled.resynced
            if not self._store.exchange.outgoing(self.principal, 1, MAX_BYTES, tally.waiting):
                break

    def _urgent(self, epoch: str, tally: Tally) -> bool:
        """Between two pieces of files: what was saved meanwhile goes out at once; whether anything did."""
        if not self._store.exchange.outgoing(self.principal, 1, MAX_BYTES, tally.waiting):
            return False
        self._count(self._send(epoch, tally.waiting), tally)
        return True

    def _count(self, pushed: Counter[str], tally: Tally) -> None:
        tally.results += pushed
        if pushed:
            self._files.named_more()

    def _send(self, epoch: str, waiting: set[str]) -> Counter[str]:
        if self._store.exchange.outgoing(self.principal, 1, MAX_BYTES, waiting):
            self._watch(SyncState.PUSHING, 0)
        return self._push.run(epoch, waiting)

    def _receive(self, epoch: str) -> Pulled:
        self._watch(SyncState.PULLING, 0)
        return self._pull.run(epoch)

    def _begin_epoch(self, epoch: str, *, heal: bool = True) -> str:
        """Another history: compare everything from the start, and send again what the City may have lost.

        The epoch is noted last: cut off in the middle, all of it happens once more.
        """
        if heal:
            for bucket in filter(of_gateway, self._store.exchange.buckets()):
                self._store.exchange.begin_again(bucket, epoch)
            self._store.exchange.send_again(stamp(self._clock.now() - HEALING))
            self._store.keep_setting(RESTORED, "yes")  # the City may have forgotten blocks that it gave
        self._store.keep_setting(EPOCH, epoch)
        return epoch

    def _now(self) -> str:
        return stamp(self._clock.now())
