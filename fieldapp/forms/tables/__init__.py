"""Tables: data that a form reads and never changes, in files beside it; short ones in memory, long ones on disk."""
