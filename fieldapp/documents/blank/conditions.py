"""When a question is to be answered, in plain words: “if “The applicant is” is “Authorized agent””.

What only a calculation knows cannot be said on paper: of several conditions that must all hold the others are said;
where one of several suffices, nothing is.
"""

from __future__ import annotations

from collections.abc import Mapping

from fieldapp.documents.blank.paper import Option
from fieldapp.documents.blank.wording import Wording, path_of
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.tree import Binary, Call, Expression, Literal, Path, chain
from fieldapp.texts import tr

Known = Mapping[str, tuple[Option, ...]]
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">": "<=", "<=": ">", ">=": "<"}
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_MOST_WORDS = 240  # characters: a longer condition is no help


class Conditions:
    """Says the conditions of one form. `known` learns the questions on the paper, with their options."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self.known: dict[str, tuple[Option, ...]] = {}
        self._unsaid = False  # whether a part of the condition was passed over

    def words(self, source: str, within: str, *, whole: bool = False) -> str:
        """The condition `source`, written at the question `within`, after “if”; "" for one that cannot be said, or not
        as a `whole`."""
        self._unsaid = False
        try:
            said = self._say(parse(source), within, holds=True) if source.strip() else ""
        except XPathError:
            return ""
        return said if len(said) <= _MOST_WORDS and not (whole and self._unsaid) else ""

    def _say(self, tree: Expression, within: str, *, holds: bool) -> str:
        match tree:
            case Binary("and" | "or" as operator):
                return self._several(tree, operator, within, holds=holds)
            case Binary(operator, Path() as path, Literal(value)) if operator in _OPPOSITE:
                return self._compared(path, operator if holds else _OPPOSITE[operator], value, within)
            case Binary(operator, Literal(value), Path() as path) if operator in _OPPOSITE:
                turned = _TURNED.get(operator, operator)
                return self._compared(path, turned if holds else _OPPOSITE[turned], value, within)
            case Call("not", (inner,)):
                return self._say(inner, within, holds=not holds)
            case Call("selected", (Path() as path, Literal(value))):
                return self._chosen(path, (str(value),), within, holds=holds)
            case Call("selected", (Literal(value), Path() as path)):
                return self._chosen(path, tuple(str(value).split()), within, holds=holds)
        return ""

    def _several(self, tree: Binary, operator: str, within: str, *, holds: bool) -> str:
        first, others = chain(tree, {operator})
        said = [self._say(one, within, holds=holds) for one in (first, *(term for _, term in others))]
        together = (operator == "and") is holds
        if not together and not all(said):
            return ""
        self._unsaid = self._unsaid or not all(said)
        joint = tr(" and ") if together else tr(" or ")
        return joint.join(dict.fromkeys(one for one in said if one))

    def _compared(self, path: Path, operator: str, value: str | float, within: str) -> str:
        found = path_of(path, within, self._wording.form)
        label = self._wording.labels.get(found or "")
        if found is None or not label:
            return ""
        if value == "":
            empty = operator == "="
            return tr("“{label}” is blank", label=label) if empty else tr("“{label}” is answered", label=label)
        shown = self._shown(found, value)
        return _comparison(label, operator, shown) if shown else ""

    def _chosen(self, path: Path, names: tuple[str, ...], within: str, *, holds: bool) -> str:
        found = path_of(path, within, self._wording.form)
        label = self._wording.labels.get(found or "")
        shown = [self._shown(found, name) for name in names] if found else []
        if not label or not shown or not all(shown):
            return ""
        several = tr("”, “").join(shown)
        if holds:
            return (
                tr("“{label}” is “{value}”", label=label, value=several)
                if len(shown) == 1
                else tr("“{label}” is one of “{value}”", label=label, value=several)
            )
        return tr("“{label}” is not “{value}”", label=label, value=several)

    def _shown(self, path: str, value: str | float) -> str:
        """What a person reads in place of `value`; "" for a choice that the paper does not offer."""
        options = self.known.get(path, ())
        if options:
            return next((option.label for option in options if option.name == value), "")
        if isinstance(value, float):
            return str(int(value)) if value == int(value) else str(value)
        return value


def _comparison(label: str, operator: str, value: str) -> str:
    texts = {
        "=": tr("“{label}” is “{value}”", label=label, value=value),
        "!=": tr("“{label}” is not “{value}”", label=label, value=value),
        ">": tr("“{label}” is more than {value}", label=label, value=value),
        ">=": tr("“{label}” is {value} or more", label=label, value=value),
        "<": tr("“{label}” is less than {value}", label=label, value=value),
        "<=": tr("“{label}” is {value} or less", label=label, value=value),
    }
    return texts[operator]
