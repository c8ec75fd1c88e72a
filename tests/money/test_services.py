"""Every service that asks for money: what its form works out is explained by the dated table, to the cent."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fieldapp.money.quote import quote
from fieldapp.services import Service
from tests.support.filling import ANSWERS, MONDAY, fill, open_service, value
from tests.support.money import catalogue

PAID = [one for one in catalogue() if any(path.endswith("/fee_base") for path in one.form().questions)]


@pytest.mark.parametrize("service", PAID, ids=lambda service: service.id)
def test_its_fee_is_explained(service: Service) -> None:
    session = fill(open_service(service), ANSWERS[service.id])
    found = quote(session.answers(), service.fees, MONDAY.date())
    (base,) = (path for path in service.form().questions if path.endswith("/fee_base"))
    if value(session, base) in {"", "0"}:
        assert not found.full
        return
    (total,) = (path for path in service.form().questions if path.endswith("/fee_total"))
    assert found.due == Decimal(value(session, total)).quantize(Decimal("0.01"))
    assert all(line.fee or line.note for line in found.lines), [line.code for line in found.lines]
    assert all(line.why for line in found.lines)
