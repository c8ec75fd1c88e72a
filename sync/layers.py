"""Bringing the City's reference layers, behind everything else of a cycle: piece by piece from where the line broke,
compared with the hash that the City told, then taken in by the same import as a file on the disk, all or nothing.

Layers are public data and one copy a machine, so what has come of one lies beside them, unencrypted, for whoever works
here next. The City's layer is taken also where this laptop has another one: everybody works with the same wards.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from fieldapp import __version__
from fieldapp.clock import Clock
from fieldapp.errors import DamagedStoreError, DiskError, GatewayError, LayerError, ProtocolError, SyncError
from fieldapp.places import Layers, Report, import_layer
from fieldapp.places.database import KINDS
from fieldapp.reference import CityLayer, city_layers
from fieldapp.store import Store
from fieldapp.store.durable import make_folder
from fieldapp.store.faults import translated
from fieldapp.texts import tr
from sync.api import RemoteApi
from sync.bounded import SHA256
from sync.pieces import PiecePace
from sync.status import LayerComing
from sync.wire import MAX_FILE

log = logging.getLogger(__name__)
FOLDER = "layers.coming"  # beside the file of layers
REFUSED = "layers.refused"  # setting: what was not taken, and why
ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")
SLICE = 60.0  # seconds of bringing after which the other things of a cycle have their turn
AGAIN = 600.0  # seconds after which what the disk or the gateway hindered is tried again
LOOKS = 0.5  # seconds between two looks at what is more urgent, while a layer is taken in


@dataclass(frozen=True)
class Watching:
    """Who is asked between two pieces whether to go on, and who is told how far it is (None: nothing comes)."""

    between: Callable[[], bool]
    told: Callable[[LayerComing | None], None]


class _StoppedError(Exception):
    """Taking in is broken off for something more urgent; the layer loaded before stays."""


class _OtherError(ProtocolError):
    """What came is not what the City told of. It is fetched once more when the program is started again."""


class LayerFiles:
    """Brings layers onto one machine. What cannot be used is refused in words, and not fetched again and again."""

    def __init__(self, store: Store, api: RemoteApi, layers: Layers, clock: Clock, watching: Watching) -> None:
        self._store, self._api, self._layers, self._clock = store, api, layers, clock
        self._watching = watching
        self._folder = layers.path.parent / FOLDER
        self._pace = PiecePace()
        self._not_before: dict[str, float] = {}  # when one that failed is tried again, in this run of the program
        self.more = False

    def carry(self, urgent: Callable[[], bool]) -> bool:
        """Bring what lacks. `urgent` does what is more urgent and says whether there was any: so does this.

        Raises the SyncError of a line that broke: what came stays."""
        work = _Pauses(urgent, self._watching.between)
        self.more = False
        wanted = self._wanted()
        until = time.monotonic() + SLICE
        try:
            self._forget_others(wanted)
            for one in wanted:
                if not (work.go_on() and self._bring(one, work, until)):
                    break
        finally:
            if wanted:
                self._watching.told(None)
        return work.sent

    def _wanted(self) -> list[CityLayer]:
        """What is to come and was not tried in vain just now; wards first: others are placed by them."""
        now = time.monotonic()
        found = [one for one in to_come(self._store, self._layers) if self._not_before.get(one.sha256, now) <= now]
        return sorted(found, key=lambda one: KINDS.index(one.name))

    def _bring(self, one: CityLayer, work: _Pauses, until: float) -> bool:
        """One layer as far as it goes; False to leave the rest for later."""
        part = self._folder / one.sha256 / _file_name(one)
        try:
            with translated(self._folder):
                if not self._fetched(one, part, work, until):
                    return False
            self._take_in(one, part, work)
        except _StoppedError:
            return False
        except LayerError as fault:
            self._refuse(one, str(fault), by=__version__)
            shutil.rmtree(part.parent, ignore_errors=True)
        except (DiskError, DamagedStoreError, GatewayError, ProtocolError) as fault:
            self._not_before[one.sha256] = math.inf if isinstance(fault, _OtherError) else time.monotonic() + AGAIN
            self._refuse(one, str(fault))
        return True

    def _fetched(self, one: CityLayer, part: Path, work: _Pauses, until: float) -> bool:
        """Whether all of the file is here, and is the one that the City told of."""
        make_folder(part.parent)
        while (offset := _size(part)) < one.size:
            self._watching.told(LayerComing(one.name, offset, one.size))
            size = self._pace.size
            piece = self._pace.timed(partial(self._api.get_layer, one.sha256, offset, size), size)
            if not piece:  # the City has another one by now, of which the next cycle hears
                return False
            with part.open("ab") as file:
                file.write(piece)
            self.more = time.monotonic() > until
            if self.more or not work.go_on():
                return False
        if _hash(part) != one.sha256:
            part.unlink()
            raise _OtherError(tr("It came other than it should, so it was not taken."))
        return True

    def _take_in(self, one: CityLayer, part: Path, work: _Pauses) -> None:
        about = Report(one.name, one.file, source=one.source, as_of=one.as_of, licence=one.licence)
        meter = _Meter(one.name, work, self._watching)
        import_layer(self._layers.path, one.name, part, about=about, clock=self._clock, progress=meter)
        shutil.rmtree(part.parent, ignore_errors=True)
        self._forget(one.name)
        self._store.layers_changed()
        if work.late is not None:
            raise work.late

    def _refuse(self, one: CityLayer, why: str, by: str = "") -> None:
        """Keep why it was not taken. One that this very FieldApp could not read is not fetched again."""
        log.warning("the City's layer %s was not taken: %s", one.name, why)
        said = {**refusals(self._store), one.name: {"sha256": one.sha256, "why": why, "by": by}}
        if said != refusals(self._store):
            self._store.keep_setting(REFUSED, json.dumps(said))
            self._store.layers_changed()

    def _forget(self, name: str) -> None:
        if name in (said := refusals(self._store)):
            self._store.keep_setting(REFUSED, json.dumps({other: why for other, why in said.items() if other != name}))

    def _forget_others(self, wanted: list[CityLayer]) -> None:
        """Beginnings of layers that the City has replaced meanwhile."""
        if not self._folder.exists():
            return
        kept = {one.sha256 for one in wanted}
        for path in self._folder.iterdir():
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)


class _Pauses:
    """Between two pieces: what is more urgent, and whether to go on."""

    def __init__(self, urgent: Callable[[], bool], between: Callable[[], bool]) -> None:
        self._urgent, self._between = urgent, between
        self.sent = False
        self.late: SyncError | None = None  # the line broke while a layer was taken in, which needs no line

    def go_on(self) -> bool:
        """Do what is more urgent. Raises the SyncError of a line that broke."""
        self.sent |= self._urgent()
        return self._between()

    def go_on_without_line(self) -> bool:
        """The same; once the line broke, nothing is sent any more."""
        if self.late is not None:
            return self._between()
        try:
            return self.go_on()
        except SyncError as fault:
            self.late = fault
            return True


class _Meter:
    """Follows an import, looks now and then at what is more urgent, and breaks it off where it has to stop.

    The import's transaction is on the file of layers, which nobody else writes: sending meanwhile holds nothing up."""

    def __init__(self, name: str, work: _Pauses, watching: Watching) -> None:
        self._name, self._work, self._watching = name, work, watching
        self._next = 0.0

    def __call__(self, done: int, size: int) -> None:
        if time.monotonic() < self._next:
            return
        self._watching.told(LayerComing(self._name, done, size, loading=True))
        if not self._work.go_on_without_line():
            raise _StoppedError
        self._next = time.monotonic() + LOOKS


def known(one: CityLayer) -> bool:
    """Whether the City sends this layer, and this FieldApp has a use for it."""
    return one.name in KINDS and 0 < one.size <= MAX_FILE and SHA256.fullmatch(one.sha256) is not None


def to_come(store: Store, layers: Layers | None) -> list[CityLayer]:
    """The City's layers that this laptop lacks, and that it has not refused for good."""
    others = [one for one in city_layers(store, layers) if not one.same and known(one)]
    refused = refusals(store) if others else {}
    return [one for one in others if not _settled(one, refused)]


def refusals(store: Store) -> dict[str, dict[str, str]]:
    """What was not taken, by the layer's name: its `sha256`, `why`, and `by` which FieldApp it was refused for good.
    What another FieldApp has kept in its own way counts as nothing: then it is looked at once more."""
    try:
        said = json.loads(store.setting(REFUSED) or "{}")
    except ValueError:
        return {}
    kept = said.items() if isinstance(said, dict) else ()
    return {name: {key: str(value) for key, value in one.items()} for name, one in kept if isinstance(one, dict)}


def _settled(one: CityLayer, refused: dict[str, dict[str, str]]) -> bool:
    said = refused.get(one.name, {})
    return said.get("sha256") == one.sha256 and said.get("by") == __version__


def _file_name(one: CityLayer) -> str:
    """What the file is called here, and in words about its places: nothing that came over the line but its ending."""
    ending = ENDING.search(one.file)
    return one.name + (ending[0] if ending else "")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
