"""An XForm (the XML that ODK's tools exchange) to a FormDefinition."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from lxml import etree

from fieldapp.errors import FormError, Place
from fieldapp.forms.definition.instances import Item, Table, of_element, of_file
from fieldapp.forms.definition.model import Action, FormDefinition, Prototype, Question, Stray
from fieldapp.forms.xform.binds import bind_of, extra_of
from fieldapp.forms.xform.body import read_body
from fieldapp.forms.xform.kinds import kind_of
from fieldapp.forms.xform.texts import read_translations
from fieldapp.forms.xform.xmlread import EV, JR, XF, H, line, local, namespace, parse
from fieldapp.texts import tr

_META_EVENTS = {"xforms-ready": "odk-instance-first-load"}


def read_xform(content: bytes, file: str = "", folders: tuple[Path, ...] = ()) -> FormDefinition:
    """The definition in an XForm. FormError when it is no XForm; its expressions are not looked at yet."""
    try:
        tree = parse(content)
    except etree.XMLSyntaxError as error:
        place = Place(file=file, row=error.lineno or None)
        raise FormError(tr("this is no well-formed XML: {why}", why=error.msg or ""), place) from error
    model = tree.find(f".//{XF}model")
    primary = model.find(f"{XF}instance") if model is not None else None
    if model is None or primary is None or not len(primary):
        raise FormError(tr("this is XML, but no XForm: it has no model with an instance"), Place(file=file))
    return _Reader(tree, model, primary[0], folders).definition(hashlib.sha256(content).hexdigest())


class _Reader:
    """Reads the parts of one XForm in the order in which they need each other."""

    def __init__(
        self, tree: etree._Element, model: etree._Element, data: etree._Element, folders: tuple[Path, ...]
    ) -> None:
        self.tree, self.model, self.data, self.folders = tree, model, data, folders
        self.root_name = local(data)
        self.ids = {bind.get("id"): bind.get("nodeset") or "" for bind in model.iter(f"{XF}bind") if bind.get("id")}
        self.binds: dict[str, etree._Element] = {}
        for bind in model.iter(f"{XF}bind"):
            path = self.path_of(bind, "")
            if path is not None:
                self.binds.setdefault(path, bind)
        body = tree.find(f"{H}body")
        self.controls = read_body(body, self.path_of) if body is not None else {}
        self.actions = tuple(self._actions(tree))
        self.targets = {action.target for action in self.actions}
        self.questions: dict[str, Question] = {}

    def definition(self, digest: str) -> FormDefinition:
        """The whole form."""
        root = self._question(self.data, None)
        return FormDefinition(
            title=(self.tree.findtext(f".//{H}title") or "").strip(),
            id=self.data.get("id") or self.root_name,
            version=self.data.get("version") or "",
            digest=digest,
            root=root,
            questions=self.questions,
            prototype=self._prototype(self.data, root),
            translations=read_translations(self.model),
            tables=self._tables(),
            actions=self.actions,
            folders=self.folders,
            strays=self._strays(),
            namespaces={str(prefix): str(uri) for prefix, uri in self.data.nsmap.items() if prefix},
        )

    def _strays(self) -> list[Stray]:
        binds = [Stray(path, "bind", line(element)) for path, element in self.binds.items()]
        controls = [Stray(path, "control", control.line) for path, control in self.controls.items()]
        return [stray for stray in (*binds, *controls) if stray.path not in self.questions]

    def path_of(self, element: etree._Element, base: str) -> str | None:
        """The question path that an element's ref, nodeset or bind means; None when it has none."""
        ref = element.get("ref") or element.get("nodeset") or self.ids.get(element.get("bind"), "")
        return path_of_ref(ref, base) if ref else None

    def _question(self, element: etree._Element, parent: Question | None) -> Question:
        name = local(element)
        path = "" if parent is None else f"{parent.path}/{name}" if parent.path else name
        control, bind = self.controls.get(path), self.binds.get(path)
        elements = list(element)
        question = Question(
            name=name,
            path=path,
            kind=kind_of(control, bind, has_children=bool(elements), is_root=parent is None),
            parent=parent,
            appearance=control.appearance if control else frozenset(),
            extra=extra_of(control, bind),
            bind=bind_of(bind),
            label=control.label if control else None,
            hint=control.hint if control else None,
            choices=control.choices if control else None,
            count=control.count if control else "",
            namespace=namespace(element),
            fixed=self._fixed(element, path),
        )
        self.questions[path] = question
        self._add_attributes(element, question)
        for child in elements:
            child_path = f"{path}/{local(child)}" if path else local(child)
            if child_path not in self.questions:
                question.children.append(self._question(child, question))
        return question

    def _add_attributes(self, element: etree._Element, owner: Question) -> None:
        """Attributes that a bind or an action speaks of are questions too."""
        for full in element.attrib:
            path = _attribute_path(str(full), owner.path)
            if self._is_live(path):
                bind = bind_of(self.binds.get(path))
                question = Question(path.rpartition("/")[2], path, "attribute", owner, bind=bind)
                owner.attributes.append(question)
                self.questions[path] = question

    def _fixed(self, element: etree._Element, path: str) -> Mapping[str, str]:
        """The other attributes stay as they are written."""
        pairs = ((str(name), str(value)) for name, value in element.attrib.items() if name != f"{JR}template")
        return {name: value for name, value in pairs if not self._is_live(_attribute_path(name, path))}

    def _is_live(self, path: str) -> bool:
        return path in self.binds or path in self.targets

    def _prototype(self, element: etree._Element, question: Question) -> Prototype:
        groups: dict[str, list[etree._Element]] = {}
        for child in element:
            groups.setdefault(local(child), []).append(child)
        children = []
        for child_question in question.children:
            family = groups.get(child_question.name, [])
            if child_question.kind == "repeat":
                children.append(self._repeat(family, child_question))
            elif family:
                children.append(self._prototype(family[0], child_question))
        children += [Prototype(own, _attribute(element, own.name[1:])) for own in question.attributes]
        value = "" if question.is_group else (element.text or "").strip()
        return Prototype(question, value, tuple(children))

    def _repeat(self, family: list[etree._Element], question: Question) -> Prototype:
        templates = [element for element in family if element.get(f"{JR}template") is not None]
        given = [element for element in family if element.get(f"{JR}template") is None]
        sample = (templates or given)[0] if family else None
        instances = tuple(self._prototype(element, question) for element in given)
        template = self._prototype(sample, question) if sample is not None else self._blank(question)
        return Prototype(question, children=instances, template=template)

    def _blank(self, question: Question) -> Prototype:
        children = []
        for child in question.children:
            blank = self._blank(child)
            children.append(Prototype(child, template=blank) if child.kind == "repeat" else blank)
        return Prototype(question, children=tuple(children))

    def _tables(self) -> dict[str, Table]:
        tables = {}
        for element in self.model.findall(f"{XF}instance")[1:]:
            name, source = element.get("id") or "", element.get("src") or ""
            if name:
                tables[name] = Table(name, self._builder(element, source), source)
        return tables

    def _builder(self, element: etree._Element, source: str) -> Callable[[], Item | None]:
        folders = self.folders
        if len(element) or not source:
            return lambda: of_element(element)
        return lambda: of_file(source, folders)

    def _actions(self, tree: etree._Element) -> list[Action]:
        found = []
        for element in tree.iter(f"{XF}setvalue"):
            owner = self._owner(element)
            target = self.path_of(element, owner)
            events = (element.get("event") or element.get(f"{EV}event") or "").split()
            if target is not None:
                named = frozenset(_META_EVENTS.get(event, event) for event in events)
                source = (element.get("value") or "").strip()
                literal = "".join(str(part) for part in element.itertext()).strip()
                found.append(Action(named, target, source, literal, owner, line(element)))
        return found

    def _owner(self, element: etree._Element) -> str:
        """The path of the control or repeat in which an action stands, "" in the model."""
        refs = []
        for above in element.iterancestors():
            ref = above.get("ref") or above.get("nodeset") or self.ids.get(above.get("bind"), "")
            if ref:
                refs.append(ref)
                if ref.strip().startswith("/"):
                    break
        path = ""
        for ref in reversed(refs):
            path = path_of_ref(ref, path)
        return path


def path_of_ref(ref: str, base: str) -> str:
    """A reference as a question path: `/data/place/x` → `place/x`; relative ones from `base`."""
    names = base.split("/") if base and not ref.strip().startswith("/") else []
    steps = [step.strip() for step in ref.strip().split("/")]
    if not steps[0]:
        steps = steps[2:]
    for step in steps:
        if step == ".." and names:
            names.pop()
        elif step not in {"", ".", "..", "current()"}:
            names.append("@" + step[1:].rpartition(":")[2] if step.startswith("@") else step.rpartition(":")[2])
    return "/".join(names)


def _attribute_path(name: str, owner: str) -> str:
    own = "@" + name.rpartition("}")[2]
    return f"{owner}/{own}" if owner else own


def _attribute(element: etree._Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")
