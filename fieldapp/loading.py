"""One thread at a time loads what can wait: Python 3.11 gives up ("deadlock detected") where one thread loads a package
while another loads a part of it that the first needs, too (python/cpython#83065).

Whoever loads behind the window takes its turn; a thread may take it within its own.
"""

from __future__ import annotations

import threading

turn = threading.RLock()
