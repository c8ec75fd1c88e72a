"""How a gateway is run: its settings, its health and measures, backup and restore."""
