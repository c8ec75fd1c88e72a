"""Forms that a Hypothesis strategy makes up, and answers given in them."""
