"""What whoever looks after the City's records asks about them: commands only."""
