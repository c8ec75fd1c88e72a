"""The journals of laptops, checked as they arrive: every op tells its place and the hash of the one before.

Ops come in any order, twice, and by any way: places are put in order here. What does not fit raises an alarm, once; the
ops themselves are judged as ever, for work is never lost because of an alarm. A place that lacks is no alarm by itself
(its op may wait for a person on the laptop): it is one after a while (alarms.py), and settled when it is filled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from fieldapp.records import Link
from sync.gateway.transactions import LISTED, Transaction, listed
from sync.wire import ALTERED, FORK, GAP, UNLINKED

CHAIN = "SELECT name, device, head, op, digest, first_op, began_at, lacks_since FROM chain WHERE person = ?"


@dataclass(frozen=True)
class Arrival:
    """An op that came, or a place that was given up."""

    op: str
    device: str
    digest: str
    link: Link | None
    final: bool = True  # False: it may come again as news, for no answer is kept


class _Said(NamedTuple):
    """What stands at a place."""

    op: str
    digest: str
    before: str
    final: bool


@dataclass
class _Chain:
    """One journal while a transaction works on it."""

    name: str
    device: str
    head: int = 0
    op: str = ""
    digest: str = ""
    first_op: str = ""
    began_at: str = ""
    lacks_since: str = ""
    ahead: dict[int, _Said] = field(default_factory=dict)  # of a gap
    passed: list[int] = field(default_factory=list)  # they were ahead, and need no note any more
    noted: dict[int, _Said] = field(default_factory=dict)  # to be kept


class Chains:
    """One person's journals in one transaction. A person's writes come one after the other."""

    def __init__(self, tx: Transaction, person: str, now: str) -> None:
        self._tx = tx
        self._person = person
        self._now = now
        self._alarms: list[tuple[object, ...]] = []

    def arrive(self, arrivals: Sequence[Arrival]) -> None:
        """Take note of what came; none of it came before with a final answer."""
        by_name: dict[str, list[tuple[int, Arrival]]] = {}
        for one in arrivals:
            if one.link is not None:
                by_name.setdefault(one.link.chain, []).append((one.link.place, one))
        for name, chain in self._load(by_name).items():
            self._extend(chain, sorted(by_name[name], key=lambda pair: pair[0]))
        self._look_for_unlinked([one for one in arrivals if one.link is None])
        self._write_alarms()

    def reused(self, op: str, device: str, link: Link | None) -> None:
        """An op came under an id that is another's: somebody altered it on its way."""
        chain = _Chain(link.chain if link else "", device)
        self._alarm(ALTERED, chain, link.place if link else 0, op)
        self._write_alarms()

    def _load(self, names: Iterable[str]) -> dict[str, _Chain]:
        sql = f"{CHAIN} AND name IN {LISTED}"
        found = self._tx.execute(sql, (self._person, listed(names))).fetchall()
        known = {values[0]: _Chain(*values) for values in found}
        chains = {name: known.get(name) or _Chain(name, "", began_at=self._now) for name in names}
        lacking = [chain.name for chain in known.values() if chain.lacks_since]
        sql = f"SELECT name, place, op, digest, before, final FROM chain_link WHERE person = ? AND name IN {LISTED}"
        for name, place, op, digest, before, final in (
            self._tx.execute(sql, (self._person, listed(lacking))) if lacking else ()
        ):
            if place > chains[name].head:
                chains[name].ahead[place] = _Said(op, digest, before, bool(final))
        return chains

    def _extend(self, chain: _Chain, arrivals: list[tuple[int, Arrival]]) -> None:
        before = chain.head
        chain.device = chain.device or arrivals[0][1].device
        chain.first_op = min(filter(None, (chain.first_op, *(one.op for _, one in arrivals))))
        for place, one in arrivals:
            said = _Said(one.op, one.digest, one.link.before if one.link else "", one.final)
            if place <= chain.head:
                self._again(chain, place, said)
            elif place == chain.head + 1 and place not in chain.ahead:
                self._follow(chain, place, said)
                if not one.final:
                    chain.noted[place] = said
                self._catch_up(chain)
            else:
                self._ahead(chain, place, said)
        self._write(chain, moved=chain.head > before)

    def _follow(self, chain: _Chain, place: int, said: _Said) -> None:
        """The next place: it must know the one before as it came."""
        if chain.head and said.before != chain.digest:
            self._alarm(ALTERED, chain, chain.head, chain.op)
        chain.head, chain.op, chain.digest = place, said.op, said.digest

    def _ahead(self, chain: _Chain, place: int, said: _Said) -> None:
        """A place behind a gap."""
        taken = chain.ahead.setdefault(place, said)
        if taken[:2] != said[:2]:
            self._alarm(_difference(taken.op, said.op), chain, place, said.op)
        else:
            chain.ahead[place] = chain.noted[place] = said

    def _catch_up(self, chain: _Chain) -> None:
        """What came ahead of a gap follows once the gap is filled."""
        while (place := chain.head + 1) in chain.ahead:
            said = chain.ahead.pop(place)
            self._follow(chain, place, said)
            if said.final:
                chain.noted.pop(place, None)
                chain.passed.append(place)

    def _again(self, chain: _Chain, place: int, said: _Said) -> None:
        """A place that was taken: by the same op, which had no answer then or was given up, or by another one."""
        sql = "SELECT op, digest FROM chain_link WHERE person = ? AND name = ? AND place = ?"
        held = self._tx.execute(sql, (self._person, chain.name, place)).fetchone() or chain.noted.get(place)
        if held is None or tuple(held[:2]) != said[:2]:
            self._alarm(_difference(held[0], said.op) if held else FORK, chain, place, said.op)

    def _write(self, chain: _Chain, *, moved: bool) -> None:
        """The row of the chain, what waits behind a gap, and gaps that are filled by now."""
        since = chain.lacks_since if not moved else ""
        chain.lacks_since = (since or self._now) if chain.ahead else ""
        key = self._person, chain.name
        values = (chain.name, self._person, chain.device, chain.head, chain.op, chain.digest)
        self._tx.execute(
            "INSERT INTO chain VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name, person) DO UPDATE SET"
            " head = excluded.head, op = excluded.op, digest = excluded.digest, first_op = excluded.first_op,"
            " lacks_since = excluded.lacks_since",
            (*values, chain.first_op, chain.began_at, chain.lacks_since),
        )
        self._tx.executemany(
            "DELETE FROM chain_link WHERE person = ? AND name = ? AND place = ?",
            [(*key, place) for place in chain.passed],
        )
        self._tx.executemany(
            "INSERT INTO chain_link (person, name, place, op, digest, before, final) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (name, person, place) DO UPDATE SET final = excluded.final",
            [(*key, place, said.op, said.digest, said.before, int(said.final)) for place, said in chain.noted.items()],
        )
        if moved:
            self._tx.execute(
                "UPDATE alarm SET settled_at = ? WHERE kind = ? AND person = ? AND chain = ? AND place <= ?"
                " AND settled_at = ''",
                (self._now, GAP, *key, chain.head),
            )

    def _look_for_unlinked(self, bare: Sequence[Arrival]) -> None:
        """An op without a link, made after its laptop had begun to link: somebody took the link off."""
        for device in {one.device for one in bare}:
            sql = "SELECT min(first_op) FROM chain WHERE person = ? AND device = ?"
            first = self._tx.execute(sql, (self._person, device)).fetchone()[0]
            for one in bare:
                if first and one.device == device and one.op > first:
                    self._alarm(UNLINKED, _Chain("", device), 0, one.op)

    def _alarm(self, kind: str, chain: _Chain, place: int, op: str) -> None:
        self._alarms.append((kind, self._person, chain.device, chain.name, place, op, self._now))

    def _write_alarms(self) -> None:
        """The same one is raised once."""
        self._tx.executemany(
            "INSERT INTO alarm VALUES (?, ?, ?, ?, ?, ?, ?, '') ON CONFLICT DO NOTHING",
            list(dict.fromkeys(self._alarms)),
        )
        self._alarms.clear()


def _difference(taken: str, op: str) -> str:
    """The same op with another content, or another op."""
    return ALTERED if taken == op else FORK
