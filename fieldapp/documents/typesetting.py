"""Typst: from a template of resources/documents and its data to a tagged PDF (PDF/UA-1), the same bytes each time.

Fonts are the bundled ones alone, no moment of the clock gets in, and no template reads a file outside its folder.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from fieldapp.documents.letters import shown
from fieldapp.errors import RefusedError
from fieldapp.paths import resources
from fieldapp.texts import tr

if TYPE_CHECKING:
    import typst

_one = threading.Lock()  # a compiler sets one document at a time


def typeset(template: str, data: Mapping[str, object], *, named: str = "form", pictures: Path | None = None) -> bytes:
    """The PDF that `template` makes of `data`, which it finds in `sys.inputs` under `named`. `pictures` is the folder
    in which the template finds the pictures that `data` names.

    RefusedError, with what typst says, where it cannot be set: a fault of the template."""
    import typst

    with _one:
        try:
            made = _compiler().compile(
                (resources() / "documents" / template).read_bytes(),
                format="pdf",
                sys_inputs={named: orjson.dumps(shown(data)).decode()},
                pdf_standards=["ua-1"],
                root=pictures or resources() / "documents",
            )
        except typst.TypstError as error:
            raise RefusedError(tr("The paper could not be set: {why}", why=error.message)) from error
    if not isinstance(made, bytes):
        raise RefusedError(tr("The paper could not be set: {why}", why=type(made).__name__))
    return made


@cache
def _compiler() -> typst.Compiler:
    """One for the program: it keeps the fonts and what it has read."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[resources() / "fonts"])
    return typst.Compiler(root=resources() / "documents", font_paths=fonts)
