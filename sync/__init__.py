"""Everything that talks to a city's servers, and the city records gateway itself. Uses the core, never the screens."""
