"""XForm: the XML that forms are exchanged in, read into a definition."""
