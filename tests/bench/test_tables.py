"""A table of 250,000 rows beside a form: reading it once, opening it again, filters, lookups, search, and memory."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from fieldapp.forms import FormSession, load_form
from fieldapp.forms.session.longlists import LongChoices
from tests.support.forms import markdown

pytestmark = pytest.mark.bench

ROWS = 250_000
PER_KEY = 0.2  # seconds for a search in all labels
PER_ANSWER = 0.005  # seconds for an answer that looks rows up
MOST_MEMORY = 24 << 20  # bytes; as items in memory the table would take more than 500 MB
SURVEY = """type | name | label | choice_filter | calculation
text | ward | Ward | |
select_one_from_file streets.csv | near | Street | ward = ${ward} |
select_one_from_file streets.csv | street | Street | |
calculate | post | | | pulldata('streets', 'post', 'name', ${street})
"""


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    with (folder / "streets.csv").open("w", encoding="utf-8") as file:
        file.write("name,label,ward,post\n")
        file.writelines(f"s{number},Rue Élan {number},w{number % 500},P{number}\n" for number in range(ROWS))
    (folder / "form.md").write_text(markdown(SURVEY), "utf-8")
    return folder / "form.md"


@pytest.fixture(autouse=True)
def told(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """What was measured shows without -s too."""
    yield
    with capsys.disabled():
        print(capsys.readouterr().out, end="")


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def opened(form: Path) -> FormSession:
    """A session over the form, its table from the cache when it is there."""
    return FormSession(load_form(form, cache=form.parent / "cache"))


def test_a_long_table_is_fast_and_takes_no_memory(form: Path) -> None:
    print(f"\nfirst opening: {seconds(lambda: opened(form)):.2f} s, later ones: {seconds(lambda: opened(form)):.3f} s")
    tracemalloc.start()
    session = opened(form)
    session.set("ward", "w1")
    filters = sorted(seconds(partial(session.set, "ward", f"w{at}")) for at in range(50))
    session.set("street", "s1")
    lookups = sorted(seconds(partial(session.set, "street", f"s{at * 4999}")) for at in range(50))
    choices = session.choices(session.node("street"))
    assert isinstance(choices, LongChoices)
    choices.find(["rue"], 100)
    searches = sorted(seconds(partial(choices.find, ["elan", str(at)], 100)) for at in range(20))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(
        f"filter {1000 * filters[25]:.2f} ms, lookup {1000 * lookups[25]:.2f} ms, search {1000 * searches[10]:.0f} ms"
    )
    print(f"peak of memory: {peak >> 20} MB")
    assert filters[25] < PER_ANSWER
    assert lookups[25] < PER_ANSWER
    assert searches[10] < PER_KEY
    assert peak < MOST_MEMORY
