"""A network switch for the practice city: pull the plug, and every request fails as on a laptop without signal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sync.api import RemoteApi


class Switch:
    """Whether the pretended network is up. One switch may serve several laptops."""

    def __init__(self) -> None:
        self.plugged = True

    def plug(self, on: bool) -> None:
        """Plug the network in, or pull it."""
        self.plugged = on

    def over(self, api: RemoteApi) -> RemoteApi:
        """`api` behind this switch."""
        from sync.switched import behind  # with all that is said to a gateway, for which no start waits

        return behind(self, api)
