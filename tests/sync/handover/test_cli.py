"""The commands of a hand-over, as a person gives them."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.clock import FixedClock, SystemClock
from fieldapp.handover import sealing
from fieldapp.paths import Home
from fieldapp.store import Store, keys
from sync.gateway.server import GatewayServer
from sync.gateway.tokens import AccessTokens, Trust
from tests.support.gateway import CLERK, City, make_service, steps_alone
from tests.support.oidc import AUDIENCE, provider
from tests.support.signing_in import Person, registered
from tests.support.store import make_change
from ui.__main__ import main

WORDS = "blue fence since tuesday"


@pytest.fixture(autouse=True)
def _typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The passphrase is typed, at a cost that a test can pay."""
    monkeypatch.setattr(sealing, "COST", 1 << sealing.LOWEST)
    monkeypatch.setattr("sync.handover.cli.getpass", lambda _question: WORDS)


def store_of(home: Path) -> Store:
    """A clerk's store below `home`."""
    folder = Home(home).store(CLERK.id)
    return Store.open(folder, keys.practice_key(folder), clock=FixedClock(), device="LT01")


def test_out_of_one_laptop_into_another_and_to_the_city(
    far: City, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_of(tmp_path / "a")
    edits = {"@state": "draft", "@author": CLERK.id, "@ward": "08"}
    store.commit(make_change(edits=edits, actor=CLERK.id, principal=CLERK.id), seal=True)
    store.close()
    file = str(tmp_path / "work")
    assert main(["handover", "export", file, "--person", CLERK.id, "--home", str(tmp_path / "a")]) == 0
    assert "SHA-256: " in capsys.readouterr().out
    assert main(["handover", "import", file, "--home", str(tmp_path / "b")]) == 1
    assert "There is no store of this person here" in capsys.readouterr().err
    store_of(tmp_path / "b").close()
    assert main(["handover", "import", file, "--home", str(tmp_path / "b")]) == 0
    assert "Changes taken in: 1, here already: 0, files: 0" in capsys.readouterr().out
    assert far.server is not None
    monkeypatch.setenv("FIELDAPP_TOKEN", far.service.give_token(CLERK.id))
    assert main(["handover", "import", file, "--gateway", far.server.url]) == 0
    assert "applied 1" in capsys.readouterr().out
    assert main(["gateway", "take", "--data", str(tmp_path / "gateway"), file]) == 0
    assert "applied 1" in capsys.readouterr().out
    assert far.count("op") == 1
    for home in ("a", "b"):
        store = store_of(tmp_path / home)
        assert store.counts().waiting == 1
        store.close()


def test_a_file_that_is_not_there_is_said_to_be_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["handover", "import", str(tmp_path / "nothing"), "--home", str(tmp_path)]) == 1
    assert "nothing: No such file" in capsys.readouterr().err


def test_it_is_sent_by_a_sign_in_that_is_kept_nowhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_of(tmp_path / "a")
    edits = {"@state": "draft", "@author": CLERK.id, "@ward": "08"}
    store.commit(make_change(edits=edits, actor=CLERK.id, principal=CLERK.id), seal=True)
    store.close()
    file = str(tmp_path / "work")
    assert main(["handover", "export", file, "--person", CLERK.id, "--home", str(tmp_path / "a")]) == 0
    person = Person()
    with provider(SystemClock()) as oidc:
        tokens = AccessTokens(Trust(oidc.url, AUDIENCE), oidc.clock)
        service = make_service(tmp_path / "gateway", steps_alone(), tokens=tokens)
        monkeypatch.setattr("sync.sign_in.asking._system_browser", lambda: person.show)
        with GatewayServer(service) as server:
            way = ["--gateway", server.url, "--issuer", oidc.url]
            known = registered(oidc)
            asked = ["--client-id", known.client_id, "--scope", known.scope, "--resource", known.resource]
            assert main(["handover", "import", file, *way]) == 1
            assert "--client-id" in capsys.readouterr().err
            assert main(["handover", "import", file, *way, *asked]) == 0
        person.close()
        assert oidc.count("/revoke") == 1
    assert "applied 1" in capsys.readouterr().out
    service.close()
