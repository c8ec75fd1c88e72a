"""From the references of an XForm's elements (`ref`, `nodeset`, `bind`) to question paths."""

from __future__ import annotations

import re

from lxml.etree import _Element

from fieldapp.forms.xform.xmlread import below

_PLAIN = re.compile(r"/[\w\-]+/([\w\-]+(?:/[\w\-]+)*)")  # nearly all


class References:
    """Knows the binds' ids: an element may name a bind instead of a node."""

    def __init__(self, model: _Element) -> None:
        named = ((bind.get("id"), bind) for bind in below(model, "bind"))
        self._by_id = {name: bind.get("nodeset") or bind.get("ref") or "" for name, bind in named if name}

    def of(self, element: _Element) -> str:
        """What the element refers to as it is written, "" where it names no node."""
        return element.get("ref") or element.get("nodeset") or self._by_id.get(element.get("bind") or "", "")

    def path_of(self, element: _Element, base: str) -> str | None:
        """The question path that an element means, None when it refers to nothing."""
        ref = self.of(element)
        return path_of_ref(ref, base) if ref else None

    def context_of(self, element: _Element) -> str:
        """The path of the control, group, repeat or bind around an element, "" where there is none."""
        refs = []
        for above in element.iterancestors():
            ref = self.of(above)
            if ref:
                refs.append(ref)
                if ref.lstrip().startswith("/"):
                    break
        path = ""
        for ref in reversed(refs):
            path = path_of_ref(ref, path)
        return path


def path_of_ref(ref: str, base: str) -> str:
    """A reference as a question path: `/data/place/x` → `place/x`; relative ones from `base`."""
    plain = _PLAIN.fullmatch(ref)
    if plain is not None:
        return plain[1]
    steps = ref.strip().split("/")
    if steps[0].strip():
        names = base.split("/") if base else []
    else:
        names, steps = [], steps[2:]
    for step in map(str.strip, steps):
        if step == "..":
            del names[-1:]
        elif step not in {"", ".", "current()"}:
            mark = "@" if step.startswith("@") else ""
            names.append(mark + step.removeprefix("@").rpartition(":")[2])
    return "/".join(names)
