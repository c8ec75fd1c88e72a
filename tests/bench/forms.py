"""How fast the form engine is, with the engine of ODK Web Forms (and JavaRosa) beside it in the same run."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from fieldapp.forms import FormSession, load_form
from fieldapp.forms.lint.check import report
from fieldapp.forms.xpath.parser import parse
from tests.bench import screens
from tests.bench.figure import Figure, milliseconds, p95
from tests.oracle.engines import Engine, UnavailableError, javarosa, web_forms
from tests.oracle.reply import Reply, Step
from tests.support.forms import write_form
from tests.support.large_forms import CHOICES, large_survey

LOADS, ANSWERS, INSTANCES = 7, 200, 50
THEIR_ANSWERS = 20  # Web Forms takes a tenth of a second for one in a large form
TARGETS = {200: {"load": 30.0, "answer": 0.2}, 1000: {"load": 120.0, "answer": 0.6}}
REPEAT = """
type         | name  | label | calculation
begin_repeat | r     | R     |
integer      | x     | X     |
calculate    | twice |       | ${x} * 2
calculate    | part  |       | ${x} div sum(/data/r/x)
end_repeat   |       |       |
calculate    | total |       | sum(${x})
"""


def figures() -> Iterator[Figure]:
    """All figures of the engine. Another engine that is not there is named on the error output."""
    engines = list(_engines())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for questions in (20, 200, 1000):
            yield from _of_survey(folder, questions, engines)
        yield from _of_repeat(folder, engines)
    for engine in engines:
        engine.close()
    yield from screens.figures()


def _engines() -> Iterator[Engine]:
    for make in (web_forms, javarosa):
        try:
            yield make()
        except UnavailableError as why:
            print(f"not compared: {why}", file=sys.stderr)


def _of_survey(folder: Path, questions: int, engines: Sequence[Engine]) -> Iterator[Figure]:
    form = _xform(folder, large_survey(questions), CHOICES, f"f{questions}")
    name, targets = f"{questions} questions", TARGETS.get(questions, {})
    steps = [{"set": "/data/seed", "value": str(number)} for number in range(ANSWERS)]
    theirs = {engine.name: _best(engine, form, steps[:THEIR_ANSWERS]) for engine in engines}
    loads = milliseconds(lambda: _load(form), LOADS)
    session = _load(form)
    chain = [_timed(session, step) for step in steps]
    leaf = [_timed(session, {"set": "/data/g0/t0_1", "value": f"x{number}"}) for number in range(ANSWERS)]
    kept = session.answers()
    yield Figure(name, "load and session", min(loads), target=targets.get("load"), others=_loads(theirs))
    yield _answer(name, "answer that a chain through all blocks depends on", chain, targets, theirs)
    yield Figure(name, "answer with one dependant", statistics.median(leaf), p95(leaf), targets.get("answer"))
    yield Figure(name, "reopening", min(milliseconds(lambda: FormSession(session.definition, kept), LOADS)))
    yield Figure(name, "XML of the record", min(milliseconds(session.to_xml, LOADS)))


def _of_repeat(folder: Path, engines: Sequence[Engine]) -> Iterator[Figure]:
    form = _xform(folder, REPEAT, "", "repeat")
    adds: list[Step] = [{"add": "/data/r"} for _ in range(INSTANCES - 1)]
    sets: list[Step] = [{"set": "/data/r[25]/x", "value": str(number)} for number in range(ANSWERS)]
    theirs = {engine.name: _best(engine, form, [*adds, *sets[:THEIR_ANSWERS]]) for engine in engines}
    session = _load(form)
    times = [_timed(session, step) for step in (*adds, *sets)]
    for what, part in (("add an instance", slice(0, len(adds))), ("answer in an instance", slice(len(adds), None))):
        others = {name: statistics.median(reply.step_ms[part]) for name, reply in theirs.items()}
        yield Figure(f"{INSTANCES} instances", what, statistics.median(times[part]), p95(times[part]), None, others)
    yield Figure(
        f"{INSTANCES} instances",
        "reopening",
        min(milliseconds(lambda: FormSession(session.definition, session.answers()), LOADS)),
    )


def _answer(
    name: str, what: str, times: Sequence[float], targets: dict[str, float], theirs: dict[str, Reply]
) -> Figure:
    others = {engine: statistics.median(reply.step_ms) for engine, reply in theirs.items()}
    return Figure(name, what, statistics.median(times), p95(times), targets.get("answer"), others)


def _best(engine: Engine, form: Path, steps: Sequence[Step]) -> Reply:
    """The reply of the quickest of three loads; each takes all steps. RuntimeError when the engine fails."""
    replies = [engine.run(form, steps, last=True) for _ in range(3)]
    failed = next((reply for reply in replies if not reply.ok or reply.errors), None)
    if failed is not None:
        raise RuntimeError(f"{engine.name}: {failed.error or failed.errors[0]}")
    return min(replies, key=lambda reply: reply.load_ms)


def _loads(theirs: dict[str, Reply]) -> dict[str, float]:
    return {name: reply.load_ms for name, reply in theirs.items()}


def _xform(folder: Path, survey: str, choices: str, name: str) -> Path:
    """The survey as an XForm, so that all engines read the same file."""
    path = folder / f"{name}.xml"
    path.write_bytes(report(write_form(folder, survey, choices)).xform)
    return path


def _load(form: Path) -> FormSession:
    parse.cache_clear()
    return FormSession(load_form(form))


def _timed(session: FormSession, step: Step) -> float:
    began = time.perf_counter()
    if "add" in step:
        session.add(step["add"])
    else:
        session.set(step["set"], step["value"])
    return (time.perf_counter() - began) * 1000
