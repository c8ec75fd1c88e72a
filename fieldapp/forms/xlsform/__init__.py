"""XLSForm: the sheets that authors write, and their way to an XForm."""
