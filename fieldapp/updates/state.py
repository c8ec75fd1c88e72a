"""Which version starts, which one it was before, and what is prepared: one small file that is replaced whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from fieldapp.updates.place import VERSION, Installed

MOST = 3  # starts that may be cut off before a new version has shown that it works
FALLS = frozenset({4, 6, 7, 8, 11})  # ILL, ABRT, BUS, FPE, SEGV: a program fell, nobody killed it
FAILED, STORE, CUT, BY_HAND = "failed", "store", "cut", "by hand"  # why a version was left


@dataclass(frozen=True)
class State:
    """Versions as in 0.2.0; "" is the program as it was installed, or none."""

    runs: str = ""  # what starts
    before: str = ""  # what is returned to
    good: bool = True  # whether `runs` has shown that it works here
    starts: int = 0  # of `runs` while it is not good
    waiting: str = ""  # prepared and rehearsed: what the next start takes
    left: Mapping[str, str] = field(default_factory=dict)  # versions that are not taken again, and why
    returned: str = ""  # the version that was left last: stores that it wrote are brought back
    why: str = ""
    said: str = ""  # the program's own last words

    def taken(self) -> State:
        """With what waits as the one that starts."""
        return replace(
            self, runs=self.waiting, before=self.runs, good=False, starts=0, waiting="", returned="", why="", said=""
        )

    def gone_back(self, why: str, said: str = "", *, again: bool = False) -> State:
        """With what was before as the one that starts. What is left is not taken again, unless `again`."""
        left = self.left if again else {**self.left, self.runs: why}
        back = replace(self, runs=self.before, before="", good=True, starts=0, waiting="", left=left)
        return replace(back, returned=self.runs, why=why, said=said)

    def found_good(self) -> State:
        """`runs` works here."""
        return replace(self, good=True, starts=0)


def read(place: Installed) -> State:
    """What is noted. Where nothing can be read, the program starts as it was installed."""
    try:
        said: dict[str, Any] = json.loads(place.state.read_bytes())
        known = State(**{name: value for name, value in said.items() if name in State.__dataclass_fields__})
    except (OSError, ValueError, TypeError, AttributeError):
        return State()
    named = (known.runs, known.before, known.waiting, known.returned)
    return known if all(not one or VERSION.fullmatch(str(one)) for one in named) else State()


def write(place: Installed, state: State) -> None:
    """Note it, durably and whole, in place of what was noted. Raises OSError."""
    from fieldapp.store.durable import make_folder, write_durably  # the store's parts: a mere handing over needs none

    make_folder(place.root)
    write_durably(place.state, json.dumps({**asdict(state), "left": dict(state.left)}, indent=1).encode())
