"""Official numbers between a laptop and the City: more are reserved before they run out, and account is given of all.

A request is made only when there is something to ask or to tell; what is asked for is noted durably before it is asked,
so that a lost answer neither loses a block nor brings a second one.
"""

from __future__ import annotations

from datetime import date, timedelta

from fieldapp.clock import Clock, new_id, today
from fieldapp.errors import GatewayError, ProtocolError
from fieldapp.records import Person
from fieldapp.services import Catalogue, official
from fieldapp.services.declared import OfficialNumber
from fieldapp.store import Block, Store
from fieldapp.store.numbers import ASKED, LOST, OPEN, RESTORED, Spoilt
from sync.api import RemoteApi
from sync.wire import BlockAsk, BlockEnd, NumberBlock, NumbersReply, NumbersRequest, SpoiltNumber

AHEAD = timedelta(days=14)  # so long before the year turns, the next year's numbers are reserved too
NO = "numbers.no/"  # setting, with the series: the day on which the City reserved none


class Numbers:
    """Keeps one person's official numbers in step with the City. Not for several threads at once."""

    def __init__(self, store: Store, api: RemoteApi, person: Person, catalogue: Catalogue, clock: Clock) -> None:
        self._store = store
        self._api = api
        self._clock = clock
        mine = ((service.id, one) for service in catalogue for one in service.numbers if one.roles & person.roles)
        self._wanted = list({one.id: (id_, one) for id_, one in mine}.values())  # several services may share a number

    def run(self) -> bool:
        """Ask and tell, where there is anything to; whether there was. SyncError when the line breaks.

        A gateway that knows nothing of numbers, or cannot answer now, is asked again tomorrow: it stops no work."""
        days = sorted({today(self._clock), today(self._clock) + AHEAD})
        self._close_old({official.series(one, day) for _, one in self._wanted for day in days})
        self._note_asks(days)
        request = _request(self._store)
        if request is None:
            return False
        try:
            reply = self._api.numbers(request)
        except (GatewayError, ProtocolError):
            self._not_before_tomorrow([ask.id for ask in request.asks])
            return True
        self._take(request, reply)
        return True

    def _close_old(self, wanted: set[str]) -> None:
        """Blocks of a year that is over, and of what this person issues no more."""
        old = [one.id for one in self._store.numbers.blocks() if one.state == OPEN and one.series not in wanted]
        if old:
            self._store.numbers.close(old)

    def _note_asks(self, days: list[date]) -> None:
        for service, one in self._wanted:
            for day in {official.series(one, day): day for day in reversed(days)}.values():
                if self._is_low(one, day):
                    series = official.series(one, day)
                    self._store.numbers.ask(Block(new_id(), series, service, one.id, day.isoformat(), one.block))

    def _is_low(self, one: OfficialNumber, day: date) -> bool:
        series = official.series(one, day)
        blocks = [block for block in self._store.numbers.blocks() if block.series == series]
        asked = any(block.state == ASKED for block in blocks)
        no = self._store.setting(NO + series) == today(self._clock).isoformat()
        return not asked and not no and sum(block.left for block in blocks) < one.low

    def _take(self, request: NumbersRequest, reply: NumbersReply) -> None:
        """What the City said, each thing durable by itself: cut off in between, the rest is simply asked again."""
        asked = {ask.id: ask for ask in request.asks}
        numbers = self._store.numbers
        for block in reply.blocks:
            if (ask := asked.get(block.id)) is not None and _is_sound(block, ask):
                numbers.arrived(_as_kept(block, ask))
        self._not_before_tomorrow([refused.id for refused in reply.refused])
        numbers.told([one.id for one in request.ended], [Spoilt(one.series, one.number) for one in request.spoilt])
        numbers.used_to({block.id: block.used_to for block in reply.out if block.used_to})
        if request.held or self._store.setting(RESTORED):
            self._forget_unknown(reply)

    def _forget_unknown(self, reply: NumbersReply) -> None:
        """After a restore: blocks that the City gave and that this store has lost sight of are not used any more."""
        lost = [block.id for block in reply.out if not self._store.numbers.knows(block.id)]
        if lost:
            ends = tuple(BlockEnd(id_, 0, lost=True) for id_ in lost)
            self._api.numbers(NumbersRequest(self._store.device, ended=ends))
        self._store.keep_setting(RESTORED, "")

    def _not_before_tomorrow(self, asks: list[str]) -> None:
        day = today(self._clock).isoformat()
        for block in self._store.numbers.blocks():
            if block.id in asks:
                self._store.keep_setting(NO + block.series, day)
        for id_ in asks:
            self._store.numbers.refused(id_)


def _is_sound(block: NumberBlock, ask: BlockAsk) -> bool:
    """Whether it can be what was asked for: a laptop prints nothing that a lying answer made up."""
    whole = block.series.partition("/")[0] == ask.number and 0 < len(block.prefix) < 20 and 3 <= block.digits <= 10
    return (
        whole and 0 < block.first <= block.last == block.first + ask.size - 1 and len(str(block.last)) <= block.digits
    )


def _as_kept(block: NumberBlock, ask: BlockAsk) -> Block:
    asked = ask.service, ask.number, ask.day, ask.size
    return Block(block.id, block.series, *asked, OPEN, block.prefix, block.digits, block.first, block.last, block.first)


def _as_told(block: Block) -> NumberBlock:
    return NumberBlock(block.id, block.series, block.prefix, block.digits, block.first, block.last)


def _request(store: Store) -> NumbersRequest | None:
    """What there is to ask and to tell; None for nothing."""
    numbers = store.numbers
    blocks, ended, spoilt = numbers.blocks(), numbers.ended(), numbers.spoilt()
    asks = tuple(BlockAsk(one.id, one.service, one.number, one.day, one.size) for one in blocks if one.state == ASKED)
    restored = bool(store.setting(RESTORED))
    if not (asks or ended or spoilt or restored):
        return None
    held = [one for one in (*blocks, *ended) if one.state != ASKED and one.last] if restored else []
    return NumbersRequest(
        device=store.device,
        asks=asks,
        ended=tuple(BlockEnd(one.id, one.next, lost=one.state == LOST) for one in ended),
        spoilt=tuple(SpoiltNumber(one.series, one.number) for one in spoilt),
        held=tuple(_as_told(one) for one in sorted(held, key=lambda one: one.series)),
    )


def give_back(store: Store, api: RemoteApi) -> None:
    """Take no number of this store any more, and tell the City what is left. SyncError when the line breaks: then it is
    told with the next contact."""
    store.numbers.close([block.id for block in store.numbers.blocks()])
    request = _request(store)
    if request is not None:
        api.numbers(request)
        store.numbers.told(
            [one.id for one in request.ended], [Spoilt(one.series, one.number) for one in request.spoilt]
        )
