"""The runner of a laptop's OpenRosa services: beside the gateway's worker, or alone."""

from __future__ import annotations

from collections.abc import Callable

from fieldapp.actions import Desk
from fieldapp.services.declared import Target
from sync.engine import Watch
from sync.openrosa.credentials import sign_in_for
from sync.openrosa.engine import OpenRosaEngine
from sync.openrosa.line import Line
from sync.openrosa.server import OpenRosaServer
from sync.runner import Publish, Runner

LAST_PROOF = "openrosa.last_proof"  # setting


def openrosa_runner(desk: Desk, sign_ins: str = "") -> Callable[[Publish], Runner]:
    """What makes the runner. `sign_ins` tells sign-ins anew (`credentials.told`); else the kept ones serve."""

    def connect(target: Target) -> OpenRosaServer:
        sign_in = sign_in_for(desk.store, target.server, sign_ins)
        return OpenRosaServer(Line(target.server, sign_in, desk.clock), desk.device)

    def engine(watch: Watch) -> OpenRosaEngine:
        return OpenRosaEngine(desk, connect, watch=watch)

    return lambda publish: Runner(desk.store, engine, publish=publish, proof=LAST_PROOF)
