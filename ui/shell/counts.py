"""How much waits at each workplace: the numbers in the rail."""

from __future__ import annotations

from fieldapp.access import INSPECTOR, SUPERVISOR
from fieldapp.store import Query
from ui.session import Session


def of_rail(session: Session) -> dict[str, int]:
    """Page id: number; 0 where nothing waits."""
    from ui.today.visits import how_many

    store, me = session.store, session.person
    on_way = store.counts()
    review = store.count(Query(state_kinds=("review",))) if SUPERVISOR in me.roles else 0
    return {
        "today": how_many(session.desk) if INSPECTOR in me.roles else 0,
        "counter": 0,
        "review": review,
        "records": 0,
        "lookups": 0,
        "sync": on_way.waiting + on_way.attention,
    }
