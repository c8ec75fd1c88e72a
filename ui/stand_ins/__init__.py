"""Who stands in for whom: a supervisor's page, and where they name somebody for themselves."""

from ui.stand_ins.page import StandInsPage

__all__ = ["StandInsPage"]
