"""The offline map: ward outlines, properties as squares, numbered pins; always beside a list of the same things."""
