"""The index of a folder of blank forms: index.html for people, in both languages, and index.json for programs."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

import orjson

from fieldapp.documents.blank.export import Written, place_whole
from fieldapp.documents.city import city
from fieldapp.texts import LANGUAGES, speaking, tr

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a;
  background: #fff; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; border-bottom: 1px solid #767676; }
caption { text-align: left; padding: .5rem .75rem; }
a { color: #0645ad; } a:focus { outline: 3px solid #0645ad; outline-offset: 2px; }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #111; } a, a:focus { color: #9cc4ff;
  outline-color: #9cc4ff; } }
"""


def write_index(folder: Path, written: Sequence[Written]) -> None:
    """Both files, for what was written."""
    forms = [{**vars(one), "print": "large" if one.large else "standard"} for one in written]
    for form in forms:
        del form["large"]
    place_whole(folder / "index.json", orjson.dumps({"forms": forms}, option=orjson.OPT_INDENT_2))
    place_whole(folder / "index.html", _page(written).encode())


def _page(written: Sequence[Written]) -> str:
    parts = "".join(_part(language, [one for one in written if one.language == language]) for language in LANGUAGES)
    names = " · ".join(dict.fromkeys(city().name.text(language) for language in LANGUAGES))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{_safe(names)} · Forms / Formulaires'
        '</title><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><main>\n<h1>{_safe(names)}</h1>\n{parts}</main></body></html>\n"
    )


def _part(language: str, written: Iterable[Written]) -> str:
    """One language's forms as a table, a service a row."""
    with speaking(language):
        rows = "".join(_row(list(some)) for _, some in groupby(written, key=lambda one: one.service))
        heads = "".join(
            f'<th scope="col">{_safe(name)}</th>' for name in (tr("Service"), tr("What it is for"), tr("Form"))
        )
        note = tr("Each can be filled in on a screen or by hand, and read by a screen reader.")
        return (
            f'<section lang="{language}"><h2>{_safe(tr("Forms"))}</h2>\n<table><caption>{_safe(note)}</caption>'
            f"<thead><tr>{heads}</tr></thead><tbody>\n{rows}</tbody></table></section>\n"
        )


def _row(papers: Sequence[Written]) -> str:
    first = papers[0]
    links = "<br>".join(_link(paper) for paper in papers)
    return (
        f'<tr><th scope="row">{_safe(first.title)} ({_safe(first.code)})</th>'
        f"<td>{_safe(first.summary)}</td><td>{links}</td></tr>\n"
    )


def _link(paper: Written) -> str:
    name = tr("{title}, large print", title=paper.title) if paper.large else paper.title
    kilobytes = tr("{n} kB", n=round(paper.size / 1000))
    return f'<a href="{_safe(paper.file)}">{_safe(name)}</a> (PDF, {_safe(kilobytes)})'


def _safe(text: str) -> str:
    return html.escape(text)
