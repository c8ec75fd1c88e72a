"""Files of open data into reference layers: read as a stream, checked row by row, kept in one transaction or not at all."""
