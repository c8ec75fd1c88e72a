"""Making the pictures: one tour a language, look and size, and an index page that shows them side by side."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import product
from pathlib import Path

from fieldapp.services import Catalogue
from tests.support.tour import Stop, Tour
from tests.support.workplaces import make_layers

SIZES = {100: (1024, 700), 200: (1024, 700)}  # per cent, and the px of the window: the smallest screen
STYLE = (
    "body{font:16px sans-serif;margin:24px} section{display:flex;flex-wrap:wrap;gap:12px} figure{margin:0;width:320px}"
    "img{width:100%;border:1px solid #888} figcaption{font-size:13px}"
)


def make(
    folder: Path, scratch: Path, stops: Sequence[Stop], languages: Sequence[str], looks: Sequence[str],
    sizes: Sequence[int],
) -> Path:  # fmt: skip
    """Make the pictures of `stops` in `folder`; the index page. `scratch` holds the city they are taken of."""
    folder.mkdir(parents=True, exist_ok=True)
    catalogue = Catalogue.load(cache=scratch / "forms")
    tour = Tour(scratch / "city", catalogue, make_layers(scratch / "layers.db"))
    try:
        for language, size, look in product(languages, sizes, looks):
            tour.size = SIZES[size]
            tour.dress(language, look, size / 100)
            for stop, shown in tour.walk(tuple(stops)):
                shown.grab().save(str(folder / name_of(stop, language, look, size)))
    finally:
        tour.close()
    index = folder / "index.html"
    index.write_text(page(stops, languages, looks, sizes), "utf-8")
    return index


def name_of(stop: Stop, language: str, look: str, size: int) -> str:
    """A picture's file name: page-language-look-size.png."""
    plain = "".join(letter if letter.isalnum() else "-" for letter in stop.name.lower())
    return f"{plain}-{language}-{look}-{size}.png"


def page(stops: Sequence[Stop], languages: Sequence[str], looks: Sequence[str], sizes: Sequence[int]) -> str:
    """The index: a heading a stop, and all its pictures below, each with what it is."""
    parts = [
        "<!doctype html>",
        f'<html lang="en"><meta charset="utf-8"><title>FieldApp: pictures</title><style>{STYLE}</style>',
        f"<h1>FieldApp: {len(stops)} pages and dialogs</h1>",
    ]
    for stop in stops:
        parts.append(f"<h2>{escape(stop.name)}</h2><section>")
        for language, size, look in product(languages, sizes, looks):
            name, words = name_of(stop, language, look, size), f"{language}, {look}, {size} %"
            picture = f'<img src="{name}" alt="{escape(stop.name)}: {words}" loading="lazy">'
            parts.append(f'<figure><a href="{name}">{picture}</a><figcaption>{words}</figcaption></figure>')
        parts.append("</section>")
    return "\n".join([*parts, "</html>", ""])
