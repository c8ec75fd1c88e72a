"""Files of open data into reference layers: read as a stream, checked row by row, kept whole or not at all."""
