"""Rules on the screen: why one says what it says of a record, and what another one would say of past records."""

from ui.rules.page import RulesPage

__all__ = ["RulesPage"]
