"""Rules explained, and tried: why an answer may not stand, and what another rule would say of past records."""

from fieldapp.rules.why import Why, reasons_of, troubles

__all__ = ["Why", "reasons_of", "troubles"]
