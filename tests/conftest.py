"""What holds for all tests: programs that they start hear Ctrl+C, also when the whole run is in the background."""

from __future__ import annotations

import signal

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell starts what runs behind it; children inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)
