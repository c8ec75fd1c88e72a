"""What was returned, refused or given to somebody: a bell with a number, a list, and the system's own notice."""
