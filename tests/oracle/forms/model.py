"""A made-up form as a small tree, and its writing as an XForm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

CITIES = {"east": ("e1", "e2", "both"), "west": ("w1", "both"), "north": ()}
OPTIONS = ["a", "b", "c"]
HEAD = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms">"""
META = "<meta><instanceID/></meta>"
TYPES = {
    "text": "string",
    "integer": "int",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "dateTime": "dateTime",
    "geopoint": "geopoint",
    "barcode": "barcode",
    "note": "string",
    "range": "int",
    "rank": "odk:rank",
}
TAGS = {
    "select": "select1",
    "city": "select1",
    "multiple": "select",
    "acknowledge": "trigger",
    "range": "range",
    "rank": "odk:rank",
}
LANGUAGES = ("English (en)", "Français (fr)")


@dataclass
class Leaf:
    """A question or a calculated value. `rules`: attributes of its bind; `by`: what filters its choices; `shows`: the
    expression in its label; `set_value`: an event, an expression, and the path of the question whose change it is."""

    name: str
    kind: str
    type: str = "string"
    rules: Mapping[str, str] = field(default_factory=dict)
    default: str = ""
    by: str = ""
    shows: str = ""
    set_value: tuple[str, str, str] | None = None


@dataclass
class Group:
    """A group, or a repeat: of as many instances as `count` says, or as are added."""

    name: str
    children: list[Leaf | Group]
    repeat: bool = False
    count: str = ""
    rules: Mapping[str, str] = field(default_factory=dict)


def to_xform(children: Sequence[Leaf | Group]) -> str:
    """The form as XML; its root is `data`."""
    binds, body, actions = [], [], []
    for path, node in walk(children, "/data"):
        kind = node.type if isinstance(node, Leaf) else ""
        attributes = {"nodeset": path} | ({"type": kind} if kind else {}) | dict(node.rules)
        binds.append(_element("bind", attributes))
        if isinstance(node, Leaf) and node.set_value and node.set_value[0] == "odk-instance-first-load":
            actions.append(_element("setvalue", {"event": node.set_value[0], "ref": path, "value": node.set_value[1]}))
    for child in children:
        body += _control(child, "/data", children)
    return "\n".join(
        [
            HEAD,
            '<h:head><h:title>made up</h:title><model odk:xforms-version="1.0.0">',
            f'<instance><data id="made-up">{_instances(children)}{META}</data></instance>',
            f'<instance id="cities"><root>{_cities()}</root></instance>',
            *binds,
            '<bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/>',
            *actions,
            f"<itext>{''.join(_translation(children, language) for language in LANGUAGES)}</itext>",
            "</model></h:head><h:body>",
            *body,
            "</h:body></h:html>",
        ]
    )


def walk(children: Sequence[Leaf | Group], above: str) -> Iterator[tuple[str, Leaf | Group]]:
    """Every node with its path."""
    for child in children:
        path = f"{above}/{child.name}"
        yield path, child
        if isinstance(child, Group):
            yield from walk(child.children, path)


def _instance(node: Leaf | Group, template: bool | None = None) -> str:
    """The node in the instance; a repeat outside all others as a template and as a first instance, as pyxform does."""
    if isinstance(node, Leaf):
        return f"<{node.name}>{escape(node.default)}</{node.name}>"
    if not node.repeat:
        return f"<{node.name}>{_instances(node.children, template)}</{node.name}>"
    sample = f'<{node.name} jr:template="">{_instances(node.children, True)}</{node.name}>'
    first = f"<{node.name}>{_instances(node.children, False)}</{node.name}>"
    return f"{sample}{first}" if template is None else sample if template else first


def _instances(nodes: Sequence[Leaf | Group], template: bool | None = None) -> str:
    return "".join(_instance(node, template) for node in nodes)


def _cities() -> str:
    rows = [(district, city) for district, cities in CITIES.items() for city in cities]
    return "".join(
        f"<item><name>{city}</name><label>{city} of {district}</label><district>{district}</district></item>"
        for district, city in rows
    )


def _control(node: Leaf | Group, above: str, tree: Sequence[Leaf | Group]) -> list[str]:
    path = f"{above}/{node.name}"
    if isinstance(node, Leaf):
        return _question(node, path, tree)
    inside = [line for child in node.children for line in _control(child, path, tree)]
    if not node.repeat:
        return [f"<group ref={quoteattr(path)}><label>{node.name}</label>", *inside, "</group>"]
    count = f' jr:count={quoteattr(node.count)} jr:noAddRemove="true()"' if node.count else ""
    begin = f"<group ref={quoteattr(path)}><label>{node.name}</label><repeat nodeset={quoteattr(path)}{count}>"
    return [begin, *inside, "</repeat></group>"]


def _question(leaf: Leaf, path: str, tree: Sequence[Leaf | Group]) -> list[str]:
    if leaf.kind == "calculate":
        return []
    on_change = "".join(
        _element("setvalue", {"event": other.set_value[0], "ref": target, "value": other.set_value[1]})
        for target, other in walk(tree, "/data")
        if isinstance(other, Leaf) and other.set_value and other.set_value[2] == path
    )
    tag = TAGS.get(leaf.kind, "input")
    bounds = ' start="0" end="10" step="2"' if leaf.kind == "range" else ""
    label = f"<label ref=\"jr:itext('{path}:label')\"/>"
    return [f"<{tag} ref={quoteattr(path)}{bounds}>{label}{_choices(leaf)}{on_change}</{tag}>"]


def _translation(tree: Sequence[Leaf | Group], language: str) -> str:
    """The labels in one language; some show a value."""
    texts = "".join(
        f'<text id="{path}:label"><value>{leaf.name} {language[:2]}{_output(leaf)}</value></text>'
        for path, leaf in walk(tree, "/data")
        if isinstance(leaf, Leaf)
    )
    return f'<translation lang="{language}">{texts}</translation>'


def _output(leaf: Leaf) -> str:
    return f" <output value={quoteattr(leaf.shows)}/>" if leaf.shows else ""


def _choices(leaf: Leaf) -> str:
    if leaf.kind == "city":
        nodeset = f"instance('cities')/root/item[district = {leaf.by}]"
        return f'<itemset nodeset={quoteattr(nodeset)}><value ref="name"/><label ref="label"/></itemset>'
    if leaf.kind not in {"select", "multiple", "rank"}:
        return ""
    names = list(CITIES) if leaf.name.startswith("district") else OPTIONS
    return "".join(f"<item><label>{name}</label><value>{name}</value></item>" for name in names)


def _element(tag: str, attributes: Mapping[str, str]) -> str:
    return f"<{tag} {' '.join(f'{name}={quoteattr(value)}' for name, value in attributes.items())}/>"
