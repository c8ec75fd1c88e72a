"""The encrypted local store: one SQLCipher file a person, files beside it, and the keys that open it."""

from fieldapp.store.chain import GivenUp
from fieldapp.store.guide import Guide
from fieldapp.store.handouts import Handout
from fieldapp.store.journal import ChainReport, Counts, Entry, Outgoing
from fieldapp.store.log import Event
from fieldapp.store.numbers import Block, Issue
from fieldapp.store.proof import Proof
from fieldapp.store.query import Query
from fieldapp.store.remote import (
    FORM,
    KINDS,
    LAYER,
    SLOT,
    TABLE,
    Advance,
    Answers,
    BucketState,
    Contested,
    Dispute,
    Disputes,
    OddRow,
    Piece,
    RemoteRow,
    Settled,
    bucket_of,
    of_gateway,
)
from fieldapp.store.rows import Place, Row
from fieldapp.store.store import Store
from fieldapp.store.touched import Touched

__all__ = [
    "FORM",
    "KINDS",
    "LAYER",
    "SLOT",
    "TABLE",
    "Advance",
    "Answers",
    "Block",
    "BucketState",
    "ChainReport",
    "Contested",
    "Counts",
    "Dispute",
    "Disputes",
    "Entry",
    "Event",
    "GivenUp",
    "Guide",
    "Handout",
    "Issue",
    "OddRow",
    "Outgoing",
    "Piece",
    "Place",
    "Proof",
    "Query",
    "RemoteRow",
    "Row",
    "Settled",
    "Store",
    "Touched",
    "bucket_of",
    "of_gateway",
]
