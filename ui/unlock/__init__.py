"""Who works at this laptop: getting in, locking, coming back, and handing it to somebody else."""
