"""The questions of a form as one chooses among them: those that are asked alike are told apart."""

from __future__ import annotations

from collections import Counter

from fieldapp.forms import FormDefinition
from ui.forms.marking import plain


def told_apart(form: FormDefinition, translation: str) -> list[tuple[str, str]]:
    """Each question's path and words; those that are asked alike with their part of the form before them."""
    words = {path: plain(form.text(one.label, translation)) for path, one in form.questions.items()}
    asked = [
        (path, said)
        for path, said in words.items()
        if said.strip(". …") and form.questions[path].kind not in {"note", "group", "repeat"}
    ]
    alike = Counter(said for _path, said in asked)
    return [(path, f"{_part(words, path)} · {said}" if alike[said] > 1 else said) for path, said in asked]


def _part(words: dict[str, str], path: str) -> str:
    """The nearest part of the form around a question that has words."""
    above = path.rpartition("/")[0]
    while above and not words.get(above):
        above = above.rpartition("/")[0]
    return words.get(above, "")
