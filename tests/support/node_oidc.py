"""npm oidc-provider under Node, and a person who fills in its pages: a provider that others wrote."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urljoin

import requests

from tests.support.node import running

HERE = Path(__file__).parent.parent / "sync" / "sign_in" / "node_provider"
FORM = re.compile(r'<form[^>]*action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
FIELD = re.compile(r"<input[^>]*>")
ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')
PAGES = 8  # no way in has more


def node_provider(audience: str, life: int) -> AbstractContextManager[str]:
    """The provider's address, while it runs. Its access tokens live `life` seconds."""
    return running(HERE, "oidc-provider", "provider.mjs", audience, str(life))


def walk_in(url: str) -> str:
    """Open a page of the provider as j.osei and go on until nothing is left to fill in; the last page."""
    with requests.Session() as browser:
        page = browser.get(url, timeout=20)
        for _ in range(PAGES):
            found = FORM.search(page.text)
            if found is None:
                return page.text
            page = browser.post(urljoin(page.url, found[1]), _filled(found[2]), timeout=20)
    raise AssertionError(page.url)


def _filled(form: str) -> dict[str, str]:
    fields = [dict(ATTRIBUTE.findall(field)) for field in FIELD.findall(form)]
    said = {field["name"]: field.get("value", "") for field in fields if "name" in field}
    return said | {name: "j.osei" for name in ("login", "password") if name in said}
