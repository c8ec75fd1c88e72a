"""The sync worker: the runner of a gateway's engine, with what a laptop does once a day."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from fieldapp.clock import Clock, today
from fieldapp.places import Layers
from fieldapp.records import Person
from fieldapp.services import Catalogue
from fieldapp.store import Store
from sync.api import RemoteApi
from sync.backoff import Backoff
from sync.engine import Engine, Watch
from sync.layers import LayerFiles, Watching
from sync.runner import EVERY, Publish, Runner
from sync.status import LayerComing, SyncState

if TYPE_CHECKING:
    from sync.updates.fetching import Updates

LET_GO = "retention.day"  # setting: when it was last looked what may leave this laptop


class Worker(Runner):
    """Keeps one store in step with one gateway."""

    def __init__(
        self,
        store: Store,
        api: RemoteApi,
        person: Person,
        clock: Clock,
        *,
        publish: Publish = lambda _status: None,
        every: float = EVERY,
        backoff: Backoff | None = None,
        catalogue: Catalogue | None = None,
    ) -> None:
        """As a runner of the gateway's engine, for `person`. With a `catalogue`, forms come before their records."""

        def engine(watch: Watch) -> Engine:
            self._gateway = Engine(
                store, api, person, clock, watch=watch, catalogue=catalogue, between=self._between_pieces
            )
            return self._gateway

        super().__init__(
            store,
            engine,
            publish=publish,
            every=every,
            backoff=backoff,
        )
        self._api = api
        self._person = person
        self._clock = clock
        self._catalogue = catalogue
        self._wanted: list[str] = []
        self._layers_off = False

    def bring_layers(self, layers: Layers) -> None:
        """From now on, take the City's reference layers into these, behind everything else."""
        watching = Watching(lambda: self._may_go_on() and not self._layers_off, self._layer_comes)
        self._gateway.layers = LayerFiles(self._store, self._api, layers, self._clock, watching)

    def put_layers_off(self, *, off: bool) -> None:
        """Stop bringing layers, or bring them again. What came stays, and so do the layers that are here."""
        self._layers_off = off
        self.wake()

    def bring_updates(self, updates: Updates) -> None:
        """From now on, bring newer versions of the program with these, behind even the layers."""
        updates.between = self._may_go_on
        self._gateway.updates = updates

    def look_for_update(self) -> None:
        """Look for a newer version of the program now, where this laptop takes any."""
        if self._gateway.updates is not None:
            self._gateway.updates.look_now()
            self.wake()

    def put_off_update(self) -> None:
        """Stop bringing a newer version of the program until the next start, or until somebody looks for it."""
        if self._gateway.updates is not None:
            self._gateway.updates.put_off()
            self.wake()

    def bring(self, record: str) -> None:
        """Bring a record back that left this laptop, when there is a network; the store tells when it is here."""
        self._wanted.append(record)
        self._turns.ask()

    def _fetch_wishes(self) -> None:
        while self._wanted:
            self._fulfil(partial(self._gateway.bring, self._wanted[0]))
            self._wanted.pop(0)
        super()._fetch_wishes()

    def _may_go_on(self) -> bool:
        """As between pieces of files; whoever locks the store does not wait for a layer either."""
        return self._between_pieces() and not self._turns.held

    def _layer_comes(self, layer: LayerComing | None) -> None:
        self.status = replace(self.status, layer=layer)
        self._tell(SyncState.FILES)

    def _tell(self, state: SyncState, message: str = "", retry_in: float = 0.0) -> None:
        self.status = replace(self.status, layers_off=self._layers_off)
        super()._tell(state, message, retry_in)

    def _let_go(self) -> None:
        day = today(self._clock).isoformat()
        city_time = self._gateway.city_time
        if self._catalogue is not None and city_time:
            self._store.let_go(self._person.id, self._catalogue.handed_off(), city_time)
        if self._catalogue is not None and city_time and self._store.setting(LET_GO) != day:
            self._store.purge(self._person.id, self._catalogue.days_on_laptop, city_time)
            self._store.keep_setting(LET_GO, day)
