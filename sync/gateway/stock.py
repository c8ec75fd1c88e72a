"""The stock of every office by the City's own records: what should be left, and what is not accounted for."""

from __future__ import annotations

from fieldapp.records import STATE
from fieldapp.stock import moves as stock
from fieldapp.stock.moves import Holding, holdings, move_of
from fieldapp.stock.numbers import written
from sync.gateway.tills import of_service
from sync.gateway.transactions import Transaction


def stocks(reader: Transaction) -> list[Holding]:
    """What each office should have of each item, by office and item."""
    booked = (one for one in of_service(reader, stock.SERVICE) if one.get(STATE) == stock.BOOKED)
    return holdings(map(move_of, booked))


def stock_data(one: Holding) -> dict[str, object]:
    """As JSON values; numbers as people write them."""
    return {
        "office": one.office,
        "item": one.item,
        "left": one.left,
        "numbers": written(one.numbers),
        "counted_at": one.counted_at,
        "difference": one.difference,
        "reason": one.reason,
        "faults": list(one.faults),
    }
