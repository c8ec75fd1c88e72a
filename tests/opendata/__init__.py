"""Open data: what leaves the City for everybody."""
