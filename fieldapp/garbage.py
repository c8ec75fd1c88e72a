"""The collector of a program that runs long: it looks at what is new, not at what was loaded to stay."""

from __future__ import annotations

import gc

YOUNG, MIDDLE, OLD = 20_000, 20, 20  # objects, and rounds of the younger generation, until a generation is looked at


def settle_in() -> None:
    """To be called when all is loaded: services, forms and modules stay to the end, and looking through them again and
    again took a fifth of what a push costs at the gateway."""
    gc.collect()
    gc.freeze()
    be_patient()


def be_patient() -> None:
    """Look at what is new much later than Python would: for the time in which a program loads what stays."""
    gc.set_threshold(YOUNG, MIDDLE, OLD)


def keep_all() -> None:
    """The same, without looking: whatever there is now stays. For a screen, which a look at everything would hold up
    for a tenth of a second; what little is rubbish already stays with it."""
    gc.freeze()


def by_turns() -> None:
    """From now on nothing is collected by itself: what is let go must go in one thread, and it calls `turn`."""
    gc.disable()


def turn() -> None:
    """Collect the oldest generation whose time has come, in the thread that calls; mostly none has."""
    young, middle, old = gc.get_count()
    if young >= YOUNG:
        gc.collect(2 if middle >= MIDDLE and old >= OLD else 1 if middle >= MIDDLE else 0)
