"""What keeps a port from being taken, in words that help."""

from __future__ import annotations

import errno

from fieldapp.texts import tr


def unusable(port: int, fault: OSError | OverflowError) -> str:
    """Why a port cannot be taken, and what to do about it."""
    if isinstance(fault, OverflowError):
        return tr("{port} is no port: they go from 1 to 65535.", port=port)
    if fault.errno == errno.EADDRINUSE:
        return tr("Port {port} is taken by another program, perhaps a gateway that runs already.", port=port)
    if fault.errno == errno.EACCES:
        return tr("Port {port} is for the system: name one from 1024 on, with a proxy in front.", port=port)
    return tr("Port {port} cannot be used: {why}", port=port, why=fault.strerror)
