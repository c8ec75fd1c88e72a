"""What the City reports of its services."""
