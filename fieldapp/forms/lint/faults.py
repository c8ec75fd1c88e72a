"""What keeps a form from being used, as the form's own rules say it, with a code and a guess at what was meant."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.errors import Place
from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.definition.rules import Fault
from fieldapp.forms.lint.barewords import bare_word
from fieldapp.forms.lint.cells import expression_faults
from fieldapp.forms.lint.expressions import faults_of, outputs_of, rules_of
from fieldapp.forms.lint.findings import Finding, finding
from fieldapp.forms.lint.places import Places, ref_of
from fieldapp.forms.lint.said import Said
from fieldapp.forms.lint.spelling import Speller
from fieldapp.forms.xpath.context import scope_of
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.references import references, unknown
from fieldapp.texts import tr

_Reason = tuple[str, Finding]  # what the form's rules say, and what its author is told


def rule_faults(definition: FormDefinition, places: Places, speller: Speller) -> Iterator[Finding]:
    """Every expression that cannot be used, and every circle."""
    faults = list(faults_of(definition))
    sources = _sources(definition) if faults else {}
    said = Said(definition) if places.by_name else None
    for fault in faults:
        place = places.rule(fault.path, fault.kind, fault.line)
        reasons = [
            reason
            for source, base in sources.get((fault.path, fault.kind), ())
            for reason in _reasons(source, base, definition, place, speller, by_name=places.by_name)
        ]
        yield _explained(fault, place, reasons, said)


def stray_faults(definition: FormDefinition, places: Places, speller: Speller) -> Iterator[Finding]:
    """A control without its node cannot be answered, an action sets nothing, a bind does nothing."""
    for stray in definition.strays:
        ref = ref_of(definition, stray.path)
        code = "bind-without-node" if stray.kind == "bind" else "no-node"
        place = places.rule(stray.path, stray.kind, stray.line)
        yield finding(code, place, tr("there is no question {path}", path=ref), _meant(ref, definition, speller))


def _explained(fault: Fault, place: Place, reasons: list[_Reason], said: Said | None) -> Finding:
    """The fault by the reason that says the same."""
    if fault.circular:
        message = said.text(fault.message) if said is not None else fault.message
        return finding("asks-itself" if fault.settles else "circle", place, message)
    for message, reason in reasons:
        if message == fault.message:
            return reason
    return finding(reasons[0][1].code if reasons else "arguments", place, fault.message)


def _sources(definition: FormDefinition) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """The expressions of each rule and text, with the path from which each is seen."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for written in (*rules_of(definition), *outputs_of(definition)):
        found.setdefault((written.base, written.kind), []).append((written.source, written.base))
    for action in definition.actions:
        for base in dict.fromkeys((action.target, action.owner)):
            found.setdefault((base, "setvalue"), []).append((action.source, base))
    return found


def _reasons(
    source: str, base: str, definition: FormDefinition, place: Place, speller: Speller, *, by_name: bool
) -> Iterator[_Reason]:
    """All that is wrong with an expression where it stands."""
    for item in expression_faults(source, place, speller):
        yield item.message, item
    scope = scope_of(definition, base)
    try:
        missing = list(unknown(references(parse(source), scope), scope))
    except XPathError:
        return
    for ref in missing:
        message = tr("there is no question {path}", path=ref)
        word = ref.removeprefix(ref_of(definition, base) + "/")
        joined = ref.split(f"/{definition.root_name}/")[1:]
        if by_name and len(joined) > 1:
            names = [f"${{{name.rpartition('/')[2]}}}" for name in joined]
            text = tr("an operator is missing between {first} and {second}", first=names[0], second=names[1])
            yield message, finding("dead-reference", place, text)
        elif by_name and "/" not in word:
            yield message, bare_word(word, place, definition, speller)
        else:
            yield message, finding("dead-reference", place, message, _meant(ref, definition, speller))


def _meant(ref: str, definition: FormDefinition, speller: Speller) -> str:
    """The question that is called almost so, or exactly so in another group."""
    name = ref.rpartition("/")[2]
    paths = {path.rpartition("/")[2]: path for path in definition.questions}
    nearest = name if name in paths else speller.nearest(name, paths)
    return tr("Did you mean {name}?", name=ref_of(definition, paths[nearest])) if nearest else ""
