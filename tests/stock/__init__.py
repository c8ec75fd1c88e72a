"""Stock: what is counted and handed out over counters."""
