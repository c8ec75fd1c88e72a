"""The first run of an installed program: the City's address, signing in, what is being loaded; or practice."""
