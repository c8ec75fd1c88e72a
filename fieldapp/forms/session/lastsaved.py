"""The record of this form that was finished last, as a table: `instance('__last-saved')/data/name`."""

from __future__ import annotations

from fieldapp.forms.definition.instances import Item
from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.session.paths import Tree, tree_of
from fieldapp.records import Fields


def as_table(definition: FormDefinition, fields: Fields) -> Item:
    """A table in the shape of the form with a record's answers; all blank where there is none."""
    top = Item("instance")
    _fill(top.put(Item(definition.root_name, above=top)), tree_of(fields))
    return top


def _fill(item: Item, tree: Tree) -> None:
    for name, instances in tree.children.items():
        for inner in instances:
            _fill(item.put(Item(name, inner.value, item)), inner)
