"""A position receiver at the laptop: sentences by NMEA 0183, over the network or a serial line, become fixes."""

from sync.position.lines import AddressError, source_of
from sync.position.receiver import Receiver, State

__all__ = ["AddressError", "Receiver", "State", "source_of"]
