"""Money: what a fee is made of, cash and its rounding, payments, tills. Amounts are Decimals of whole cents."""
