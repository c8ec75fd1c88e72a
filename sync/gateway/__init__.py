"""The city records gateway: the only judge of Changes, and the source of every laptop's feed. A program of its own."""

from sync.gateway.service import GatewayService

__all__ = ["GatewayService"]
