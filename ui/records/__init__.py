"""Records: the table of everything on this laptop, and the view of one record."""
