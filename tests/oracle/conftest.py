"""The two other engines, one process each for a whole run of tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.oracle.engines import Engine, UnavailableError, javarosa, web_forms


@pytest.fixture(scope="session", name="javarosa")
def _javarosa() -> Iterator[Engine]:
    yield from _engine(javarosa)


@pytest.fixture(scope="session", name="web_forms")
def _web_forms() -> Iterator[Engine]:
    yield from _engine(web_forms)


def _engine(set_up: Callable[[], Engine]) -> Iterator[Engine]:
    try:
        engine = set_up()
    except UnavailableError as why:
        pytest.skip(f"NOT COMPARED with another engine: {why}")
    yield engine
    engine.close()
