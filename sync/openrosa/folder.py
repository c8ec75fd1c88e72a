"""The service folder of a form: its name, and the service.toml that a city may then adapt."""

from __future__ import annotations

import hashlib
import json
import re

from fieldapp.access import ROLES
from sync.openrosa.messages import FormEntry

LONGEST = 36
META_NAME = "meta/instanceName"

TEMPLATE = """\
# A form of an ODK server, made by `fieldapp openrosa get`. What you change here stays when the form is fetched again.
id = {id}
code = {code}
version = {version}
icon = "clipboard-list"
start_roles = {roles}

[target]
kind = "openrosa"
server = {server}
form = {form}
submit = ["submit", "resubmit"]

[title]
en = {name}
fr = {name}

[summary]
en = {summary}
fr = {summary}

[keywords]
en = [{name}]
fr = [{name}]

[series]
id = {id}
format = "{{yy}}-{{n:06}}"
start = 1

[derived]
title.en = {title}
title.fr = {title}

[privacy]
class = "P3"
sensitive = []
retention.en = "As the server's owner decides"
retention.fr = "Selon la décision du responsable du serveur"

[[states]]
id = "draft"
kind = "draft"
title.en = "Draft"
title.fr = "Brouillon"

[[states]]
id = "sent"
kind = "done"
title.en = "Handed in"
title.fr = "Remis"

[[states]]
id = "correcting"
kind = "open"
title.en = "Being corrected"
title.fr = "En correction"

[[transitions]]
id = "submit"
from = "draft"
to = "sent"
roles = {roles}
needs_complete_form = true
title.en = "Hand in"
title.fr = "Remettre"

[[transitions]]
id = "correct"
from = "sent"
to = "correcting"
roles = {roles}
title.en = "Correct"
title.fr = "Corriger"

[[transitions]]
id = "resubmit"
from = "correcting"
to = "sent"
roles = {roles}
needs_complete_form = true
title.en = "Hand in again"
title.fr = "Remettre de nouveau"
"""


def service_id(form_id: str) -> str:
    """A folder's name for a form id, which may be any text. Two ids never get the same name."""
    plain = re.sub(r"[^a-z0-9]+", "-", form_id.lower()).strip("-")
    name = plain if plain[:1].isalpha() else f"form-{plain}".rstrip("-")
    if name == form_id and len(name) in range(2, LONGEST + 1):
        return name
    return f"{name[: LONGEST - 5].rstrip('-')}-{hashlib.sha256(form_id.encode()).hexdigest()[:4]}"


def service_toml(entry: FormEntry, server: str, *, named: bool) -> str:
    """The service.toml of a form. `named`: its records name themselves, in `meta/instanceName`."""
    name = entry.name or entry.id
    title = [name, f"{{{META_NAME}}}"] if named else [name]
    texts: dict[str, str | list[str]] = {
        "id": service_id(entry.id),
        "code": entry.id,
        "version": _version(entry.version),
        "roles": sorted(ROLES),
        "server": server,
        "form": entry.id,
        "name": name,
        "summary": entry.description or name,
        "title": title,
    }
    return TEMPLATE.format(**{key: _quoted(value) for key, value in texts.items()})


def with_version(text: str, version: str) -> str:
    """A service.toml as the city has it, for another version of the form."""
    line = f"version = {_quoted(_version(version))}"
    return re.sub(r'^version = ".*"$', lambda _: line, text, count=1, flags=re.MULTILINE)


def _version(text: str) -> str:
    """A form's version, which may be any text, as FieldApp names versions; its digest tells two apart anyway."""
    return re.sub(r"[^A-Za-z0-9._]+", "-", text).strip("-._")[:LONGEST] or "1"


def _quoted(value: str | list[str]) -> str:
    """A text, or a list of texts, as TOML writes it: like JSON, but for characters that nobody can see."""
    if isinstance(value, list):
        return f"[{', '.join(map(_quoted, value))}]"
    return json.dumps("".join(sign if sign.isprintable() else " " for sign in value), ensure_ascii=False)
