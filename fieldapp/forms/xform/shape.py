"""The primary instance of an XForm as questions: each element one, whatever binds and controls say of its path."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lxml.etree import _Element

from fieldapp.errors import FormError
from fieldapp.forms.definition.itext import Translations
from fieldapp.forms.definition.model import Question
from fieldapp.forms.xform.binds import bind_of, extra_of
from fieldapp.forms.xform.body import Control
from fieldapp.forms.xform.kinds import kind_of
from fieldapp.forms.xform.texts import guidance_of
from fieldapp.forms.xform.xmlread import JR, bare, local, namespace
from fieldapp.texts import tr

DEEPEST = 200  # groups in groups


class Shape:
    """Makes the questions, `questions` by path, in the form's order."""

    def __init__(
        self,
        binds: Mapping[str, _Element],
        controls: Mapping[str, Control],
        targets: Collection[str],
        translations: Translations,
    ) -> None:
        self._binds = binds
        self._controls = controls
        self._targets = targets
        self._translations = translations
        self._depth = 0
        self.questions: dict[str, Question] = {}

    def root(self, data: _Element) -> Question:
        """The question of the root element, all others in it. FormError when they nest deeper than `DEEPEST`."""
        return self._question(data, "", None)

    def _question(self, element: _Element, path: str, parent: Question | None) -> Question:
        control, bind = self._controls.get(path), self._binds.get(path)
        rules = bind_of(bind)
        question = Question(
            name=local(element),
            path=path,
            kind=kind_of(control, rules, has_children=len(element) > 0, is_root=parent is None),
            parent=parent,
            appearance=control.appearance if control else frozenset(),
            extra=extra_of(control, bind),
            bind=rules,
            label=control.label if control else None,
            hint=control.hint if control else None,
            guidance=guidance_of(control.hint, self._translations) if control else None,
            choices=control.choices if control else None,
            marks=control.marks if control else None,
            count=control.count if control else "",
            namespace=namespace(element),
            fixed=self._fixed(element, path),
            control=control.tag if control else "",
        )
        self.questions[path] = question
        self._add_attributes(element, question)
        self._add_children(element, question)
        return question

    def _add_children(self, element: _Element, question: Question) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormError(tr("groups are nested deeper than {n} levels", n=DEEPEST))
        prefix = f"{question.path}/" if question.path else ""
        for child in element:
            path = prefix + local(child)
            if path not in self.questions:
                question.children.append(self._question(child, path, question))
        self._depth -= 1

    def _add_attributes(self, element: _Element, owner: Question) -> None:
        """Attributes that a bind or an action speaks of are questions too."""
        for full in element.attrib:
            path = _attribute_path(str(full), owner.path)
            if self._is_live(path):
                bind = bind_of(self._binds.get(path))
                question = Question(path.rpartition("/")[2], path, "attribute", owner, bind=bind)
                owner.attributes.append(question)
                self.questions[path] = question

    def _fixed(self, element: _Element, path: str) -> Mapping[str, str]:
        """The other attributes stay as they are written."""
        pairs = ((str(name), str(value)) for name, value in element.attrib.items() if name != f"{JR}template")
        return {name: value for name, value in pairs if not self._is_live(_attribute_path(name, path))}

    def _is_live(self, path: str) -> bool:
        return path in self._binds or path in self._targets


def _attribute_path(name: str, owner: str) -> str:
    own = f"@{bare(name)}"
    return f"{owner}/{own}" if owner else own
