"""What stands around every page: practice banner, rail, top bar, and the table of pages."""
