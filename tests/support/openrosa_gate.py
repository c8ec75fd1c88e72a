"""How the OpenRosa double lets people in: every way of signing in that the standard and ODK Central know."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

from starlette.requests import Request

OPAQUE = "5ccc"


@dataclass(frozen=True)
class Gate:
    """One way of signing in: "", basic, unchallenged (Basic that is never asked for), digest, bearer or key."""

    way: str
    user: str
    secret: str
    nonce: str

    def lets_in(self, request: Request) -> bool:
        """Whether the request is signed as it must be."""
        given = request.headers.get("authorization", "")
        basic = "Basic " + base64.b64encode(f"{self.user}:{self.secret}".encode()).decode()
        return {
            "": True,
            "basic": given == basic,
            "unchallenged": given == basic,
            "bearer": given == f"Bearer {self.secret}",
            "key": request.path_params.get("key") == self.secret,
            "digest": self._digest_fits(request.method, given),
        }[self.way]

    @property
    def challenge(self) -> dict[str, str]:
        """The header that a 401 carries."""
        digest = f'Digest realm="forms", qop="auth", nonce="{self.nonce}", opaque="{OPAQUE}"'
        said = {"basic": 'Basic realm="forms"', "digest": digest}.get(self.way)
        return {"WWW-Authenticate": said} if said else {}

    def _digest_fits(self, method: str, given: str) -> bool:
        """RFC 2617 with qop=auth, as the standard's restricted digest has it."""
        said = dict(re.findall(r'(\w+)="?([^",]+)"?', given.removeprefix("Digest ")))
        if said.get("nonce") != self.nonce or said.get("opaque") != OPAQUE:
            return False
        secret = _md5(f"{self.user}:forms:{self.secret}")
        asked = _md5(f"{method}:{said['uri']}")
        answer = _md5(":".join((secret, said["nonce"], said["nc"], said["cnonce"], "auth", asked)))
        return said.get("username") == self.user and said["response"] == answer


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
