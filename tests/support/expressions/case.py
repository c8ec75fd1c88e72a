"""One expression and what it makes, in the record that `probe` builds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Case:
    """An expression that calculates a node of this type (XForms), the node's value then, and who says the same."""

    expression: str
    value: str
    type: str = "string"
    javarosa: bool = True
    web_forms: bool = True

    def __str__(self) -> str:
        return self.expression


@dataclass(frozen=True)
class Rule:
    """An expression on which engines differ. `point` is its row's name; None: that engine refuses it."""

    point: str
    expression: str
    value: str
    javarosa: str | None
    web_forms: str | None
    type: str = "string"

    def __str__(self) -> str:
        return f"{self.point}: {self.expression}"


_VALUES = """<n>7</n><blank/><tblank/><t>hello world</t><d>2026-03-04</d><dt>2026-03-04T10:30:00.000-05:00</dt>
<tm>14:30:00.000-05:00</tm><m>a b</m><s>b</s><gp>43.25 -79.87 10 5</gp><hid>5</hid><calcn/><calcb/>
<gs>0 0 0 0; 0 1 0 0; 1 1 0 0; 1 0 0 0; 0 0 0 0</gs><gt>0 0 0 0; 0 1 0 0; 1 1 0 0</gt>
<r><x>4</x><g>0 0 0 0</g><y>a</y></r><r><x/><g>0 1 0 0</g><y/></r><r><x>9</x><g>1 1 0 0</g><y>c</y></r>
<grp><i1>1</i1><i2>2</i2><i3/></grp>"""
_TYPES = {
    "n": "int",
    "blank": "int",
    "d": "date",
    "dt": "dateTime",
    "tm": "time",
    "gp": "geopoint",
    "gs": "geoshape",
    "gt": "geotrace",
    "r/x": "int",
    "r/g": "geopoint",
}
_ROWS = (("a", "Apple", "1"), ("b", "Berry", "2"), ("c", "Cherry", "10"), ("dd", "Date", ""), ("e", "E", "3"))
_FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>Probe</h:title><model>
<instance><data id="probe" version="7">{values}{outs}<out/></data></instance>
<instance id="l"><root>{rows}</root></instance>
{binds}
<bind nodeset="/data/hid" type="int" relevant="false()"/>
<bind nodeset="/data/calcn" type="string" calculate="/data/n * 2"/>
<bind nodeset="/data/calcb" type="string" calculate="/data/n &gt; 100"/>
</model></h:head>
<h:body><input ref="/data/n"><label>N</label></input>
<select ref="/data/m"><label>M</label>{items}</select><select1 ref="/data/s"><label>S</label>{items}</select1>
<group ref="/data/r"><label>R</label><repeat nodeset="/data/r"><input ref="/data/r/x"><label>X</label></input></repeat>
</group></h:body></h:html>"""
_ITEMS = """<itemset nodeset="instance('l')/root/item"><value ref="name"/><label ref="label"/></itemset>"""


def probe(cases: Sequence[Case | Rule]) -> str:
    """An XForm with values of every type, a table `l`, and the cases calculated at `/data/o0`, `/data/o1`…"""
    binds = [f'<bind nodeset="/data/{name}" type="{kind}"/>' for name, kind in _TYPES.items()]
    for number, case in enumerate(cases):
        source = escape(case.expression, quote=True)
        binds.append(f'<bind nodeset="/data/o{number}" type="{case.type}" calculate="{source}"/>')
    cells = "<item><name>{}</name><label>{}</label><size>{}</size></item>"
    return _FORM.format(
        values=_VALUES,
        outs="".join(f"<o{number}/>" for number in range(len(cases))),
        rows="".join(cells.format(*row) for row in _ROWS),
        binds="\n".join(binds),
        items=_ITEMS,
    )
