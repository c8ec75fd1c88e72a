"""The command that accounts for official numbers."""
