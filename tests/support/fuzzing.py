"""schemathesis against a gateway that answers at an address: what it found, as lines to read."""

from __future__ import annotations

from collections.abc import Iterator

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

EXAMPLES = 4  # made up for each operation and kind of data, beside the boundary values of the coverage phase
REFUSED = [400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 426, 428, 429, 431]  # ways to say no to what is no request

# No schema can say which bytes are a sound package, or who is on the staff on which day: there a made-up body may
# be refused in words (422).
SOUND = ["2xx", "3xx", "401", "403", "404", "409", "422", "429", "5xx"]  # the check's own, and 422
IN_WORDS = ("PUT /v1/services/{name}", "POST /v1/stand-ins")
BY_THE_CITY = [
    {"include-name": name, "checks": {"positive_data_acceptance": {"expected-statuses": SOUND}}} for name in IN_WORDS
]


def faults(url: str, token: str = "", *, examples: int = EXAMPLES, boundaries: bool = True) -> list[str]:
    """Everything that the gateway at `url` does otherwise than its own description says, for a bearer of `token`.

    `boundaries`: also each value at the edge of what is described, and just beyond. The same requests each time: the
    seed is fixed, and nothing is remembered between runs."""
    config = SchemathesisConfig.from_dict(
        {
            "seed": 311,
            "continue-on-failure": True,
            "headers": {"Authorization": f"Bearer {token}"} if token else {},
            "checks": {
                "negative_data_rejection": {"expected-statuses": REFUSED},
            },
            "operations": BY_THE_CITY,
            "phases": {"coverage": {"enabled": boundaries}},
            "generation": {
                "max-examples": examples,
                "deterministic": True,
                "no-shrink": True,
                "database": "none",
            },
        }
    )
    schema = schemathesis.openapi.from_url(f"{url}/v1/openapi.json", config=config)
    return [line for event in from_schema(schema).execute() for line in _told(event)]


def _told(event: events.EngineEvent) -> Iterator[str]:
    if isinstance(event, (events.NonFatalError, events.FatalError)):
        yield repr(event)
    if isinstance(event, events.ScenarioFinished):
        for checks in event.recorder.checks.values():
            for check in checks:
                if check.failure_info is not None:
                    sample = check.failure_info.code_sample
                    yield f"{event.recorder.label}: {check.name}: {check.failure_info.failure.message}\n  {sample}"
