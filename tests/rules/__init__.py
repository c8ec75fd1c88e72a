"""Rules explained, and tried on past records."""
