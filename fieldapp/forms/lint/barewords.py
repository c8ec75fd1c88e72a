"""Words in an expression that are nothing: a name without `${}`, a function without brackets, a slip in yes or no."""

from __future__ import annotations

from fieldapp.errors import Place
from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.lint.findings import Finding, finding
from fieldapp.forms.lint.spelling import Speller
from fieldapp.forms.xlsform.headers import canonical
from fieldapp.forms.xpath.functions import TABLE
from fieldapp.texts import tr

_ANSWERED = frozenset({"required", "readonly"})
_YES_OR_NO = ("yes", "no", "true", "false")


def bare_word(word: str, place: Place, definition: FormDefinition, speller: Speller) -> Finding:
    """What is told of a word that would be read as a question inside this one, which there is not."""
    message = tr("“{word}” is no question, function or text", word=word)
    return finding("dead-reference", place, message, _meant(word, place, definition, speller))


def _meant(word: str, place: Place, definition: FormDefinition, speller: Speller) -> str:
    names = dict.fromkeys(path.rpartition("/")[2] for path in definition.questions)
    if word in names:
        return tr("Did you mean {name}?", name=f"${{{word}}}")
    if canonical(place.column) in _ANSWERED and speller.nearest(word, _YES_OR_NO):
        return tr("Write yes or no.")
    if word in TABLE:
        return tr("Did you mean {name}?", name=f"{word}()")
    guess = speller.meant(word, names, "${", "}")
    return guess or tr("A text is written in quotation marks: {name}.", name=f"'{word}'")
