"""A laptop that takes the City's layers and loses its battery while one is taken in: run as `python -m`.

Arguments: the layers' file, the store's folder, the gateway's address, the token.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from fieldapp.clock import FixedClock
from fieldapp.places import Layers
from fieldapp.store import Store
from sync.adapters.gateway import GatewayClient
from sync.engine import Engine
from sync.layers import LayerFiles, Watching
from sync.status import LayerComing
from tests.support.gateway import CLERK
from tests.support.store import KEY


def pull_the_battery(layer: LayerComing | None) -> None:
    """In the middle of the import's transaction."""
    if layer is not None and layer.loading:
        os.kill(os.getpid(), signal.SIGKILL)


def main(layers: str, folder: str, url: str, token: str) -> None:
    """One cycle, to its end in the middle."""
    clock, api = FixedClock(), GatewayClient(url, token)
    store = Store.open(Path(folder), KEY, clock=clock, device="LT00")
    engine = Engine(store, api, CLERK, clock)
    engine.layers = LayerFiles(store, api, Layers(Path(layers)), clock, Watching(lambda: True, pull_the_battery))
    engine.cycle()


if __name__ == "__main__":
    main(*sys.argv[1:])
