"""Makes the sync core run in one thread, with ids that follow from a seed: the seed then tells all that happens."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from typing import Any
from unittest.mock import patch
from uuid import UUID

import uuid_utils

EXECUTOR = "ThreadPoolExecutor"
VERSION_7 = 0x7 << 76 | 0b10 << 62


class Later(Future[Any]):
    """Work that is done when somebody needs it, at the latest."""

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        """Do it, once."""
        if self.done():
            return
        try:
            self.set_result(self._work())
        except BaseException as fault:  # noqa: BLE001  as a real executor does: whoever asks gets it
            self.set_exception(fault)

    def result(self, timeout: float | None = None) -> Any:
        """What came of it."""
        self.run()
        return super().result(timeout)

    def exception(self, timeout: float | None = None) -> BaseException | None:
        """What went wrong with it."""
        self.run()
        return super().exception(timeout)


class OneThread:
    """In place of an executor: work is done at once, or when its result is asked for, as the seed has it."""

    def __init__(self, chance: random.Random, *_: object, **__: object) -> None:
        self._chance = chance
        self._left: list[Later] = []

    def submit(self, work: Callable[..., object], *arguments: object, **named: object) -> Later:
        """Take on work."""
        later = Later(partial(work, *arguments, **named))
        self._left.append(later)
        if self._chance.random() < 0.5:
            later.run()
        return later

    def shutdown(self, **_: object) -> None:
        """Do what nobody asked for yet."""
        for later in self._left:
            later.run()

    def __enter__(self) -> OneThread:
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()


@contextmanager
def told_by(seed: int) -> Iterator[None]:
    """Inside, the modules of `sync` that are loaded have no threads of their own, and ids are counted."""
    chance, number = random.Random(f"threads {seed}"), iter(range(1, 1 << 40))

    def counted() -> UUID:
        return UUID(int=next(number) << 80 | VERSION_7 | seed)

    modules = [module for name, module in sys.modules.items() if name.startswith("sync.") and hasattr(module, EXECUTOR)]
    patches: list[Any] = [patch.object(module, EXECUTOR, partial(OneThread, chance)) for module in modules]
    patches.append(patch.object(uuid_utils, "uuid7", counted))
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()
