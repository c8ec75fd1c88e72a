"""What the City's history knows beside records: who published which service."""
