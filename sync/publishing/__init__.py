"""Publishing services to the City's gateway."""
