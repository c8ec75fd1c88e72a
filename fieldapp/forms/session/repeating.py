"""Instances that come and go: added and removed by a person, or as many as the form counts."""

from __future__ import annotations

from itertools import islice

from fieldapp.errors import FormError, Place
from fieldapp.forms.session.engine import Engine
from fieldapp.forms.session.environment import World
from fieldapp.forms.session.events import NEW_REPEAT, Events
from fieldapp.forms.session.growing import Grower, counted_keys, new_key
from fieldapp.forms.session.nodes import Node
from fieldapp.forms.session.preload import preload
from fieldapp.texts import tr


class Repeater:
    """Changes the number of a repeat's instances; the rules run afterwards, not here."""

    def __init__(self, engine: Engine, grower: Grower, world: World, events: Events) -> None:
        self._engine = engine
        self._grower = grower
        self._world = world
        self._events = events

    def add(self, repeat: Node) -> Node:
        """A new instance at the end. FormError when the form itself counts them, or the repeat is read-only."""
        _check_open(repeat)
        return self._begin(repeat, self._grower.instance(repeat, new_key()))

    def remove(self, instance: Node) -> None:
        """Take an instance away, with all its answers. FormError when the form itself counts them."""
        repeat = instance.parent
        if instance.kind != "instance" or repeat is None:
            raise FormError(tr("this is no instance of a repeat"), Place(field=instance.ref))
        _check_open(repeat)
        self._take(repeat, instance)

    def resize(self, repeat: Node, size: int) -> None:
        """Give a counted repeat that many instances."""
        for instance in repeat.children[size:][::-1]:
            self._take(repeat, instance)
        missing = size - len(repeat.children)
        for key in islice(counted_keys(repeat), max(0, missing)):
            self._begin(repeat, self._grower.counted(repeat, key))

    def _begin(self, repeat: Node, instance: Node) -> Node:
        """A grown instance begins to live: preloads, then what the form does with new instances."""
        preload(instance, self._world)
        self._engine.seat(repeat, len(repeat.children) - 1, instance)
        for node in instance.walk():
            self._engine.touch(node)
        self._events.happened(NEW_REPEAT, instance)
        return instance

    def _take(self, repeat: Node, instance: Node) -> None:
        index = repeat.children.index(instance)
        del repeat.children[index]
        self._engine.seat(repeat, index, instance)
        for left in repeat.children[index:]:
            self._engine.notify(left)


def _check_open(repeat: Node) -> None:
    """FormError unless a person may change the number of instances."""
    place = Place(field=repeat.ref)
    if repeat.kind != "repeat":
        raise FormError(tr("this is no repeat"), place)
    if repeat.question.count:
        raise FormError(tr("the form itself decides how often this is repeated"), place)
    if repeat.readonly:
        raise FormError(tr("this is read-only"), place)
